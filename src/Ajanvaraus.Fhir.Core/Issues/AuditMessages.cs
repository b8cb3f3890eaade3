namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-62xx</c>: the log of who did what to whose data.</summary>
public static class AuditMessages
{
    public static readonly Message LogIsTheServers = new("AJV-6201", IssueType.NotSupported,
        "AuditEvents are written by the server alone, and nobody changes them.",
        "Lokimerkinnät (AuditEvent) kirjoittaa vain palvelin, eikä kukaan muuta niitä.",
        "Loggposter (AuditEvent) skrivs endast av servern, och ingen ändrar dem.");

    public static readonly Message NotSearchedBy = new("AJV-6202", IssueType.NotSupported,
        "The log is not told by this {0}: it is sorted by date alone, and read page after page.",
        "Lokia ei näytetä näin: {0}. Se järjestetään vain ajan mukaan ja luetaan sivu kerrallaan.",
        "Loggen visas inte med detta {0}: den ordnas endast efter tid och läses sida för sida.");

    internal static ImmutableArray<Message> All => [LogIsTheServers, NotSearchedBy];
}

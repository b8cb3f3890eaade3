namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-62xx</c>: the log of who did what to whose data.</summary>
public static class AuditMessages
{
    public static readonly Message LogIsTheServers = new("AJV-6201", IssueType.NotSupported,
        "AuditEvents are written by the server alone, and nobody changes them.",
        "Lokimerkinnät (AuditEvent) kirjoittaa vain palvelin, eikä kukaan muuta niitä.",
        "Loggposter (AuditEvent) skrivs endast av servern, och ingen ändrar dem.");

    public static readonly Message NotSearchedBy = new("AJV-6202", IssueType.NotSupported,
        "The log is not searched by {0}: it is sorted by date, and counted by patient, agent, entity and date.",
        "Lokia ei haeta näin: {0}. Se järjestetään ajan mukaan ja lasketaan asiakkaan, tekijän, kohteen ja ajan mukaan.",
        "Loggen söks inte med {0}: den ordnas efter tid och räknas efter klient, aktör, objekt och tid.");

    public static readonly Message ReasonNeeded = new("AJV-6203", IssueType.Required,
        "A report on more than two years back needs a reason.",
        "Yli kahden vuoden takaiseen raporttiin tarvitaan syy.",
        "En rapport över mer än två år tillbaka kräver ett skäl.");

    internal static ImmutableArray<Message> All => [LogIsTheServers, NotSearchedBy, ReasonNeeded];
}

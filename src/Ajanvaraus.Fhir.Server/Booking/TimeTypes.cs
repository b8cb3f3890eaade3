using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Time types (<i>aikatyyppi</i>): those for clients need one, internal ones have none.</summary>
/// <remarks>Source: Siun sote's time types of 2022; which are internal: travel, documentation, meetings, absence.</remarks>
internal static class TimeTypes
{
    public const string System = Canonicals.Base + "/CodeSystem/aikatyyppi";

    private static readonly HashSet<string> Internal =
    [
        "asiakastyon-kirjaaminen", "matka-aika", "moniammatillinen-asiantuntijatyoryhma", "muu-kirjallinen-tyo",
        "palaveri", "poissa-asiakastyosta", "puhelinaika", "systeeminen-tiimikokous",
    ];

    /// <summary>True for a code of ours that is not internal; codings of other systems say nothing here.</summary>
    /// <param name="coding">As <c>system|code</c>.</param>
    public static bool IsForClients(string coding) =>
        coding.StartsWith(System, StringComparison.Ordinal)
        && coding.Length > System.Length + 1
        && !Internal.Contains(coding[(System.Length + 1)..]);
}

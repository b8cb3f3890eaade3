namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-415x</c>: rules of a service on who may book when, and how much.</summary>
public static class BookingRuleMessages
{
    public static readonly Message TooManyHolds = new("AJV-4150", IssueType.Throttled,
        "{0} times are held at once already, the most that one holder may: book, release or wait for one of them.",
        "Väliaikaisia varauksia on jo {0}, joka on suurin sallittu määrä: varaa tai vapauta jokin aika tai odota.",
        "{0} tider är redan tillfälligt reserverade, det mesta som tillåts: boka, frigör eller vänta.");

    public static readonly Message SlotStatusExpected = new("AJV-4151", IssueType.Value,
        "slot-status is busy-tentative to hold the time, or free to give it back.",
        "slot-status on busy-tentative (aika pidetään) tai free (aika vapautetaan).",
        "slot-status är busy-tentative (tiden hålls) eller free (tiden frigörs).");

    internal static ImmutableArray<Message> All => [TooManyHolds, SlotStatusExpected];
}

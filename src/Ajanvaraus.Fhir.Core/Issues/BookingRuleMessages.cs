namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-415x</c>: rules of a service on who may book when, and how much.</summary>
public static class BookingRuleMessages
{
    public static readonly Message TooManyHolds = new("AJV-4150", IssueType.Throttled,
        "{0} times are held at once already, the most that one holder may: book, release or wait for one of them.",
        "Väliaikaisia varauksia on jo {0}, joka on suurin sallittu määrä: varaa tai vapauta jokin aika tai odota.",
        "{0} tider är redan tillfälligt reserverade, det mesta som tillåts: boka, frigör eller vänta.");

    internal static ImmutableArray<Message> All => [TooManyHolds];
}

namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-418x</c>: series of times, and bookings that go to others.</summary>
public static class SeriesMessages
{
    public static readonly Message SeriesFromProposal = new("AJV-4180", IssueType.BusinessRule,
        "A series is booked from a new Appointment or a proposal, not from one that is known.",
        "Sarja varataan uudesta ajanvarauksesta tai ehdotuksesta, ei jo tallennetusta.",
        "En serie bokas från en ny tidsbokning eller ett förslag, inte från en som redan finns.");

    public static readonly Message SeriesHourMissing = new("AJV-4181", IssueType.BusinessRule,
        "One time of the series falls in the hour that the change to summer time leaves out.",
        "Yksi sarjan ajoista osuu tuntiin, joka jää pois kesäaikaan siirryttäessä.",
        "En tid i serien infaller under timmen som faller bort när sommartiden börjar.");

    public static readonly Message PolicyUnknown = new("AJV-4182", IssueType.Value,
        "on-conflict is fail (all or none), skip (leave out what is not free) or report (book nothing, tell).",
        "on-conflict on fail (kaikki tai ei mitään), skip (ei-vapaat jätetään pois) tai report (vain kerrotaan).",
        "on-conflict är fail (alla eller ingen), skip (upptagna lämnas bort) eller report (endast besked).");

    public static readonly Message ScopeUnknown = new("AJV-4183", IssueType.Value,
        "scope is this, following or all.",
        "scope on this (tämä), following (tästä eteenpäin) tai all (kaikki).",
        "scope är this (denna), following (från denna framåt) eller all (alla).");

    public static readonly Message SeriesByStart = new("AJV-4184", IssueType.BusinessRule,
        "Several times of a series are moved by the new start of one of them, without Slots.",
        "Sarjan useita aikoja siirretään antamalla yhden ajan uusi alku, ilman Slot-viittauksia.",
        "Flera tider i en serie flyttas med den nya starten för en av dem, utan Slots.");

    public static readonly Message ReassignmentPolicyUnknown = new("AJV-4185", IssueType.Value,
        "policy is fewest (who has the fewest bookings), named (the first named who is free) or skills (who has what the booking needs).",
        "policy on fewest (vähiten varauksia), named (ensimmäinen nimetty, joka on vapaa) tai skills (jolla on varauksen vaatima osaaminen).",
        "policy är fewest (minst bokningar), named (den först nämnda som är ledig) eller skills (den som har vad bokningen kräver).");

    internal static ImmutableArray<Message> All =>
    [
        SeriesFromProposal, SeriesHourMissing, PolicyUnknown, ScopeUnknown, SeriesByStart, ReassignmentPolicyUnknown,
    ];
}

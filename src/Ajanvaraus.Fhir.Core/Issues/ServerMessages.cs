namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-80xx</c>: what storage can meet and the caller cannot help.</summary>
public static class ServerMessages
{
    public static readonly Message Busy = new("AJV-8001", IssueType.Transient,
        "The data is being changed by many at once; the same request may succeed soon.",
        "Tietoja muuttaa moni yhtä aikaa; sama pyyntö voi pian onnistua.",
        "Uppgifterna ändras av många samtidigt; samma begäran kan snart lyckas.");

    public static readonly Message StorageFull = new("AJV-8002", IssueType.NoStore,
        "There is no room left to store anything.",
        "Tallennustila on lopussa.",
        "Lagringsutrymmet är slut.");

    public static readonly Message TimeTaken = new("AJV-8003", IssueType.Conflict,
        "The time has been taken by another booking.",
        "Toinen varaus on vienyt ajan.",
        "Tiden har tagits av en annan bokning.");

    public static readonly Message Unavailable = new("AJV-8004", IssueType.Transient,
        "The database does not answer now; the same request may succeed later.",
        "Tietokanta ei vastaa juuri nyt; sama pyyntö voi onnistua myöhemmin.",
        "Databasen svarar inte just nu; samma begäran kan lyckas senare.");

    public static readonly Message TooSlow = new("AJV-8005", IssueType.TooCostly,
        "This takes longer than one request may: narrow the search, or leave out chains, sorting and totals.",
        "Tämä kestää kauemmin kuin yksi pyyntö saa: rajaa hakua tai jätä pois ketjut, lajittelu ja lukumäärät.",
        "Detta tar längre än en begäran får: avgränsa sökningen eller utelämna kedjor, sortering och antal.");

    public static readonly Message Overloaded = new("AJV-8006", IssueType.Throttled,
        "The server has more to do than it can answer soon; the same request may succeed in a moment.",
        "Palvelimella on enemmän tehtävää kuin se pystyy pian vastaamaan; sama pyyntö voi onnistua hetken kuluttua.",
        "Servern har mer att göra än den snart kan besvara; samma begäran kan lyckas om en stund.");

    internal static ImmutableArray<Message> All => [Busy, StorageFull, TimeTaken, Unavailable, TooSlow, Overloaded];
}

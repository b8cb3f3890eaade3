namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-40xx</c>: what the calendars and the rules of booking refuse.</summary>
public static class SchedulingMessages
{
    public static readonly Message NothingToBook = new("AJV-4001", IssueType.Required,
        "There is nothing to book: name a Slot, or a Schedule with start and end.",
        "Varattavaa aikaa ei ole annettu: nimeä Slot, tai Schedule sekä alku ja loppu.",
        "Det finns inget att boka: ange en Slot, eller en Schedule med start och slut.");

    public static readonly Message InvalidTime = new("AJV-4002", IssueType.Value,
        "The end must come after the start, and the Slots must make one unbroken time.",
        "Lopun on oltava alun jälkeen, ja nimettyjen aikojen (Slot) on muodostettava yksi yhtenäinen aika.",
        "Slutet måste komma efter starten, och de angivna tiderna (Slot) måste bilda en sammanhängande tid.");

    public static readonly Message TimeNotFree = new("AJV-4003", IssueType.Conflict,
        "The time is not free: choose another one.",
        "Aika ei ole vapaa: valitse toinen aika.",
        "Tiden är inte ledig: välj en annan tid.") { Severity = IssueSeverity.Fatal };

    public static readonly Message NoTimeLeft = new("AJV-4004", IssueType.NotFound,
        "No such time is left to take.",
        "Tällaista aikaa ei ole enää jäljellä.",
        "Det finns ingen sådan tid kvar.") { Severity = IssueSeverity.Fatal };

    public static readonly Message OutsideAvailability = new("AJV-4005", IssueType.BusinessRule,
        "The time is outside the Slots that are named, outside the planning horizon of the calendar, or in an absence.",
        "Aika on nimettyjen aikojen (Slot) tai kalenterin suunnittelujakson ulkopuolella, tai siinä on poissaolo.",
        "Tiden ligger utanför de angivna tiderna (Slot) eller kalenderns planeringsperiod, eller i en frånvaro.");

    public static readonly Message HoldEnded = new("AJV-4006", IssueType.Deleted,
        "The hold has ended and its time has been taken: choose another one.",
        "Väliaikainen varaus on päättynyt, ja aika on jo varattu: valitse toinen aika.",
        "Den tillfälliga reservationen har upphört och tiden har tagits: välj en annan tid.");

    public static readonly Message ReferenceNotFound = new("AJV-4007", IssueType.NotFound,
        "The resource that is referred to does not exist or is not active.",
        "Viitattua resurssia ei ole, tai se ei ole käytössä.",
        "Resursen som det hänvisas till finns inte eller är inte i bruk.");

    public static readonly Message LimitReached = new("AJV-4008", IssueType.BusinessRule,
        "As many bookings begin on that day or in that week as the calendar takes: choose another.",
        "Kalenterissa on tuolle päivälle tai viikolle jo niin monta varausta kuin siihen otetaan: valitse toinen.",
        "Kalendern har redan så många bokningar den dagen eller veckan som den tar emot: välj en annan.");

    public static readonly Message LengthNotGiven = new("AJV-4009", IssueType.BusinessRule,
        "This calendar gives visits of other lengths: search without a duration to see the usual one.",
        "Tästä kalenterista saa muun pituisia aikoja: tavallisen pituuden näkee hakemalla ilman kestoa.",
        "Kalendern ger tider av annan längd: sök utan längd för att se den vanliga.");

    public static readonly Message WrongStatus = new("AJV-4010", IssueType.Conflict,
        "An Appointment that is {0} cannot become {1} (allowed: {2}); {1} follows: {3}.",
        "Ajanvarausta, jonka tila on {0}, ei voi muuttaa tilaan {1} (sallitut tilat: {2}); tilaan {1} päästään tiloista: {3}.",
        "En tidsbokning med statusen {0} kan inte få statusen {1} (tillåtna: {2}); {1} följer på: {3}.");

    public static readonly Message ClientMissing = new("AJV-4011", IssueType.Required,
        "This time type is for clients: name the client as a participant.",
        "Tämä aikatyyppi on tarkoitettu asiakkaille: nimeä asiakas osallistujaksi.",
        "Denna tidstyp är avsedd för klienter: ange klienten som deltagare.");

    public static readonly Message ClientFixed = new("AJV-4012", IssueType.BusinessRule,
        "A booking does not change the client: cancel and book anew instead.",
        "Varauksen asiakasta ei voi vaihtaa: peru varaus ja varaa aika uudelleen.",
        "Bokningens klient kan inte bytas: avboka och boka en ny tid.");

    public static readonly Message TimeInUse = new("AJV-4013", IssueType.Conflict,
        "An active Appointment holds this time: cancel or move it first.",
        "Ajassa on voimassa oleva ajanvaraus: peru tai siirrä se ensin.",
        "En gällande tidsbokning upptar denna tid: avboka eller flytta den först.");

    public static readonly Message StatusFinal = new("AJV-4014", IssueType.Conflict,
        "An Appointment that is {0} stays so: it cannot become {1}, which follows: {2}.",
        "Ajanvaraus, jonka tila on {0}, pysyy siinä: sitä ei voi muuttaa tilaan {1}, johon päästään tiloista: {2}.",
        "En tidsbokning med statusen {0} behåller den: den kan inte få statusen {1}, som följer på: {2}.");

    public static readonly Message CreatedFixed = new("AJV-4015", IssueType.BusinessRule,
        "A booking does not change when it was created.",
        "Varauksen luontiaikaa ei voi muuttaa.",
        "Tidpunkten då bokningen skapades kan inte ändras.");

    internal static ImmutableArray<Message> All =>
    [
        NothingToBook, InvalidTime, TimeNotFree, NoTimeLeft, OutsideAvailability, HoldEnded, ReferenceNotFound,
        LimitReached, LengthNotGiven, WrongStatus, ClientMissing, ClientFixed, TimeInUse, StatusFinal, CreatedFixed,
    ];
}

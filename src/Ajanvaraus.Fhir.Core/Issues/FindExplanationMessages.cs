namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-416x</c> and <c>AJV-417x</c>: which rule keeps times from being offered, as <c>explain</c> tells.</summary>
public static class FindExplanationMessages
{
    public static readonly Message Inactive = Hidden("AJV-4160",
        "{1} times of {0} are not offered: the calendar is not active.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): kalenteri ei ole käytössä.",
        "{1} tider i {0} erbjuds inte: kalendern är inte i bruk.");

    public static readonly Message Service = Hidden("AJV-4161",
        "{1} times of {0} are not offered: they are for another service, mode or audience.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): ne on tarkoitettu muuhun palveluun, asiointitapaan tai muille.",
        "{1} tider i {0} erbjuds inte: de är för en annan tjänst, ett annat kontaktsätt eller andra.");

    public static readonly Message Past = Hidden("AJV-4162",
        "{1} times of {0} are not offered: they have begun.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): ne ovat jo alkaneet.",
        "{1} tider i {0} erbjuds inte: de har redan börjat.");

    public static readonly Message NotOpenYet = Hidden("AJV-4163",
        "{1} times of {0} are not offered: they open for booking later.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): ne avautuvat varattaviksi myöhemmin.",
        "{1} tider i {0} erbjuds inte: de öppnas för bokning senare.");

    public static readonly Message LeadTime = Hidden("AJV-4164",
        "{1} times of {0} are not offered: they begin too soon.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): ne alkavat liian pian.",
        "{1} tider i {0} erbjuds inte: de börjar för snart.");

    public static readonly Message Horizon = Hidden("AJV-4165",
        "{1} times of {0} are not offered: they are outside the planning horizon.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): ne ovat suunnittelujakson ulkopuolella.",
        "{1} tider i {0} erbjuds inte: de ligger utanför planeringsperioden.");

    public static readonly Message Absence = Hidden("AJV-4166",
        "{1} times of {0} are not offered: it is an absence or a closed time.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): on poissaolo tai suljettu aika.",
        "{1} tider i {0} erbjuds inte: det är frånvaro eller stängt.");

    public static readonly Message Held = Hidden("AJV-4167",
        "{1} times of {0} are not offered: they are held for the moment.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): ne ovat hetken aikaa pidossa.",
        "{1} tider i {0} erbjuds inte: de hålls för tillfället.");

    public static readonly Message Taken = Hidden("AJV-4168",
        "{1} times of {0} are not offered: they are taken.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): ne on varattu.",
        "{1} tider i {0} erbjuds inte: de är bokade.");

    public static readonly Message Full = Hidden("AJV-4169",
        "{1} times of {0} are not offered: too few seats are left.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): paikkoja on liian vähän.",
        "{1} tider i {0} erbjuds inte: för få platser är kvar.");

    public static readonly Message TooShort = Hidden("AJV-4170",
        "{1} times of {0} are not offered: they are too short.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): ne ovat liian lyhyitä.",
        "{1} tider i {0} erbjuds inte: de är för korta.");

    public static readonly Message Hours = Hidden("AJV-4171",
        "{1} times of {0} are not offered: they are on other days or hours.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): ne ovat muina päivinä tai kellonaikoina.",
        "{1} tider i {0} erbjuds inte: de är på andra dagar eller klockslag.");

    public static readonly Message OtherCalendar = Hidden("AJV-4172",
        "{1} times of {0} are not offered: another calendar or a later time of the series is not free.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): muu kalenteri tai sarjan myöhempi aika ei ole vapaa.",
        "{1} tider i {0} erbjuds inte: en annan kalender eller en senare tid i serien är inte ledig.");

    public static readonly Message Choice = Hidden("AJV-4173",
        "{1} times of {0} are not offered: the same time is offered with another, or the limit of the day is reached.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): sama aika tarjotaan toisella tai päivän raja on täynnä.",
        "{1} tider i {0} erbjuds inte: samma tid erbjuds med en annan, eller dagens gräns är nådd.");

    public static readonly Message Buffer = Hidden("AJV-4174",
        "{1} times of {0} are not offered: a booking beside them keeps time to prepare or to clear up.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): viereinen varaus varaa aikaa valmisteluun tai jälkitöihin.",
        "{1} tider i {0} erbjuds inte: en bokning bredvid håller tid för förberedelse eller efterarbete.");

    public static readonly Message Limit = Hidden("AJV-4175",
        "{1} times of {0} are not offered: as many bookings begin on that day or in that week as the calendar takes.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): päivälle tai viikolle on jo niin monta varausta kuin siihen otetaan.",
        "{1} tider i {0} erbjuds inte: dagen eller veckan har redan så många bokningar som kalendern tar emot.");

    public static readonly Message Length = Hidden("AJV-4176",
        "{1} times of {0} are not offered: the calendar gives visits of other lengths.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): kalenterista saa muun pituisia aikoja.",
        "{1} tider i {0} erbjuds inte: kalendern ger tider av annan längd.");

    public static readonly Message Travel = Hidden("AJV-4177",
        "{1} times of {0} are not offered: the way from or to a booking at another place does not fit.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): matka toisessa paikassa olevasta varauksesta tai siihen ei mahdu väliin.",
        "{1} tider i {0} erbjuds inte: resan från eller till en bokning på en annan plats ryms inte.");

    public static readonly Message OwnClients = Hidden("AJV-4178",
        "{1} times of {0} are not offered: they are booked with one's own worker only.",
        "Kalenterin {0} aikoja ei tarjota ({1} kpl): niitä varataan vain omalle työntekijälle.",
        "{1} tider i {0} erbjuds inte: de bokas endast hos den egna arbetstagaren.");

    /// <summary>In the order of the rules.</summary>
    public static ImmutableArray<Message> All { get; } =
    [
        Inactive, Service, Past, NotOpenYet, LeadTime, Horizon, Absence,
        Held, Taken, Full, TooShort, Hours, OtherCalendar, Choice, Buffer, Limit, Length, Travel, OwnClients,
    ];

    private static Message Hidden(string id, string english, string finnish, string swedish) =>
        new(id, IssueType.Informational, english, finnish, swedish) { Severity = IssueSeverity.Information };
}

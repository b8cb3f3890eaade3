namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-415x</c>, <c>AJV-4145</c> to <c>AJV-4148</c>: rules of a service on who may book when, and how much.</summary>
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

    public static readonly Message EntitlementUnknown = new("AJV-4152", IssueType.Forbidden,
        "The entitlement that the booking is based on does not exist or is not active.",
        "Varauksen perusteena olevaa varausoikeutta ei ole, tai se ei ole voimassa.",
        "Bokningsrätten som bokningen grundar sig på finns inte eller gäller inte.");

    public static readonly Message EntitlementOfAnother = new("AJV-4153", IssueType.Forbidden,
        "The entitlement is for another client than the one who is booked.",
        "Varausoikeus on annettu toiselle asiakkaalle kuin sille, jolle aika varataan.",
        "Bokningsrätten gäller en annan klient än den för vilken tiden bokas.");

    public static readonly Message EntitlementPeriod = new("AJV-4154", IssueType.Forbidden,
        "The time is outside the period of the entitlement.",
        "Aika on varausoikeuden voimassaoloajan ulkopuolella.",
        "Tiden ligger utanför bokningsrättens giltighetstid.");

    public static readonly Message EntitlementSpent = new("AJV-4155", IssueType.Forbidden,
        "The bookings that the entitlement gives a right to ({0}) have been made already.",
        "Varausoikeuteen kuuluvat varaukset ({0}) on jo tehty.",
        "De bokningar som bokningsrätten ger rätt till ({0}) har redan gjorts.");

    public static readonly Message EntitlementFixed = new("AJV-4156", IssueType.BusinessRule,
        "A booking keeps the entitlement that it was made by: cancel and book anew instead.",
        "Varauksen varausoikeutta ei voi vaihtaa: peru varaus ja varaa aika uudelleen.",
        "Bokningens bokningsrätt kan inte bytas: avboka och boka en ny tid.");

    public static readonly Message LeadTime = new("AJV-4157", IssueType.BusinessRule,
        "The time begins too soon: this calendar is booked at least {0} minutes before.",
        "Aika alkaa liian pian: tähän kalenteriin varataan viimeistään {0} minuuttia ennen alkua.",
        "Tiden börjar för snart: denna kalender bokas senast {0} minuter före början.");

    public static readonly Message OccurrenceBooked = new("AJV-4158", IssueType.Informational,
        "Time {0} of {1}, {2}: booked.",
        "Aika {0}/{1}, {2}: varattu.",
        "Tid {0} av {1}, {2}: bokad.") { Severity = IssueSeverity.Information };

    public static readonly Message OccurrenceRefused = new("AJV-4159", IssueType.Conflict,
        "Time {0} of {1}, {2}: not booked. {3}",
        "Aika {0}/{1}, {2}: ei varattu. {3}",
        "Tid {0} av {1}, {2}: inte bokad. {3}") { Severity = IssueSeverity.Warning };

    public static readonly Message TooManyBookings = new("AJV-4148", IssueType.BusinessRule,
        "The client has {0} times to come in this service already, the most that one may book oneself: cancel one of them, or ask the service.",
        "Asiakkaalla on jo tässä palvelussa tulevia aikoja {0}, joka on itse varattavien suurin määrä: peru jokin niistä tai ota yhteyttä palveluun.",
        "Klienten har redan {0} kommande tider i tjänsten, det mesta som man själv kan boka: avboka någon av dem eller kontakta tjänsten.");

    public static readonly Message OwnClientsOnly = new("AJV-4145", IssueType.Forbidden,
        "Times of this calendar are booked with one's own worker only: another booking is made by the service.",
        "Tämän kalenterin aikoja varataan vain omalle työntekijälle: muun ajan varaa palvelu.",
        "Tider i denna kalender bokas endast hos den egna arbetstagaren: en annan tid bokas av tjänsten.");

    public static readonly Message CancelledTooLate = new("AJV-4146", IssueType.BusinessRule,
        "The booking is cancelled at least {0} minutes before it begins: ask the service.",
        "Varaus perutaan viimeistään {0} minuuttia ennen alkua: ota yhteyttä palveluun.",
        "Bokningen avbokas senast {0} minuter före början: kontakta tjänsten.");

    public static readonly Message MovedTooLate = new("AJV-4147", IssueType.BusinessRule,
        "The booking is moved at least {0} minutes before it begins: ask the service.",
        "Varaus siirretään viimeistään {0} minuuttia ennen alkua: ota yhteyttä palveluun.",
        "Bokningen flyttas senast {0} minuter före början: kontakta tjänsten.");

    internal static ImmutableArray<Message> All =>
    [
        OwnClientsOnly, CancelledTooLate, MovedTooLate, TooManyBookings, TooManyHolds, SlotStatusExpected, EntitlementUnknown, EntitlementOfAnother, EntitlementPeriod,
        EntitlementSpent, EntitlementFixed, LeadTime, OccurrenceBooked, OccurrenceRefused,
    ];
}

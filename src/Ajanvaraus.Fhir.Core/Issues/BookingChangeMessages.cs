namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-42xx</c>: what happens to a booking after it was made: groups, approval, overbooking, linked times.</summary>
public static class BookingChangeMessages
{
    public static readonly Message HoldFixed = new("AJV-4200", IssueType.BusinessRule,
        "Until when a time is held is set by the server: hold it anew, confirm it or release it.",
        "Väliaikaisen varauksen päättymisajan asettaa palvelin: tee uusi, vahvista tai vapauta.",
        "Hur länge en tid hålls bestäms av servern: reservera på nytt, bekräfta eller frigör.");

    public static readonly Message SeriesFixed = new("AJV-4201", IssueType.BusinessRule,
        "A booking stays in the series that it was booked in.",
        "Varausta ei voi siirtää sarjasta toiseen.",
        "En bokning hör till den serie som den bokades i.");

    public static readonly Message EnrolledAlready = new("AJV-4202", IssueType.Conflict,
        "The client takes part in this group already.",
        "Asiakas on jo ilmoittautunut tähän ryhmään.",
        "Klienten deltar redan i denna grupp.");

    public static readonly Message NoGroupMinimum = new("AJV-4203", IssueType.BusinessRule,
        "This is no group time with a minimum of clients.",
        "Tämä ei ole ryhmäaika, jolla on vähimmäiskoko.",
        "Detta är ingen grupptid med ett minsta antal klienter.");

    public static readonly Message GroupNotDue = new("AJV-4204", IssueType.BusinessRule,
        "Whether the group takes place is decided at {0}; give force to call it off before.",
        "Ryhmän toteutumisesta päätetään {0}; parametrilla force sen voi perua aiemmin.",
        "Om gruppen blir av avgörs {0}; med force kan den ställas in tidigare.");

    public static readonly Message NotInBooking = new("AJV-4205", IssueType.NotFound,
        "The client takes no part in this booking.",
        "Asiakas ei ole mukana tässä varauksessa.",
        "Klienten deltar inte i denna bokning.");

    public static readonly Message ApprovalNeeded = new("AJV-4206", IssueType.BusinessRule,
        "This service is booked when the professional has approved: send the Appointment as pending.",
        "Tämän palvelun aika varataan, kun ammattilainen on hyväksynyt: lähetä varaus tilassa pending.",
        "Tjänsten bokas när den yrkesutbildade har godkänt: skicka bokningen med statusen pending.");

    public static readonly Message AwaitsApproval = new("AJV-4207", IssueType.Informational,
        "The time is reserved and awaits approval.",
        "Aika on varattu ja odottaa hyväksyntää.",
        "Tiden är reserverad och väntar på godkännande.") { Severity = IssueSeverity.Information };

    public static readonly Message NobodyForLinked = new("AJV-4208", IssueType.BusinessRule,
        "Travel and documentation are booked in a professional's calendar, and the booking is in none.",
        "Matka- ja kirjaamisaika varataan ammattilaisen kalenteriin, eikä varaus ole sellaisessa.",
        "Res- och dokumentationstid bokas i en yrkesutbildads kalender, och bokningen är inte i någon.");

    public static readonly Message LinkedToOne = new("AJV-4209", IssueType.BusinessRule,
        "Travel and documentation are linked to one new booking, not to a series or a known one.",
        "Matka- ja kirjaamisaika liitetään yhteen uuteen varaukseen, ei sarjaan tai jo tallennettuun.",
        "Res- och dokumentationstid knyts till en ny bokning, inte till en serie eller en befintlig.");

    public static readonly Message AbsenceUnknown = new("AJV-4210", IssueType.NotFound,
        "No such absence is recorded in this calendar.",
        "Tällaista poissaoloa ei ole merkitty tähän kalenteriin.",
        "Ingen sådan frånvaro är antecknad i denna kalender.");

    public static readonly Message AdditionalServiceUnknown = new("AJV-4211", IssueType.Value,
        "additional-service is one of: {0}.",
        "additional-service on jokin näistä: {0}.",
        "additional-service är någon av: {0}.");

    public static readonly Message GroupsChanged = new("AJV-4212", IssueType.Conflict,
        "Somebody enrolled or cancelled meanwhile: try again.",
        "Joku ilmoittautui tai perui samaan aikaan: yritä uudelleen.",
        "Någon anmälde sig eller avbokade samtidigt: försök igen.");

    internal static ImmutableArray<Message> All =>
    [
        HoldFixed, SeriesFixed, EnrolledAlready, NoGroupMinimum, GroupNotDue, NotInBooking, ApprovalNeeded,
        AwaitsApproval, NobodyForLinked, LinkedToOne, AbsenceUnknown, AdditionalServiceUnknown, GroupsChanged,
    ];
}

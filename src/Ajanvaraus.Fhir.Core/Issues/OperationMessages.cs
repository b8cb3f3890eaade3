namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-402x</c> and <c>AJV-41xx</c>: what the operations tell of their parameters and answers.</summary>
public static class OperationMessages
{
    public static readonly Message WrongResource = new("AJV-4020", IssueType.Structure,
        "The parameter holds a resource of another type than {0}.",
        "Parametrin resurssi on muuta tyyppiä kuin {0}.",
        "Parameterns resurs är av en annan typ än {0}.");

    public static readonly Message NotAReference = new("AJV-4021", IssueType.Value,
        "The parameter does not name a {0}: give {0}/id.",
        "Parametri ei nimeä kohdetta {0}: anna {0}/id.",
        "Parametern anger ingen {0}: ange {0}/id.");

    public static readonly Message MissingParameter = new("AJV-4022", IssueType.Required,
        "The parameter '{0}' is needed.",
        "Parametri '{0}' on pakollinen.",
        "Parametern '{0}' är obligatorisk.");

    public static readonly Message TextTooLong = new("AJV-4023", IssueType.TooLong,
        "The text is longer than {0} characters.",
        "Teksti on pidempi kuin {0} merkkiä.",
        "Texten är längre än {0} tecken.");

    public static readonly Message NotAMoment = new("AJV-4024", IssueType.Value,
        "'{0}' is a dateTime with time and offset: 2026-11-23T09:00:00+02:00.",
        "'{0}' on aika, jossa on kellonaika ja aikavyöhykkeen ero: 2026-11-23T09:00:00+02:00.",
        "'{0}' är en tid med klockslag och tidsskillnad: 2026-11-23T09:00:00+02:00.");

    public static readonly Message NotAConcept = new("AJV-4025", IssueType.Value,
        "'{0}' is a CodeableConcept.",
        "'{0}' on tyyppiä CodeableConcept.",
        "'{0}' är av typen CodeableConcept.");

    public static readonly Message IgnoredParameter = new("AJV-4101", IssueType.NotSupported,
        "The parameter '{0}' is not known here and was left out.",
        "Parametria '{0}' ei tunneta täällä, ja se jätettiin huomiotta.",
        "Parametern '{0}' är inte känd här och lämnades bort.") { Severity = IssueSeverity.Warning };

    public static readonly Message UnusedParameter = new("AJV-4102", IssueType.Informational,
        "The parameter '{0}' does not change what is found.",
        "Parametri '{0}' ei vaikuta löytyviin aikoihin.",
        "Parametern '{0}' påverkar inte vilka tider som hittas.") { Severity = IssueSeverity.Information };

    public static readonly Message SearchedFromNow = new("AJV-4103", IssueType.Informational,
        "No start was given: the search begins now.",
        "Alkua ei annettu: haku alkaa tästä hetkestä.",
        "Ingen start gavs: sökningen börjar nu.") { Severity = IssueSeverity.Information };

    public static readonly Message SearchedByHorizon = new("AJV-4104", IssueType.Informational,
        "No end was given: {0} days were searched.",
        "Loppua ei annettu: haku kattaa {0} päivää.",
        "Inget slut gavs: {0} dagar söktes igenom.") { Severity = IssueSeverity.Information };

    public static readonly Message NotATime = new("AJV-4105", IssueType.Value,
        "'{0}' is a date or a dateTime: 2026-11-23 or 2026-11-23T09:00:00+02:00.",
        "'{0}' on päivä tai aika: 2026-11-23 tai 2026-11-23T09:00:00+02:00.",
        "'{0}' är ett datum eller en tid: 2026-11-23 eller 2026-11-23T09:00:00+02:00.");

    public static readonly Message EndBeforeStart = new("AJV-4106", IssueType.Invalid,
        "The end must be after the start.",
        "Lopun on oltava alun jälkeen.",
        "Slutet måste vara efter starten.");

    public static readonly Message WindowTooLong = new("AJV-4107", IssueType.Invalid,
        "At most {0} days are covered at once.",
        "Kerralla katetaan enintään {0} päivää.",
        "Högst {0} dagar omfattas på en gång.");

    public static readonly Message NumberOutOfRange = new("AJV-4108", IssueType.Value,
        "'{0}' is a whole number from {1} to {2}.",
        "'{0}' on kokonaisluku väliltä {1}–{2}.",
        "'{0}' är ett heltal från {1} till {2}.");

    public static readonly Message NotACode = new("AJV-4109", IssueType.Value,
        "'{0}' is a code, or system|code.",
        "'{0}' on koodi tai muotoa system|koodi.",
        "'{0}' är en kod eller system|kod.");

    public static readonly Message NotADuration = new("AJV-4110", IssueType.Value,
        "'duration' is whole minutes from 1 to 1440, or a Duration of minutes or hours.",
        "'duration' on kokonaisia minuutteja väliltä 1–1440 tai minuutteina tai tunteina annettu Duration.",
        "'duration' är hela minuter från 1 till 1440, eller en Duration i minuter eller timmar.");

    public static readonly Message NotACursor = new("AJV-4111", IssueType.Value,
        "The page is not one of this search: follow the link 'next' as it was given.",
        "Sivu ei kuulu tähän hakuun: seuraa linkkiä 'next' sellaisena kuin se annettiin.",
        "Sidan hör inte till denna sökning: följ länken 'next' som den gavs.");

    public static readonly Message UnknownReference = new("AJV-4112", IssueType.NotFound,
        "There is no active {0}.",
        "Aktiivista kohdetta {0} ei ole.",
        "Det finns ingen aktiv {0}.");

    public static readonly Message TooManyCalendars = new("AJV-4113", IssueType.TooCostly,
        "More than {0} calendars come into question: name a service, a unit or a professional.",
        "Kalentereita tulisi kyseeseen yli {0}: nimeä palvelu, yksikkö tai ammattilainen.",
        "Fler än {0} kalendrar kommer i fråga: ange en tjänst, en enhet eller en yrkesperson.");

    public static readonly Message NotADate = new("AJV-4120", IssueType.Value,
        "'{0}' is a date: 2026-11-23.",
        "'{0}' on päivä: 2026-11-23.",
        "'{0}' är ett datum: 2026-11-23.");

    public static readonly Message NotABoolean = new("AJV-4121", IssueType.Value,
        "'{0}' is true or false.",
        "'{0}' on true tai false.",
        "'{0}' är true eller false.");

    public static readonly Message NotAPeriod = new("AJV-4122", IssueType.Value,
        "'{0}' is a Period with a start and a later end.",
        "'{0}' on jakso (Period), jossa on alku ja sitä myöhempi loppu.",
        "'{0}' är en Period med en start och ett senare slut.");

    public static readonly Message TemplateNotOne = new("AJV-4130", IssueType.Invariant,
        "The Basic resource is not a week template: its code is week-template and it has one week-template extension.",
        "Basic-resurssi ei ole viikkopohja: sen koodi on week-template ja sillä on yksi week-template-laajennus.",
        "Basic-resursen är ingen veckomall: dess kod är week-template och den har ett tillägg week-template.");

    public static readonly Message TemplateElementMissing = new("AJV-4131", IssueType.Required,
        "The week template needs '{0}'.",
        "Viikkopohjassa on oltava '{0}'.",
        "Veckomallen måste ha '{0}'.");

    public static readonly Message TemplateElementWrong = new("AJV-4132", IssueType.Value,
        "'{0}' of the week template cannot be read; it is written like this: {1}",
        "Viikkopohjan kohtaa '{0}' ei voi lukea; se kirjoitetaan näin: {1}",
        "Veckomallens '{0}' kan inte läsas; det skrivs så här: {1}");

    public static readonly Message TemplateElementUnknown = new("AJV-4133", IssueType.Value,
        "A week template has no element '{0}'.",
        "Viikkopohjassa ei ole elementtiä '{0}'.",
        "En veckomall har inget element '{0}'.");

    public static readonly Message TemplateName = new("AJV-4134", IssueType.Value,
        "The name of a week template has up to {0} characters and no '|'.",
        "Viikkopohjan nimessä on enintään {0} merkkiä eikä lainkaan merkkiä '|'.",
        "En veckomalls namn har högst {0} tecken och inget '|'.");

    public static readonly Message TemplateAnchor = new("AJV-4135", IssueType.Value,
        "The anchor of a week template is a Monday.",
        "Viikkopohjan alkupäivä (anchor) on maanantai.",
        "En veckomalls första dag (anchor) är en måndag.");

    public static readonly Message TemplateSlotMinutes = new("AJV-4136", IssueType.Value,
        "A Slot of a week template is no longer than the time from start to end.",
        "Viikkopohjan aika (slotMinutes) on enintään alun ja lopun välin pituinen.",
        "En tid i veckomallen (slotMinutes) är högst så lång som tiden från start till slut.");

    public static readonly Message IdentifierNotOne = new("AJV-4137", IssueType.NotFound,
        "The identifier does not belong to exactly one {0} here.",
        "Tunniste ei kuulu täsmälleen yhdelle kohteelle {0}.",
        "Identifieraren hör inte till exakt en {0} här.");

    public static readonly Message NotATiming = new("AJV-4138", IssueType.Value,
        "'{0}' is a Timing: {1}.",
        "'{0}' on Timing: {1}.",
        "'{0}' är en Timing: {1}.");

    internal static ImmutableArray<Message> All =>
    [
        WrongResource, NotAReference, MissingParameter, TextTooLong, NotAMoment, NotAConcept,
        IgnoredParameter, UnusedParameter, SearchedFromNow, SearchedByHorizon, NotATime, EndBeforeStart, WindowTooLong,
        NumberOutOfRange, NotACode, NotADuration, NotACursor, UnknownReference, TooManyCalendars, NotADate, NotABoolean,
        NotAPeriod, TemplateNotOne, TemplateElementMissing, TemplateElementWrong,
        TemplateElementUnknown, TemplateName, TemplateAnchor, TemplateSlotMinutes, IdentifierNotOne, NotATiming,
    ];
}

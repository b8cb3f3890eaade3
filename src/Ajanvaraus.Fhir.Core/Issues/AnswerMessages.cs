namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-1462</c> to <c>AJV-1469</c>: answers that do not fit their questionnaire.</summary>
public static class AnswerMessages
{
    public static readonly Message QuestionnaireUnknown = new("AJV-1462", IssueType.NotFound,
        "The questionnaire {0} is not known here; the answers were not checked against it.",
        "Kyselyä {0} ei tunneta, eikä vastauksia tarkistettu sitä vasten.",
        "Frågeformuläret {0} är inte känt här; svaren kontrollerades inte mot det.")
        { Severity = IssueSeverity.Warning };

    public static readonly Message NoSuchQuestion = new("AJV-1463", IssueType.Value,
        "The questionnaire has no item {0} at this place.",
        "Kyselyssä ei ole tässä kohtaa kohtaa {0}.",
        "Frågeformuläret har ingen punkt {0} på denna plats.");

    public static readonly Message AnswerMissing = new("AJV-1464", IssueType.Required,
        "The item {0} must be answered.",
        "Kohtaan {0} on vastattava.",
        "Punkten {0} måste besvaras.");

    public static readonly Message AnswerOfOtherType = new("AJV-1465", IssueType.Value,
        "The item {0} is answered by {2}, not by {1}.",
        "Kohtaan {0} vastataan tyypillä {2}, ei tyypillä {1}.",
        "Punkten {0} besvaras med {2}, inte med {1}.");

    public static readonly Message NotEnabled = new("AJV-1466", IssueType.Invariant,
        "The item {0} is answered although other answers leave it out.",
        "Kohtaan {0} on vastattu, vaikka muut vastaukset jättävät sen pois.",
        "Punkten {0} är besvarad fast andra svar utesluter den.");

    public static readonly Message TooManyAnswers = new("AJV-1467", IssueType.Structure,
        "The item {0} is answered once only.",
        "Kohtaan {0} vastataan vain kerran.",
        "Punkten {0} besvaras bara en gång.");

    public static readonly Message NotAnOption = new("AJV-1468", IssueType.CodeInvalid,
        "The answer is not among those that the item {0} allows.",
        "Vastaus ei ole kohdan {0} sallittujen joukossa.",
        "Svaret är inte bland dem som punkten {0} tillåter.");

    public static readonly Message AnswerNotAllowed = new("AJV-1469", IssueType.Structure,
        "The item {0} is a {1} and has no answers of its own.",
        "Kohta {0} on {1}, eikä siihen itseensä vastata.",
        "Punkten {0} är en {1} och har inga egna svar.");

    internal static ImmutableArray<Message> All =>
    [
        QuestionnaireUnknown, NoSuchQuestion, AnswerMissing, AnswerOfOtherType, NotEnabled, TooManyAnswers, NotAnOption,
        AnswerNotAllowed,
    ];
}

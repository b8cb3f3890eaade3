namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-152x</c> and <c>AJV-153x</c>: answers beyond what an item of a questionnaire takes.</summary>
public static class AnswerLimitMessages
{
    public static readonly Message TooLittle = new("AJV-1520", IssueType.Value,
        "The item {0} takes {1} at least.",
        "Kohtaan {0} kelpaa vähintään {1}.",
        "Punkten {0} tar emot minst {1}.");

    public static readonly Message TooMuch = new("AJV-1521", IssueType.Value,
        "The item {0} takes {1} at most.",
        "Kohtaan {0} kelpaa enintään {1}.",
        "Punkten {0} tar emot högst {1}.");

    public static readonly Message NotComparable = new("AJV-1522", IssueType.Value,
        "The answer to the item {0} cannot be compared with {1}: the units differ in kind or have no code.",
        "Vastausta kohtaan {0} ei voi verrata arvoon {1}: yksiköt ovat erilaatuisia tai vailla koodia.",
        "Svaret på punkten {0} kan inte jämföras med {1}: enheterna är av olika slag eller saknar kod.");

    public static readonly Message TooManyDecimals = new("AJV-1523", IssueType.Value,
        "The item {0} takes {1} decimals at most.",
        "Kohtaan {0} kelpaa enintään {1} desimaalia.",
        "Punkten {0} tar emot högst {1} decimaler.");

    public static readonly Message AttachmentTooLarge = new("AJV-1524", IssueType.TooLong,
        "The item {0} takes attachments of {1} bytes at most.",
        "Kohdan {0} liitteessä saa olla enintään {1} tavua.",
        "Punkten {0} tar emot bilagor på högst {1} byte.");

    public static readonly Message AttachmentOfOtherType = new("AJV-1525", IssueType.Value,
        "The item {0} takes attachments of: {1}.",
        "Kohdan {0} liitteen tyyppi on jokin näistä: {1}.",
        "Punkten {0} tar emot bilagor av: {1}.");

    public static readonly Message TooFewAnswers = new("AJV-1526", IssueType.Required,
        "The item {0} asks for {1} answers at least.",
        "Kohtaan {0} pyydetään vähintään {1} vastausta.",
        "Punkten {0} ber om minst {1} svar.");

    public static readonly Message MoreAnswers = new("AJV-1527", IssueType.Structure,
        "The item {0} takes {1} answers at most.",
        "Kohtaan {0} annetaan enintään {1} vastausta.",
        "Punkten {0} tar emot högst {1} svar.");

    public static readonly Message TooShort = new("AJV-1528", IssueType.Value,
        "The answer to the item {0} has {1} characters at least.",
        "Vastauksessa kohtaan {0} on vähintään {1} merkkiä.",
        "Svaret på punkten {0} har minst {1} tecken.");

    public static readonly Message TooLong = new("AJV-1529", IssueType.TooLong,
        "The answer to the item {0} has {1} characters at most.",
        "Vastauksessa kohtaan {0} on enintään {1} merkkiä.",
        "Svaret på punkten {0} har högst {1} tecken.");

    public static readonly Message OfOtherForm = new("AJV-1530", IssueType.Value,
        "The answer to the item {0} is of the form {1}.",
        "Vastaus kohtaan {0} on muotoa {1}.",
        "Svaret på punkten {0} har formen {1}.");

    public static readonly Message UnitNotAllowed = new("AJV-1531", IssueType.CodeInvalid,
        "The item {0} is answered in the units: {1}.",
        "Kohtaan {0} vastataan yksiköissä: {1}.",
        "Punkten {0} besvaras i enheterna: {1}.");

    public static readonly Message Exclusive = new("AJV-1532", IssueType.Invariant,
        "The item {0} has no other answer beside this one.",
        "Kohdassa {0} ei ole tämän rinnalla muita vastauksia.",
        "Punkten {0} har inget annat svar vid sidan av detta.");

    public static readonly Message ReferenceNotAllowed = new("AJV-1533", IssueType.Value,
        "The item {0} is answered by a reference to: {1}.",
        "Kohtaan {0} vastataan viittauksella tyyppiin: {1}.",
        "Punkten {0} besvaras med en referens till: {1}.");

    internal static ImmutableArray<Message> All =>
    [
        TooLittle, TooMuch, NotComparable, TooManyDecimals, AttachmentTooLarge, AttachmentOfOtherType, TooFewAnswers,
        MoreAnswers, TooShort, TooLong, OfOtherForm, UnitNotAllowed, Exclusive, ReferenceNotAllowed,
    ];
}

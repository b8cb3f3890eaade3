namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-150x</c>: what is said in one place and does not hold in another.</summary>
public static class ConsistencyMessages
{
    public static readonly Message NotBroughtAlong = new("AJV-1500", IssueType.NotFound,
        "A document or message brings along what its first entry refers to; the Bundle has no entry {0}.",
        "Asiakirja tai sanoma tuo mukanaan sen, mihin sen ensimmäinen osa viittaa; Bundlessa ei ole osaa {0}.",
        "Ett dokument eller meddelande har med sig det som dess första post hänvisar till; posten {0} saknas i Bundlen.");

    public static readonly Message BroughtAlongTwice = new("AJV-1501", IssueType.MultipleMatches,
        "The reference {0} fits {1} entries of the Bundle.",
        "Viittaus {0} sopii Bundlen {1} osaan.",
        "Referensen {0} passar {1} poster i Bundlen.");

    public static readonly Message FullUrlOfOther = new("AJV-1502", IssueType.Value,
        "The fullUrl names another resource than its entry has; it would end with {0}.",
        "fullUrl nimeää muun resurssin kuin osassa on; sen lopussa olisi {0}.",
        "fullUrl anger en annan resurs än den i posten; den skulle sluta med {0}.");

    public static readonly Message ExtensionOfVersion = new("AJV-1503", IssueType.Value,
        "The url of an extension stands without a version.",
        "Laajennuksen url on ilman versiota.",
        "Ett tilläggs url står utan version.");

    public static readonly Message ConceptsNotPresent = new("AJV-1504", IssueType.Invalid,
        "The content of the code system is not-present, and yet it lists concepts.",
        "Koodiston content on not-present, mutta siinä on käsitteitä.",
        "Kodsystemets content är not-present, men det har begrepp.");

    public static readonly Message ElementNotOfType = new("AJV-1505", IssueType.Invalid,
        "The profile speaks of {0}, which {1} does not have.",
        "Profiili puhuu elementistä {0}, jota tyypillä {1} ei ole.",
        "Profilen talar om {0}, som {1} inte har.");

    public static readonly Message SystemNotAbsolute = new("AJV-1506", IssueType.Value,
        "A system is an absolute URI.",
        "Järjestelmä on absoluuttinen URI.",
        "Ett system är en absolut URI.");

    public static readonly Message TargetOfOtherType = new("AJV-1507", IssueType.Value,
        "The reference leads to {0}; allowed are: {1}.",
        "Viittaus johtaa tyyppiin {0}; sallittuja ovat: {1}.",
        "Referensen leder till {0}; tillåtna är: {1}.");

    public static readonly Message TypeOfNoResource = new("AJV-1508", IssueType.Value,
        "{0} is no type of resource.",
        "{0} ei ole resurssityyppi.",
        "{0} är ingen resurstyp.");

    public static readonly Message FullUrlNotAbsolute = new("AJV-1509", IssueType.Value,
        "A fullUrl is an absolute URI.",
        "fullUrl on absoluuttinen URI.",
        "En fullUrl är en absolut URI.");

    public static readonly Message HashDiffers = new("AJV-1510", IssueType.Value,
        "The hash is not that of the data: their SHA-1 in base64 is {0}.",
        "Tiiviste ei ole datan: sen SHA-1 base64-muodossa on {0}.",
        "Kontrollsumman är inte datans: dess SHA-1 i base64 är {0}.");

    public static readonly Message NotComposed = new("AJV-1511", IssueType.Required,
        "A composite search parameter has two components or more.",
        "Yhdistelmänä (composite) toimivassa hakuparametrissa on vähintään kaksi osaa.",
        "En sammansatt sökparameter har minst två komponenter.");

    public static readonly Message FixedOtherwise = new("AJV-1512", IssueType.Value,
        "The profile fixes another value of {0} than its base {1}: nothing can have both.",
        "Profiili kiinnittää elementin {0} eri arvoon kuin sen pohja {1}: molempia ei voi olla.",
        "Profilen fastställer ett annat värde för {0} än dess bas {1}: inget kan ha båda.");

    internal static ImmutableArray<Message> All =>
    [
        NotBroughtAlong, BroughtAlongTwice, FullUrlOfOther, ExtensionOfVersion, ConceptsNotPresent, ElementNotOfType,
        SystemNotAbsolute, TargetOfOtherType, TypeOfNoResource, FullUrlNotAbsolute, HashDiffers,
        NotComposed, FixedOtherwise,
    ];
}

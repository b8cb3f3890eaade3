namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-307x</c>: what is wrong with a patch, or why it cannot be applied.</summary>
public static class PatchMessages
{
    public static readonly Message NotAPatch = new("AJV-3070", IssueType.Structure,
        "A JSON Patch is a JSON array of at most {0} operations (RFC 6902).",
        "JSON Patch on JSON-taulukko, jossa on enintään {0} toimintoa (RFC 6902).",
        "En JSON Patch är en JSON-array med högst {0} operationer (RFC 6902).");

    public static readonly Message OperationMalformed = new("AJV-3071", IssueType.Structure,
        "Operation {0}: {1} is missing or is not as RFC 6902 has it.",
        "Toiminto {0}: {1} puuttuu tai ei ole RFC 6902:n mukainen.",
        "Operation {0}: {1} saknas eller följer inte RFC 6902.");

    public static readonly Message NothingThere = new("AJV-3072", IssueType.NotFound,
        "Operation {0}: {1} points to no place in the resource.",
        "Toiminto {0}: {1} ei osoita mihinkään resurssin kohtaan.",
        "Operation {0}: {1} pekar inte på något ställe i resursen.");

    public static readonly Message TestFailed = new("AJV-3073", IssueType.Processing,
        "Operation {0}: the value tested for is not there, so nothing was changed.",
        "Toiminto {0}: testattua arvoa ei ole, joten mitään ei muutettu.",
        "Operation {0}: det testade värdet finns inte, så inget ändrades.");

    public static readonly Message TooLarge = new("AJV-3074", IssueType.TooCostly,
        "Operation {0} makes the resource larger or deeper than it may be.",
        "Toiminto {0} tekee resurssista sallittua suuremman tai syvemmän.",
        "Operation {0} gör resursen större eller djupare än vad som är tillåtet.");

    public static readonly Message PartFaulty = new("AJV-3075", IssueType.Required,
        "The operation of a FHIRPath Patch needs a part {0} that is sound.",
        "FHIRPath Patch -toiminto tarvitsee kelvollisen osan {0}.",
        "En operation i FHIRPath Patch behöver en giltig del {0}.");

    public static readonly Message WrongCount = new("AJV-3076", IssueType.Processing,
        "The path finds {0} elements: add, replace and delete take one, insert and move one whole list.",
        "Polku löytää {0} elementtiä: add, replace ja delete ottavat yhden, insert ja move yhden kokonaisen listan.",
        "Sökvägen hittar {0} element: add, replace och delete tar ett, insert och move en hel lista.");

    public static readonly Message ValueMisfit = new("AJV-3077", IssueType.Value,
        "The value is not of a type that {0} takes.",
        "Arvo ei ole tyyppiä, jonka {0} ottaa.",
        "Värdet är inte av en typ som {0} tar emot.");

    public static readonly Message AlreadyThere = new("AJV-3078", IssueType.Processing,
        "{0} has a value and does not repeat: replace it.",
        "Elementillä {0} on arvo eikä se toistu: korvaa se.",
        "{0} har ett värde och upprepas inte: ersätt det.");

    public static readonly Message IdentityFixed = new("AJV-3079", IssueType.BusinessRule,
        "A patch changes neither the type nor the id of a resource.",
        "Muutos (patch) ei vaihda resurssin tyyppiä eikä tunnistetta.",
        "En patch ändrar varken resursens typ eller dess id.");

    internal static ImmutableArray<Message> All =>
    [
        NotAPatch, OperationMalformed, NothingThere, TestFailed, TooLarge, PartFaulty, WrongCount, ValueMisfit,
        AlreadyThere, IdentityFixed,
    ];
}

namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-10xx</c>: how a resource is written in JSON, http://hl7.org/fhir/R4/json.html.</summary>
public static class SyntaxMessages
{
    public static readonly Message NotJson = new("AJV-1001", IssueType.Invalid,
        "The body is not valid JSON: line {0}, byte {1}.",
        "Sisältö ei ole kelvollista JSONia: rivi {0}, tavu {1}.",
        "Innehållet är inte giltig JSON: rad {0}, byte {1}.") { Severity = IssueSeverity.Fatal };

    public static readonly Message TooDeep = new("AJV-1002", IssueType.TooLong,
        "Objects and arrays are nested deeper than {0} levels.",
        "Oliot ja taulukot ovat sisäkkäin syvemmällä kuin {0} tasoa.",
        "Objekt och listor är nästlade djupare än {0} nivåer.") { Severity = IssueSeverity.Fatal };

    public static readonly Message BadText = new("AJV-1003", IssueType.Invalid,
        "A string is not valid Unicode text.",
        "Merkkijono ei ole kelvollista Unicode-tekstiä.",
        "En sträng är inte giltig Unicode-text.") { Severity = IssueSeverity.Fatal };

    public static readonly Message NotAnObject = new("AJV-1004", IssueType.Structure,
        "A resource is a JSON object.",
        "Resurssi on JSON-olio.",
        "En resurs är ett JSON-objekt.");

    public static readonly Message MissingResourceType = new("AJV-1005", IssueType.Structure,
        "A resource needs a resourceType, a string.",
        "Resurssilla on oltava resourceType, joka on merkkijono.",
        "En resurs måste ha resourceType, en sträng.");

    public static readonly Message UnknownResourceType = new("AJV-1006", IssueType.Structure,
        "The resourceType is not one of FHIR R4.",
        "resourceType ei ole FHIR R4:n resurssityyppi.",
        "resourceType är inte en resurstyp i FHIR R4.");

    public static readonly Message UnknownProperty = new("AJV-1007", IssueType.Structure,
        "{0} has no element '{1}'.",
        "Tyypillä {0} ei ole elementtiä '{1}'.",
        "{0} har inget element '{1}'.");

    public static readonly Message RepeatedProperty = new("AJV-1008", IssueType.Structure,
        "The property '{0}' stands twice in one object.",
        "Ominaisuus '{0}' on samassa oliossa kahdesti.",
        "Egenskapen '{0}' finns två gånger i samma objekt.");

    public static readonly Message SecondChoice = new("AJV-1009", IssueType.Structure,
        "Only one type of {0}[x] may be given.",
        "Elementin {0}[x] tyypeistä saa antaa vain yhden.",
        "Endast en typ av {0}[x] får anges.");

    public static readonly Message ArrayNotAllowed = new("AJV-1010", IssueType.Structure,
        "The element does not repeat: give the value without an array.",
        "Elementti ei toistu: anna arvo ilman taulukkoa.",
        "Elementet upprepas inte: ange värdet utan lista.");

    public static readonly Message ArrayExpected = new("AJV-1011", IssueType.Structure,
        "The element repeats: give an array, also for one value.",
        "Elementti toistuu: anna taulukko myös yhdelle arvolle.",
        "Elementet upprepas: ange en lista även för ett enda värde.");

    public static readonly Message EmptyArray = new("AJV-1012", IssueType.Structure,
        "An array must not be empty: leave the property out.",
        "Taulukko ei saa olla tyhjä: jätä ominaisuus pois.",
        "En lista får inte vara tom: utelämna egenskapen.");

    public static readonly Message EmptyObject = new("AJV-1013", IssueType.Structure,
        "An object must not be empty: leave the property out.",
        "Olio ei saa olla tyhjä: jätä ominaisuus pois.",
        "Ett objekt får inte vara tomt: utelämna egenskapen.");

    public static readonly Message ObjectExpected = new("AJV-1014", IssueType.Structure,
        "The element is an object.",
        "Elementti on olio.",
        "Elementet är ett objekt.");

    public static readonly Message NullNotAllowed = new("AJV-1015", IssueType.Structure,
        "null stands only in an array of primitives, for a value or extensions that are given beside it.",
        "null on sallittu vain alkeisarvojen taulukossa, kun arvo tai laajennukset annetaan sen vierellä.",
        "null får stå endast i en lista av primitiva värden, när värdet eller tilläggen anges bredvid.");

    public static readonly Message WrongKind = new("AJV-1016", IssueType.Structure,
        "A {0} is a JSON {1}.",
        "Tyypin {0} arvo kirjoitetaan JSONissa muotoon {1}.",
        "Ett värde av typen {0} skrivs i JSON som {1}.");

    public static readonly Message LongPropertyName = new("AJV-1017", IssueType.Structure,
        "{0} has a property with an impossibly long name.",
        "Tyypillä {0} on ominaisuus, jonka nimi on mahdottoman pitkä.",
        "{0} har en egenskap med ett orimligt långt namn.");

    internal static ImmutableArray<Message> All =>
    [
        NotJson, TooDeep, BadText, NotAnObject, MissingResourceType, UnknownResourceType, UnknownProperty,
        RepeatedProperty, SecondChoice, ArrayNotAllowed, ArrayExpected, EmptyArray, EmptyObject, ObjectExpected,
        NullNotAllowed, WrongKind, LongPropertyName,
    ];
}

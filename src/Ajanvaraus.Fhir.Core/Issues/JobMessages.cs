namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-34xx</c>: work that goes on after its request was answered, http://hl7.org/fhir/R4/async.html.</summary>
public static class JobMessages
{
    public static readonly Message AsyncOnly = new("AJV-3401", IssueType.Required,
        "This takes time and is answered asynchronously: send Prefer: respond-async.",
        "Tämä vie aikaa ja siihen vastataan asynkronisesti: lähetä Prefer: respond-async.",
        "Detta tar tid och besvaras asynkront: sänd Prefer: respond-async.");

    public static readonly Message Accepted = new("AJV-3402", IssueType.Informational,
        "The work has begun: the address in Content-Location tells how far it is.",
        "Työ on aloitettu: Content-Location-otsakkeen osoite kertoo sen etenemisen.",
        "Arbetet har börjat: adressen i Content-Location berättar hur långt det har kommit.")
        { Severity = IssueSeverity.Information };

    public static readonly Message NoSuchJob = new("AJV-3403", IssueType.NotFound,
        "There is no such work: it was cancelled, its result has expired, or it never was.",
        "Tällaista työtä ei ole: se on peruttu, sen tulos on vanhentunut tai sitä ei ole ollut.",
        "Det finns inget sådant arbete: det har avbrutits, resultatet har gått ut eller så har det aldrig funnits.");

    public static readonly Message NoSuchFile = new("AJV-3404", IssueType.NotFound,
        "The result has no such file.",
        "Tuloksessa ei ole tällaista tiedostoa.",
        "Resultatet har ingen sådan fil.");

    public static readonly Message Cancelled = new("AJV-3405", IssueType.Informational,
        "The work is cancelled; what it had written is deleted.",
        "Työ on peruttu; sen tuottamat tiedostot on poistettu.",
        "Arbetet är avbrutet; det som det hade skrivit är raderat.") { Severity = IssueSeverity.Information };

    public static readonly Message TooMany = new("AJV-3406", IssueType.Throttled,
        "{0} pieces of work are under way, which is the most for one caller: try again when one is done.",
        "Kesken on {0} työtä, mikä on yhden kutsujan enimmäismäärä: yritä uudelleen, kun jokin on valmis.",
        "{0} arbeten pågår, vilket är det mesta för en anropare: försök igen när något är klart.");

    public static readonly Message Failed = new("AJV-3407", IssueType.Exception,
        "The server failed on this work; the failure was recorded.",
        "Palvelin epäonnistui tässä työssä; virhe kirjattiin.",
        "Servern misslyckades med detta arbete; felet registrerades.") { Severity = IssueSeverity.Fatal };

    public static readonly Message UnknownOutputFormat = new("AJV-3408", IssueType.NotSupported,
        "Files are written as application/fhir+ndjson.",
        "Tiedostot kirjoitetaan muodossa application/fhir+ndjson.",
        "Filer skrivs som application/fhir+ndjson.");

    public static readonly Message TypeFilterMalformed = new("AJV-3409", IssueType.Value,
        "A type filter is a search of one resource type: Appointment?status=booked",
        "Tyyppisuodatin on yhden resurssityypin haku: Appointment?status=booked",
        "Ett typfilter är en sökning av en resurstyp: Appointment?status=booked");

    public static readonly Message NothingToImport = new("AJV-3410", IssueType.Required,
        "Send NDJSON as the body, or Parameters with 'input', each with 'url', 'content' or 'resource'.",
        "Lähetä sisältönä NDJSON tai Parameters, jossa on 'input' ja siinä 'url', 'content' tai 'resource'.",
        "Sänd NDJSON som innehåll, eller Parameters med 'input' som har 'url', 'content' eller 'resource'.");

    public static readonly Message UnknownInputFormat = new("AJV-3411", IssueType.NotSupported,
        "Files are read as application/fhir+ndjson.",
        "Tiedostot luetaan muodossa application/fhir+ndjson.",
        "Filer läses som application/fhir+ndjson.");

    public static readonly Message SourceNotAllowed = new("AJV-3412", IssueType.Security,
        "Files are fetched from the addresses that the operator has named, and this is none of them.",
        "Tiedostoja haetaan vain ylläpitäjän nimeämistä osoitteista, eikä tämä ole sellainen.",
        "Filer hämtas från de adresser som operatören har angett, och detta är ingen av dem.");

    public static readonly Message SourceNotRead = new("AJV-3413", IssueType.Processing,
        "Input {0} could not be fetched from its address.",
        "Syötettä {0} ei voitu hakea osoitteestaan.",
        "Indata {0} kunde inte hämtas från sin adress.");

    public static readonly Message Imported = new("AJV-3414", IssueType.Informational,
        "{0} stored, {1} unchanged, {2} refused.",
        "{0} tallennettu, {1} ennallaan, {2} hylätty.",
        "{0} lagrade, {1} oförändrade, {2} avvisade.") { Severity = IssueSeverity.Information };

    public static readonly Message ContentMalformed = new("AJV-3415", IssueType.Value,
        "The content of an input is NDJSON in base64.",
        "Syötteen sisältö on base64-koodattua NDJSONia.",
        "Innehållet i indata är NDJSON i base64.");

    public static readonly Message Reindexed = new("AJV-3416", IssueType.Informational,
        "{0} resources are indexed anew.",
        "{0} resurssia on indeksoitu uudelleen.",
        "{0} resurser har indexerats på nytt.") { Severity = IssueSeverity.Information };

    public static readonly Message ParameterTypeUnserved = new("AJV-3417", IssueType.NotSupported,
        "The SearchParameter is not used: searches by stored parameters are of type number, date, string, token, reference, "
            + "quantity or uri.",
        "SearchParameter ei ole käytössä: tallennettujen hakuparametrien tyyppi on number, date, string, token, reference, "
            + "quantity tai uri.",
        "SearchParameter används inte: lagrade sökparametrar är av typen number, date, string, token, reference, quantity "
            + "eller uri.");

    public static readonly Message ParameterExpressionFaulty = new("AJV-3418", IssueType.Invalid,
        "The SearchParameter is not used: its expression is missing or is no FHIRPath.",
        "SearchParameter ei ole käytössä: sen expression puuttuu tai ei ole FHIRPathia.",
        "SearchParameter används inte: dess expression saknas eller är inte FHIRPath.");

    public static readonly Message ParameterCodeFaulty = new("AJV-3419", IssueType.Value,
        "The SearchParameter is not used: its code has letters, digits, hyphens and underscores and does not begin with an "
            + "underscore.",
        "SearchParameter ei ole käytössä: sen code koostuu kirjaimista, numeroista, yhdysmerkeistä ja alaviivoista eikä ala "
            + "alaviivalla.",
        "SearchParameter används inte: dess code består av bokstäver, siffror, bindestreck och understreck och börjar inte "
            + "med understreck.");

    public static readonly Message ParameterCodeTaken = new("AJV-3420", IssueType.Duplicate,
        "The SearchParameter is not used: R4 or this server has a parameter of that code for one of its types.",
        "SearchParameter ei ole käytössä: R4:ssä tai tällä palvelimella on jo samanniminen parametri jollekin sen tyypeistä.",
        "SearchParameter används inte: R4 eller denna server har redan en parameter med den koden för någon av dess typer.");

    internal static ImmutableArray<Message> All =>
    [
        AsyncOnly, Accepted, NoSuchJob, NoSuchFile, Cancelled, TooMany, Failed, UnknownOutputFormat,
        TypeFilterMalformed, NothingToImport, UnknownInputFormat, SourceNotAllowed, SourceNotRead, Imported,
        ContentMalformed, Reindexed, ParameterTypeUnserved, ParameterExpressionFaulty, ParameterCodeFaulty,
        ParameterCodeTaken,
    ];
}

namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-30xx</c>: the RESTful API, http://hl7.org/fhir/R4/http.html.</summary>
public static class RestMessages
{
    public static readonly Message AllOk = new("AJV-3000", IssueType.Informational,
        "No issues were found.",
        "Huomautettavaa ei löytynyt.",
        "Inga anmärkningar hittades.") { Severity = IssueSeverity.Information };

    public static readonly Message NoSuchUrl = new("AJV-3001", IssueType.NotFound,
        "Nothing is served at this address: see [base]/metadata for what is.",
        "Tässä osoitteessa ei palvella mitään: katso [base]/metadata.",
        "Inget finns på denna adress: se [base]/metadata.");

    public static readonly Message UnknownType = new("AJV-3002", IssueType.NotSupported,
        "The address names no resource type of FHIR R4; types are written with their exact capitals.",
        "Osoite ei nimeä FHIR R4:n resurssityyppiä; tyypit kirjoitetaan täsmälleen oikein kirjaimin.",
        "Adressen anger ingen resurstyp i FHIR R4; typer skrivs med exakt versaler och gemener.");

    public static readonly Message MethodNotAllowed = new("AJV-3003", IssueType.NotSupported,
        "The method is not served at this address; these are: {0}.",
        "Metodia ei palvella tässä osoitteessa; sallittuja ovat: {0}.",
        "Metoden stöds inte på denna adress; dessa stöds: {0}.");

    public static readonly Message UnknownOperation = new("AJV-3004", IssueType.NotSupported,
        "No such operation is offered here: see [base]/metadata for those that are.",
        "Tätä operaatiota ei ole tarjolla: katso tarjolla olevat osoitteesta [base]/metadata.",
        "Operationen erbjuds inte här: se [base]/metadata för dem som erbjuds.");

    public static readonly Message NotAcceptable = new("AJV-3005", IssueType.NotSupported,
        "Answers are given in JSON and XML: ask for application/fhir+json or application/fhir+xml, by Accept or "
            + "_format.",
        "Vastaukset annetaan JSONina ja XML:nä: pyydä application/fhir+json tai application/fhir+xml otsakkeella "
            + "Accept tai parametrilla _format.",
        "Svar ges i JSON och XML: be om application/fhir+json eller application/fhir+xml med Accept eller _format.");

    public static readonly Message UnsupportedMediaType = new("AJV-3006", IssueType.NotSupported,
        "Bodies are read in JSON and XML: send Content-Type application/fhir+json or application/fhir+xml.",
        "Sisältö luetaan JSONina ja XML:nä: lähetä Content-Type application/fhir+json tai application/fhir+xml.",
        "Innehåll läses i JSON och XML: sänd Content-Type application/fhir+json eller application/fhir+xml.");

    public static readonly Message FormExpected = new("AJV-3007", IssueType.NotSupported,
        "A search by POST is sent as application/x-www-form-urlencoded.",
        "POST-haku lähetetään muodossa application/x-www-form-urlencoded.",
        "En sökning med POST sänds som application/x-www-form-urlencoded.");

    public static readonly Message UnsupportedEncoding = new("AJV-3008", IssueType.NotSupported,
        "The Content-Encoding is not known: send the body plain or in gzip, deflate or br.",
        "Content-Encoding on tuntematon: lähetä sisältö pakkaamatta tai muodossa gzip, deflate tai br.",
        "Content-Encoding är okänd: sänd innehållet okomprimerat eller i gzip, deflate eller br.");

    public static readonly Message BodyTooLarge = new("AJV-3009", IssueType.TooLong,
        "The body is larger than {0} bytes, the most that is taken here.",
        "Sisältö on suurempi kuin {0} tavua, joka on tässä suurin sallittu.",
        "Innehållet är större än {0} byte, det mesta som tas emot här.");

    public static readonly Message BodyMissing = new("AJV-3010", IssueType.Required,
        "The request needs a resource as its body.",
        "Pyynnössä on oltava resurssi sisältönä.",
        "Begäran måste ha en resurs som innehåll.");

    public static readonly Message MalformedRequest = new("AJV-3011", IssueType.Invalid,
        "The HTTP request is malformed.",
        "HTTP-pyyntö on virheellinen.",
        "HTTP-begäran är felaktigt utformad.");

    public static readonly Message WrongType = new("AJV-3012", IssueType.Invalid,
        "The address is for {0}, the body is a resource of another type.",
        "Osoite on tyypille {0}, mutta sisältönä on toisen tyypin resurssi.",
        "Adressen är för {0}, men innehållet är en resurs av en annan typ.");

    public static readonly Message IdMismatch = new("AJV-3013", IssueType.Invalid,
        "The id in the resource must be there and equal the id in the address.",
        "Resurssissa on oltava id, ja sen on oltava sama kuin osoitteessa.",
        "Resursen måste ha ett id, och det måste vara detsamma som i adressen.");

    public static readonly Message InvalidId = new("AJV-3014", IssueType.Value,
        "A logical id has 1 to 64 letters (a-z), digits, hyphens and points.",
        "Loogisessa tunnisteessa on 1–64 kirjainta (a–z), numeroa, yhdysmerkkiä tai pistettä.",
        "Ett logiskt id har 1–64 bokstäver (a–z), siffror, bindestreck och punkter.");

    public static readonly Message NotFound = new("AJV-3015", IssueType.NotFound,
        "There is no such {0}.",
        "Tällaista resurssia ({0}) ei ole.",
        "Det finns ingen sådan resurs ({0}).");

    public static readonly Message NoSuchVersion = new("AJV-3016", IssueType.NotFound,
        "There is no such version of the {0}.",
        "Resurssilla ({0}) ei ole tällaista versiota.",
        "Resursen ({0}) har ingen sådan version.");

    public static readonly Message Gone = new("AJV-3017", IssueType.Deleted,
        "The {0} has been deleted; its history is kept.",
        "Resurssi ({0}) on poistettu; sen historia on tallella.",
        "Resursen ({0}) har raderats; dess historik finns kvar.");

    public static readonly Message InvalidHeader = new("AJV-3018", IssueType.Invalid,
        "The header {0} cannot be read; it is written like this: {1}",
        "Otsaketta {0} ei voi lukea; se kirjoitetaan näin: {1}",
        "Huvudet {0} kan inte läsas; det skrivs så här: {1}");

    public static readonly Message IfMatchFailed = new("AJV-3019", IssueType.Conflict,
        "If-Match names no version of this server's: read the resource again and send its ETag.",
        "If-Match ei vastaa palvelimen versiota: lue resurssi uudelleen ja lähetä sen ETag.",
        "If-Match motsvarar inte serverns version: läs resursen på nytt och sänd dess ETag.");

    public static readonly Message EmptyCriteria = new("AJV-3020", IssueType.Required,
        "A conditional interaction needs at least one search parameter that narrows the search.",
        "Ehdollinen toiminto tarvitsee vähintään yhden hakua rajaavan hakuparametrin.",
        "En villkorad interaktion behöver minst en sökparameter som avgränsar sökningen.");

    public static readonly Message InvalidParameter = new("AJV-3021", IssueType.Value,
        "The parameter {0} cannot be read; it is written like this: {1}",
        "Parametria {0} ei voi lukea; se kirjoitetaan näin: {1}",
        "Parametern {0} kan inte läsas; den skrivs så här: {1}");

    public static readonly Message UnknownParameter = new("AJV-3022", IssueType.NotSupported,
        "The parameter is not known here, and strict handling was asked for.",
        "Parametria ei tunneta, ja pyynnössä vaadittiin tiukkaa käsittelyä.",
        "Parametern är okänd, och strikt hantering begärdes.");

    public static readonly Message BundleTypeExpected = new("AJV-3023", IssueType.Value,
        "A Bundle sent to the base is of type batch or transaction.",
        "Juuriosoitteeseen lähetetty Bundle on tyyppiä batch tai transaction.",
        "En Bundle som sänds till basadressen är av typen batch eller transaction.");

    public static readonly Message EntryElementMissing = new("AJV-3024", IssueType.Invalid,
        "The entry needs '{0}'.",
        "Osassa on oltava '{0}'.",
        "Posten måste ha '{0}'.");

    public static readonly Message DuplicateIdentity = new("AJV-3025", IssueType.Duplicate,
        "The same resource is written by entry {0} and again by this one: a transaction takes each once.",
        "Osa {0} kirjoittaa saman resurssin kuin tämä: transaktiossa kukin resurssi on vain kerran.",
        "Samma resurs skrivs av post {0} och igen av denna: i en transaktion tas varje resurs en gång.");

    public static readonly Message DuplicateFullUrl = new("AJV-3026", IssueType.Duplicate,
        "Entry {0} already has this fullUrl.",
        "Osalla {0} on jo tämä fullUrl.",
        "Post {0} har redan denna fullUrl.");

    public static readonly Message TooManyEntries = new("AJV-3027", IssueType.TooCostly,
        "A Bundle may hold up to {0} entries.",
        "Bundlessa saa olla enintään {0} osaa.",
        "En Bundle får ha högst {0} poster.");

    public static readonly Message Fault = new("AJV-3028", IssueType.Exception,
        "The server failed on this request; the failure was recorded.",
        "Palvelin epäonnistui tässä pyynnössä; virhe kirjattiin.",
        "Servern misslyckades med denna begäran; felet registrerades.") { Severity = IssueSeverity.Fatal };

    public static readonly Message NestedBundle = new("AJV-3029", IssueType.NotSupported,
        "A batch or transaction cannot hold another one.",
        "Erä tai transaktio ei voi sisältää toista.",
        "En batch eller transaktion kan inte innehålla en annan.");

    public static readonly Message InvalidCursor = new("AJV-3031", IssueType.Value,
        "The page link is not one that this search gave: search again.",
        "Sivun linkki ei ole tämän haun antama: tee haku uudelleen.",
        "Sidlänken kommer inte från denna sökning: sök på nytt.");

    public static readonly Message IncludedTruncated = new("AJV-3032", IssueType.Incomplete,
        "More resources were to be included than one page holds: ask for fewer matches by _count.",
        "Mukaan otettavia resursseja on enemmän kuin sivulle mahtuu: pyydä vähemmän osumia parametrilla _count.",
        "Fler resurser skulle tas med än vad som ryms på en sida: be om färre träffar med _count.")
        { Severity = IssueSeverity.Warning };

    public static readonly Message EntryMethodUnknown = new("AJV-3033", IssueType.Invalid,
        "The method is GET, HEAD, POST, PUT, PATCH or DELETE.",
        "Metodi on GET, HEAD, POST, PUT, PATCH tai DELETE.",
        "Metoden är GET, HEAD, POST, PUT, PATCH eller DELETE.");

    public static readonly Message EntryMethodNotServed = new("AJV-3034", IssueType.Invalid,
        "The method is not served at this url.",
        "Metodia ei palvella tässä osoitteessa.",
        "Metoden stöds inte på denna adress.");

    public static readonly Message EntryOperation = new("AJV-3035", IssueType.Invalid,
        "An operation that may change data is sent on its own or in a batch.",
        "Tietoja mahdollisesti muuttava operaatio lähetetään yksin tai erässä (batch).",
        "En operation som kan ändra uppgifter sänds ensam eller i en batch.");

    public static readonly Message ControlCharacter = new("AJV-3036", IssueType.Value,
        "A text of the request holds a control character, which no text of FHIR may.",
        "Pyynnön tekstissä on ohjausmerkki, jota FHIR:n tekstissä ei saa olla.",
        "En text i begäran innehåller ett styrtecken, vilket ingen text i FHIR får.");

    public static readonly Message BodyTooSlow = new("AJV-3037", IssueType.Timeout,
        "The body of the request came too slowly.",
        "Pyynnön sisältö tuli liian hitaasti.",
        "Innehållet i begäran kom för långsamt.");

    internal static ImmutableArray<Message> All =>
    [
        AllOk, NoSuchUrl, UnknownType, MethodNotAllowed, UnknownOperation, NotAcceptable, UnsupportedMediaType,
        FormExpected, UnsupportedEncoding, BodyTooLarge, BodyMissing, MalformedRequest, WrongType, IdMismatch,
        InvalidId, NotFound, NoSuchVersion, Gone, InvalidHeader, IfMatchFailed, EmptyCriteria, InvalidParameter,
        UnknownParameter, BundleTypeExpected, EntryElementMissing, DuplicateIdentity, DuplicateFullUrl,
        TooManyEntries, Fault, NestedBundle, InvalidCursor, IncludedTruncated, EntryMethodUnknown,
        EntryMethodNotServed, EntryOperation, ControlCharacter, BodyTooSlow,
    ];
}

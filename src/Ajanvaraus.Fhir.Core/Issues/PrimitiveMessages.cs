namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-12xx</c>: how values are written, http://hl7.org/fhir/R4/datatypes.html#primitive .</summary>
public static class PrimitiveMessages
{
    public static readonly Message Boolean = new("AJV-1201", IssueType.Value,
        "A boolean is true or false.",
        "Totuusarvo on true tai false.",
        "Ett booleskt värde är true eller false.");

    public static readonly Message Integer = new("AJV-1202", IssueType.Value,
        "An integer is a whole number from -2147483648 to 2147483647, without leading zeros.",
        "Kokonaisluku on välillä -2147483648…2147483647, ilman etunollia.",
        "Ett heltal är mellan -2147483648 och 2147483647, utan inledande nollor.");

    public static readonly Message UnsignedInt = new("AJV-1203", IssueType.Value,
        "An unsignedInt is a whole number from 0 to 2147483647, without leading zeros.",
        "unsignedInt on kokonaisluku 0…2147483647, ilman etunollia.",
        "unsignedInt är ett heltal från 0 till 2147483647, utan inledande nollor.");

    public static readonly Message PositiveInt = new("AJV-1204", IssueType.Value,
        "A positiveInt is a whole number from 1 to 2147483647, without leading zeros.",
        "positiveInt on kokonaisluku 1…2147483647, ilman etunollia.",
        "positiveInt är ett heltal från 1 till 2147483647, utan inledande nollor.");

    public static readonly Message Decimal = new("AJV-1205", IssueType.Value,
        "A decimal is a number like 1, 1.50 or -2.5e3.",
        "Desimaaliluku on muotoa 1, 1.50 tai -2.5e3.",
        "Ett decimaltal är som 1, 1.50 eller -2.5e3.");

    public static readonly Message String = new("AJV-1206", IssueType.Value,
        "A text is not empty and has no control characters but tab, carriage return and line feed.",
        "Teksti ei ole tyhjä, eikä siinä ole muita ohjausmerkkejä kuin sarkain, palautin ja rivinvaihto.",
        "En text är inte tom och har inga andra styrtecken än tabb, vagnretur och radmatning.");

    public static readonly Message TextTooLong = new("AJV-1207", IssueType.TooLong,
        "A text has at most {0} characters.",
        "Tekstissä on enintään {0} merkkiä.",
        "En text har högst {0} tecken.");

    public static readonly Message Id = new("AJV-1208", IssueType.Value,
        "An id is 1 to 64 letters (A-Z, a-z), digits, hyphens and points.",
        "id on 1–64 kirjainta (A–Z, a–z), numeroa, yhdysmerkkiä tai pistettä.",
        "Ett id är 1–64 bokstäver (A–Z, a–z), siffror, bindestreck och punkter.");

    public static readonly Message Code = new("AJV-1209", IssueType.Value,
        "A code is not empty and has no white space but single spaces between its parts.",
        "Koodi ei ole tyhjä, eikä siinä ole tyhjeitä muutoin kuin yksittäisinä osien välissä.",
        "En kod är inte tom och har inga blanktecken annat än enstaka mellan delarna.");

    public static readonly Message Uri = new("AJV-1210", IssueType.Value,
        "A URI is not empty and has no white space.",
        "URI ei ole tyhjä, eikä siinä ole tyhjeitä.",
        "En URI är inte tom och har inga blanktecken.");

    public static readonly Message Oid = new("AJV-1211", IssueType.Value,
        "An oid is urn:oid: and numbers with points between, like urn:oid:1.2.246.21.",
        "oid on urn:oid: ja pistein erotetut numerot, esimerkiksi urn:oid:1.2.246.21.",
        "En oid är urn:oid: och tal åtskilda av punkter, till exempel urn:oid:1.2.246.21.");

    public static readonly Message Uuid = new("AJV-1212", IssueType.Value,
        "A uuid is urn:uuid: and 8-4-4-4-12 hexadecimal digits in lower case.",
        "uuid on urn:uuid: ja 8-4-4-4-12 heksadesimaalinumeroa pienin kirjaimin.",
        "En uuid är urn:uuid: och 8-4-4-4-12 hexadecimala siffror med små bokstäver.");

    public static readonly Message Date = new("AJV-1213", IssueType.Value,
        "A date is YYYY, YYYY-MM or YYYY-MM-DD and stands in the calendar.",
        "Päivä on muotoa VVVV, VVVV-KK tai VVVV-KK-PP ja löytyy kalenterista.",
        "Ett datum är ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD och finns i kalendern.");

    public static readonly Message DateTime = new("AJV-1214", IssueType.Value,
        "A dateTime is a date, or a date with time to the second and zone, like 2026-11-23T09:00:00+02:00.",
        "dateTime on päivä tai päivä ja kellonaika sekunteineen ja vyöhykkeineen: 2026-11-23T09:00:00+02:00.",
        "dateTime är ett datum, eller ett datum med klockslag i sekunder och zon: 2026-11-23T09:00:00+02:00.");

    public static readonly Message Instant = new("AJV-1215", IssueType.Value,
        "An instant has a date, a time to the second and a zone, like 2026-11-23T09:00:00+02:00.",
        "instant sisältää päivän, kellonajan sekunteineen ja vyöhykkeen: 2026-11-23T09:00:00+02:00.",
        "instant har datum, klockslag med sekunder och zon: 2026-11-23T09:00:00+02:00.");

    public static readonly Message Time = new("AJV-1216", IssueType.Value,
        "A time is hh:mm:ss from 00:00:00 to 23:59:59, without zone.",
        "Kellonaika on hh:mm:ss väliltä 00:00:00–23:59:59, ilman vyöhykettä.",
        "Ett klockslag är hh:mm:ss från 00:00:00 till 23:59:59, utan zon.");

    public static readonly Message Base64Binary = new("AJV-1217", IssueType.Value,
        "A base64Binary is not empty and is base64 text of whole groups of four.",
        "base64Binary ei ole tyhjä, ja se on base64-tekstiä neljän merkin ryhmin.",
        "base64Binary är inte tom och är base64-text i hela grupper om fyra.");

    public static readonly Message Xhtml = new("AJV-1218", IssueType.Value,
        "A narrative is one well-formed XHTML div with content, without DOCTYPE and processing instructions.",
        "Kertomusteksti on yksi hyvin muodostettu XHTML-div sisältöineen, ilman DOCTYPEa ja käsittelyohjeita.",
        "En berättande text är en välformad XHTML-div med innehåll, utan DOCTYPE och processinstruktioner.");

    public static readonly Message BlankText = new("AJV-1219", IssueType.Value,
        "A text should not be white space only.",
        "Tekstin ei pitäisi olla pelkkiä tyhjeitä.",
        "En text bör inte vara enbart blanktecken.") { Severity = IssueSeverity.Warning };

    internal static ImmutableArray<Message> All =>
    [
        Boolean, Integer, UnsignedInt, PositiveInt, Decimal, String, TextTooLong, Id, Code, Uri, Oid, Uuid, Date,
        DateTime, Instant, Time, Base64Binary, Xhtml, BlankText,
    ];
}

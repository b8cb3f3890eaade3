namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-13xx</c>: how a resource is written in XML, http://hl7.org/fhir/R4/xml.html, and its narrative in
/// XHTML, http://hl7.org/fhir/R4/narrative.html.</summary>
public static class XmlMessages
{
    public static readonly Message NotXml = new("AJV-1301", IssueType.Invalid,
        "The body is not well-formed XML: line {0}, column {1}.",
        "Sisältö ei ole hyvin muodostettua XML:ää: rivi {0}, sarake {1}.",
        "Innehållet är inte välformad XML: rad {0}, kolumn {1}.") { Severity = IssueSeverity.Fatal };

    public static readonly Message Doctype = new("AJV-1302", IssueType.Invalid,
        "A DOCTYPE is not allowed: a resource has no DTD and no entities of its own.",
        "DOCTYPE ei ole sallittu: resurssilla ei ole DTD:tä eikä omia entiteettejä.",
        "DOCTYPE är inte tillåten: en resurs har varken DTD eller egna entiteter.") { Severity = IssueSeverity.Fatal };

    public static readonly Message TooDeep = new("AJV-1303", IssueType.TooLong,
        "Elements are nested too deeply: in JSON they would be deeper than {0} objects and arrays.",
        "Elementit ovat sisäkkäin liian syvällä: JSONissa syvemmällä kuin {0} oliota ja taulukkoa.",
        "Element är nästlade för djupt: i JSON djupare än {0} objekt och listor.") { Severity = IssueSeverity.Fatal };

    public static readonly Message WrongEncoding = new("AJV-1304", IssueType.Invalid,
        "XML is read in UTF-8 and UTF-16, with a declaration that agrees.",
        "XML luetaan UTF-8- ja UTF-16-koodattuna, kun XML-määrittely vastaa koodausta.",
        "XML läses i UTF-8 och UTF-16, med en deklaration som stämmer.") { Severity = IssueSeverity.Fatal };

    public static readonly Message BadText = new("AJV-1305", IssueType.Invalid,
        "The bytes are not valid text of the encoding: byte {0}.",
        "Tavut eivät ole koodauksen mukaista tekstiä: tavu {0}.",
        "Byten är inte giltig text i kodningen: byte {0}.") { Severity = IssueSeverity.Fatal };

    public static readonly Message TooLong = new("AJV-1306", IssueType.TooLong,
        "The document is longer than {0} characters.",
        "Asiakirja on pidempi kuin {0} merkkiä.",
        "Dokumentet är längre än {0} tecken.") { Severity = IssueSeverity.Fatal };

    public static readonly Message WrongNamespace = new("AJV-1307", IssueType.Structure,
        "The element '{0}' is not in the namespace {1}.",
        "Elementti '{0}' ei ole nimiavaruudessa {1}.",
        "Elementet '{0}' är inte i namnrymden {1}.");

    public static readonly Message UnknownResource = new("AJV-1308", IssueType.Structure,
        "'{0}' is not a resource type of FHIR R4.",
        "'{0}' ei ole FHIR R4:n resurssityyppi.",
        "'{0}' är inte en resurstyp i FHIR R4.");

    public static readonly Message UnknownAttribute = new("AJV-1309", IssueType.Structure,
        "{0} has no attribute '{1}'.",
        "Tyypillä {0} ei ole attribuuttia '{1}'.",
        "{0} har inget attribut '{1}'.");

    public static readonly Message AttributeExpected = new("AJV-1310", IssueType.Structure,
        "'{0}' is an attribute of {1}, not an element.",
        "'{0}' on tyypin {1} attribuutti, ei elementti.",
        "'{0}' är ett attribut i {1}, inte ett element.");

    public static readonly Message WrongOrder = new("AJV-1311", IssueType.Structure,
        "The element '{0}' stands before '{1}': XML keeps the order of the definition.",
        "Elementti '{0}' kuuluu ennen elementtiä '{1}': XML noudattaa määrittelyn järjestystä.",
        "Elementet '{0}' står före '{1}': XML följer definitionens ordning.");

    public static readonly Message NotTogether = new("AJV-1312", IssueType.Structure,
        "Repetitions of '{0}' stand together, with no other element between.",
        "Elementin '{0}' toistot ovat peräkkäin, ilman muita elementtejä välissä.",
        "Upprepningar av '{0}' står tillsammans, utan andra element emellan.");

    public static readonly Message Repeated = new("AJV-1313", IssueType.Structure,
        "The element '{0}' stands more than once and does not repeat.",
        "Elementti '{0}' on useammin kuin kerran, mutta se ei toistu.",
        "Elementet '{0}' finns mer än en gång men upprepas inte.");

    public static readonly Message TextNotAllowed = new("AJV-1314", IssueType.Structure,
        "Text does not stand between elements: a value is given in the attribute 'value'.",
        "Elementtien välissä ei ole tekstiä: arvo annetaan attribuutissa 'value'.",
        "Text står inte mellan element: ett värde anges i attributet 'value'.");

    public static readonly Message EmptyElement = new("AJV-1315", IssueType.Structure,
        "An element has a value or children: leave it out when it has neither.",
        "Elementillä on arvo tai lapsia: jätä pois, jos ei ole kumpaakaan.",
        "Ett element har ett värde eller underelement: utelämna det annars.");

    public static readonly Message OneResource = new("AJV-1316", IssueType.Structure,
        "The element '{0}' holds exactly one resource.",
        "Elementissä '{0}' on täsmälleen yksi resurssi.",
        "Elementet '{0}' innehåller exakt en resurs.");

    public static readonly Message TooManyAttributes = new("AJV-1317", IssueType.TooLong,
        "An element has at most {0} attributes and namespace declarations.",
        "Elementillä on enintään {0} attribuuttia ja nimiavaruusmäärittelyä.",
        "Ett element har högst {0} attribut och namnrymdsdeklarationer.") { Severity = IssueSeverity.Fatal };

    public static readonly Message NarrativeNamespace = new("AJV-1321", IssueType.Invalid,
        "A narrative is in one namespace, which its div declares: xmlns=\"{0}\".",
        "Kertomusteksti on yhdessä nimiavaruudessa, jonka sen div ilmoittaa: xmlns=\"{0}\".",
        "En berättande text är i en namnrymd, som dess div anger: xmlns=\"{0}\".");

    public static readonly Message NarrativeElement = new("AJV-1322", IssueType.Invalid,
        "A narrative may not have the element '{0}': only basic formatting, tables, lists, links and images (txt-1).",
        "Kertomustekstissä ei saa olla elementtiä '{0}': vain perusmuotoilua, taulukoita, luetteloita, linkkejä ja "
            + "kuvia (txt-1).",
        "En berättande text får inte ha elementet '{0}': bara enkel formatering, tabeller, listor, länkar och "
            + "bilder (txt-1).");

    public static readonly Message NarrativeAttribute = new("AJV-1323", IssueType.Invalid,
        "A narrative may not have the attribute '{0}' (txt-1).",
        "Kertomustekstissä ei saa olla attribuuttia '{0}' (txt-1).",
        "En berättande text får inte ha attributet '{0}' (txt-1).");

    public static readonly Message NarrativeLink = new("AJV-1324", IssueType.Security,
        "The attribute '{0}' of a narrative may not run a script.",
        "Kertomustekstin attribuutti '{0}' ei saa käynnistää komentosarjaa.",
        "Attributet '{0}' i en berättande text får inte köra skript.");

    public static readonly Message NarrativeEmpty = new("AJV-1325", IssueType.Invalid,
        "A narrative has some text or an image (txt-2).",
        "Kertomustekstissä on tekstiä tai kuva (txt-2).",
        "En berättande text har text eller en bild (txt-2).");

    internal static ImmutableArray<Message> All =>
    [
        NotXml, Doctype, TooDeep, WrongEncoding, BadText, TooLong, WrongNamespace, UnknownResource, UnknownAttribute,
        AttributeExpected, WrongOrder, NotTogether, Repeated, TextNotAllowed, EmptyElement, OneResource,
        TooManyAttributes, NarrativeNamespace, NarrativeElement, NarrativeAttribute, NarrativeLink, NarrativeEmpty,
    ];
}

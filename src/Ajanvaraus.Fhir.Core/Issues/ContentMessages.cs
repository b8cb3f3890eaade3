namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-147x</c> to <c>AJV-149x</c>: content that is well formed and yet cannot be meant so.</summary>
public static class ContentMessages
{
    public static readonly Message SizeDiffers = new("AJV-1470", IssueType.Value,
        "The attachment says that it has {0} bytes; its data has {1}.",
        "Liitteen ilmoitettu koko on {0} tavua; sisällössä on {1}.",
        "Bilagan uppges ha {0} byte; dess data har {1}.");

    public static readonly Message UnknownUnit = new("AJV-1471", IssueType.CodeInvalid,
        "The code {0} is no unit of UCUM.",
        "Koodi {0} ei ole UCUM-yksikkö.",
        "Koden {0} är ingen enhet i UCUM.");

    public static readonly Message IdentifierNotUri = new("AJV-1472", IssueType.Value,
        "The value of an identifier of the system urn:ietf:rfc:3986 is a URI with its scheme.",
        "Järjestelmän urn:ietf:rfc:3986 tunnus on URI, jossa on skeema.",
        "Värdet av en identifierare i systemet urn:ietf:rfc:3986 är en URI med schema.");

    public static readonly Message UrnSyntax = new("AJV-1473", IssueType.Value,
        "A UUID or OID as URI is urn:uuid: and 32 hexadecimal digits in five groups, or urn:oid: and numbers with points.",
        "UUID tai OID URI:na on urn:uuid: ja 32 heksadesimaalinumeroa viidessä ryhmässä tai urn:oid: ja pisteellisiä lukuja.",
        "En UUID eller OID som URI är urn:uuid: och 32 hexadecimala siffror i fem grupper, eller urn:oid: och tal med punkter.");

    public static readonly Message CanonicalRelative = new("AJV-1474", IssueType.Value,
        "A canonical URL is absolute, or # and the id of a contained resource.",
        "Kanoninen URL on absoluuttinen tai # ja sisältyvän resurssin tunniste.",
        "En kanonisk URL är absolut, eller # och id för en inbäddad resurs.");

    public static readonly Message CanonicalOfOtherType = new("AJV-1475", IssueType.Value,
        "The canonical URL names a {0}; here it should name: {1}.",
        "Kanoninen URL nimeää tyypin {0}; tässä sen pitäisi nimetä: {1}.",
        "Den kanoniska URL:en anger en {0}; här bör den ange: {1}.");

    public static readonly Message ElementIdRepeated = new("AJV-1476", IssueType.Duplicate,
        "Two elements of the resource have the id {0}.",
        "Resurssin kahdella elementillä on sama id {0}.",
        "Två element i resursen har id {0}.");

    public static readonly Message MatchWithoutId = new("AJV-1477", IssueType.Required,
        "What a search found has an id.",
        "Haun löytämällä resurssilla on id.",
        "Det som en sökning hittade har ett id.");

    public static readonly Message OutcomeOfOtherType = new("AJV-1478", IssueType.Value,
        "An entry of the mode outcome is an OperationOutcome, not {0}.",
        "Osa, jonka mode on outcome, on OperationOutcome eikä {0}.",
        "En post med mode outcome är en OperationOutcome, inte {0}.");

    public static readonly Message SearchsetWithoutSelf = new("AJV-1479", IssueType.BusinessRule,
        "A searchset should have a self link that tells what was searched.",
        "Hakutuloksessa pitäisi olla self-linkki, joka kertoo haun.",
        "Ett sökresultat bör ha en självlänk som anger sökningen.") { Severity = IssueSeverity.Warning };

    public static readonly Message FullUrlMissing = new("AJV-1480", IssueType.Required,
        "Each entry of a Bundle of this type has a fullUrl.",
        "Tämäntyyppisen Bundlen jokaisella osalla on fullUrl.",
        "Varje post i en Bundle av denna typ har en fullUrl.");

    public static readonly Message SystemIsValueSet = new("AJV-1481", IssueType.CodeInvalid,
        "The system of a code is a code system; {0} is a value set.",
        "Koodin järjestelmä on koodisto; {0} on koodijoukko.",
        "Kodens system är ett kodsystem; {0} är en kodmängd.");

    public static readonly Message SystemIsSupplement = new("AJV-1482", IssueType.CodeInvalid,
        "The code system {0} supplements another and has no codes of its own.",
        "Koodisto {0} täydentää toista, eikä siinä ole omia koodeja.",
        "Kodsystemet {0} kompletterar ett annat och har inga egna koder.");

    public static readonly Message SystemOfEarlierFhir = new("AJV-1483", IssueType.CodeInvalid,
        "The code system {0} is not known; in R4 those of v2 and v3 begin with http://terminology.hl7.org/CodeSystem/.",
        "Koodistoa {0} ei tunneta; R4:ssä v2- ja v3-koodistot alkavat http://terminology.hl7.org/CodeSystem/.",
        "Kodsystemet {0} är inte känt; i R4 börjar de för v2 och v3 med http://terminology.hl7.org/CodeSystem/.");

    public static readonly Message CodeNotInSystem = new("AJV-1484", IssueType.CodeInvalid,
        "The code system {1} has no code {0}.",
        "Koodistossa {1} ei ole koodia {0}.",
        "Kodsystemet {1} har ingen kod {0}.");

    public static readonly Message CodeMissing = new("AJV-1485", IssueType.Required,
        "A code with a required value set has a value; extensions do not stand for it: {0}.",
        "Koodilla, jonka koodijoukko on pakollinen, on arvo; laajennukset eivät korvaa sitä: {0}.",
        "En kod med krävd kodmängd har ett värde; tillägg ersätter det inte: {0}.");

    public static readonly Message SupplementOfOwnCodes = new("AJV-1486", IssueType.Invalid,
        "A code system that supplements another has the content supplement.",
        "Toista täydentävän koodiston content on supplement.",
        "Ett kodsystem som kompletterar ett annat har content supplement.");

    public static readonly Message SubExtensionUnknown = new("AJV-1487", IssueType.Extension,
        "The extension {1} has no part {0}.",
        "Laajennuksessa {1} ei ole osaa {0}.",
        "Tillägget {1} har ingen del {0}.");

    public static readonly Message ExtensionRuleBroken = new("AJV-1488", IssueType.Extension,
        "The extension {0} may stand here only if: {1}.",
        "Laajennus {0} saa olla tässä vain, jos: {1}.",
        "Tillägget {0} får stå här bara om: {1}.");

    public static readonly Message SearchTypeDiffers = new("AJV-1489", IssueType.Value,
        "The search parameter {0} is of type {1}.",
        "Hakuparametrin {0} tyyppi on {1}.",
        "Sökparametern {0} är av typen {1}.");

    public static readonly Message SearchBaseDiffers = new("AJV-1490", IssueType.Value,
        "The search parameter {0}, from which this one derives, is not for {1}.",
        "Hakuparametri {0}, josta tämä on johdettu, ei ole tyypille {1}.",
        "Sökparametern {0}, som denna härleds från, gäller inte {1}.");

    public static readonly Message SearchExpressionDiffers = new("AJV-1491", IssueType.BusinessRule,
        "The expression differs from that of {0}, from which the search parameter derives.",
        "Lauseke eroaa hakuparametrista {0}, josta tämä on johdettu.",
        "Uttrycket skiljer sig från det i {0}, som sökparametern härleds från.") { Severity = IssueSeverity.Warning };

    public static readonly Message TypeProfileOfOtherType = new("AJV-1492", IssueType.Value,
        "The profile {0} is for {1}, not for {2}.",
        "Profiili {0} on tyypille {1}, ei tyypille {2}.",
        "Profilen {0} gäller {1}, inte {2}.");

    public static readonly Message ScoreNotAllowed = new("AJV-1493", IssueType.BusinessRule,
        "A measure that is scored as cohort has no score.",
        "Mittarilla, jonka pisteytys on cohort, ei ole tulosta.",
        "Ett mått med poängsättningen cohort har ingen poäng.");

    public static readonly Message ReferenceTypeDiffers = new("AJV-1494", IssueType.Value,
        "The reference says that it points to {0}; it points to {1}.",
        "Viittaus ilmoittaa osoittavansa tyyppiin {0}; se osoittaa tyyppiin {1}.",
        "Referensen säger sig peka på {0}; den pekar på {1}.");

    public static readonly Message SystemIsPage = new("AJV-1495", IssueType.CodeInvalid,
        "The system {0} is the address of a page, not the URI of a code system.",
        "Järjestelmä {0} on sivun osoite eikä koodiston URI.",
        "Systemet {0} är adressen till en sida, inte ett kodsystems URI.");

    public static readonly Message LabelRepeated = new("AJV-1496", IssueType.Duplicate,
        "The security label {0} stands twice.",
        "Turvamerkintä {0} on kahdesti.",
        "Säkerhetsmärkningen {0} står två gånger.");

    public static readonly Message DefinitionWithout = new("AJV-1497", IssueType.Required,
        "The definition lacks {0}, which is required; it can be used all the same.",
        "Määrittelystä puuttuu pakollinen {0}; sitä voi käyttää silti.",
        "Definitionen saknar {0}, som krävs; den kan användas ändå.") { Severity = IssueSeverity.Warning };

    public static readonly Message DependsOnNoOther = new("AJV-1498", IssueType.Value,
        "The item depends on {0}, which is no other item outside it.",
        "Kohta riippuu kohdasta {0}, joka ei ole sen ulkopuolella oleva toinen kohta.",
        "Punkten beror på {0}, som inte är en annan punkt utanför den.");

    public static readonly Message DependsOnLater = new("AJV-1499", IssueType.BusinessRule,
        "The item depends on {0}, which is asked after it.",
        "Kohta riippuu kohdasta {0}, joka kysytään sen jälkeen.",
        "Punkten beror på {0}, som ställs efter den.") { Severity = IssueSeverity.Warning };

    internal static ImmutableArray<Message> All =>
    [
        SizeDiffers, UnknownUnit, IdentifierNotUri, UrnSyntax, CanonicalRelative, CanonicalOfOtherType,
        ElementIdRepeated, MatchWithoutId, OutcomeOfOtherType, SearchsetWithoutSelf, FullUrlMissing, SystemIsValueSet,
        SystemIsSupplement, SystemOfEarlierFhir, CodeNotInSystem, CodeMissing, SupplementOfOwnCodes,
        SubExtensionUnknown, ExtensionRuleBroken, SearchTypeDiffers, SearchBaseDiffers, SearchExpressionDiffers,
        TypeProfileOfOtherType, ScoreNotAllowed, ReferenceTypeDiffers, SystemIsPage, LabelRepeated,
        DefinitionWithout, DependsOnNoOther, DependsOnLater,
    ];
}

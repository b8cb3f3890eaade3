namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-51xx</c>: code systems, value sets and concept maps.</summary>
public static class TerminologyMessages
{
    public static readonly Message UnknownValueSet = new("AJV-5101", IssueType.NotFound,
        "The value set {0} is not known here.",
        "Arvojoukkoa {0} ei tunneta täällä.",
        "Värdemängden {0} är inte känd här.");

    public static readonly Message UnknownCodeSystem = new("AJV-5102", IssueType.NotFound,
        "The code system {0} is not known here.",
        "Koodistoa {0} ei tunneta täällä.",
        "Kodsystemet {0} är inte känt här.");

    public static readonly Message UnknownConceptMap = new("AJV-5103", IssueType.NotFound,
        "The concept map {0} is not known here.",
        "Koodistomuunnosta {0} ei tunneta täällä.",
        "Begreppsmappningen {0} är inte känd här.");

    public static readonly Message UnknownCode = new("AJV-5104", IssueType.CodeInvalid,
        "'{0}' is not a code of {1}.",
        "'{0}' ei ole koodiston {1} koodi.",
        "'{0}' är ingen kod i {1}.");

    public static readonly Message ContentNotPresent = new("AJV-5105", IssueType.NotSupported,
        "Of the code system {0} only the name is known here, not its codes.",
        "Koodistosta {0} tunnetaan täällä vain nimi, ei koodeja.",
        "Av kodsystemet {0} är bara namnet känt här, inte koderna.");

    public static readonly Message CodeNotAmongKnown = new("AJV-5106", IssueType.Incomplete,
        "Only a part of the code system {1} is known here, and '{0}' is not in it: it cannot be told whether it is a code.",
        "Koodistosta {1} tunnetaan täällä vain osa, eikä '{0}' kuulu siihen: ei voida sanoa, onko se koodi.",
        "Av kodsystemet {1} är bara en del känd här, och '{0}' ingår inte i den: det går inte att säga om det är en kod.")
    { Severity = IssueSeverity.Warning };

    public static readonly Message ValueSetCircle = new("AJV-5110", IssueType.Processing,
        "The value set {0} includes itself by way of others.",
        "Arvojoukko {0} sisältää itsensä toisten kautta.",
        "Värdemängden {0} innehåller sig själv via andra.");

    public static readonly Message ValueSetWithoutCodes = new("AJV-5111", IssueType.Incomplete,
        "The value set {0} has neither a composition nor an expansion.",
        "Arvojoukolla {0} ei ole koostetta (compose) eikä laajennusta (expansion).",
        "Värdemängden {0} har varken sammansättning (compose) eller expansion.");

    public static readonly Message IncludeWithoutContent = new("AJV-5112", IssueType.Invariant,
        "A part of the value set {0} names neither a code system nor a value set, or filters without a code system.",
        "Arvojoukon {0} osa ei nimeä koodistoa eikä arvojoukkoa tai suodattaa ilman koodistoa.",
        "En del av värdemängden {0} anger varken kodsystem eller värdemängd, eller filtrerar utan kodsystem.");

    public static readonly Message FilterNotSupported = new("AJV-5113", IssueType.NotSupported,
        "The filter '{0} {1}' cannot be applied to the code system {2}.",
        "Suodatinta '{0} {1}' ei voi käyttää koodistoon {2}.",
        "Filtret '{0} {1}' kan inte användas på kodsystemet {2}.");

    public static readonly Message FilterValueWrong = new("AJV-5114", IssueType.Value,
        "The value '{2}' of the filter '{0} {1}' cannot be used: a code of the code system, true or false, or a regular expression is needed.",
        "Suodattimen '{0} {1}' arvoa '{2}' ei voi käyttää: tarvitaan koodiston koodi, true tai false tai säännöllinen lauseke.",
        "Värdet '{2}' i filtret '{0} {1}' kan inte användas: det ska vara en kod i kodsystemet, true eller false, eller ett reguljärt uttryck.");

    public static readonly Message ValueSetOfTooMany = new("AJV-5115", IssueType.TooCostly,
        "The value set {0} is made of too many other value sets.",
        "Arvojoukko {0} koostuu liian monesta muusta arvojoukosta.",
        "Värdemängden {0} består av för många andra värdemängder.");

    public static readonly Message CodesCannotBeListed = new("AJV-5120", IssueType.TooCostly,
        "The codes of {0} are defined by a grammar and cannot be listed.",
        "Koodiston {0} koodit määrää kielioppi, eikä niitä voi luetella.",
        "Koderna i {0} bestäms av en grammatik och kan inte räknas upp.");

    public static readonly Message ExpansionTooLarge = new("AJV-5121", IssueType.TooCostly,
        "The value set has {0} codes; at most {1} are given at once: ask for pages by count and offset, or filter.",
        "Arvojoukossa on {0} koodia; kerralla annetaan enintään {1}: pyydä sivuittain (count, offset) tai suodata (filter).",
        "Värdemängden har {0} koder; högst {1} ges på en gång: be om sidor med count och offset, eller filtrera.");

    public static readonly Message ValueSetTooLarge = new("AJV-5122", IssueType.TooCostly,
        "The value set {0} has more than {1} codes and is not expanded.",
        "Arvojoukossa {0} on yli {1} koodia, eikä sitä laajenneta.",
        "Värdemängden {0} har fler än {1} koder och expanderas inte.");

    public static readonly Message NotInValueSet = new("AJV-5130", IssueType.CodeInvalid,
        "The code '{0}' of {1} is not in the value set {2}.",
        "Koodiston {1} koodi '{0}' ei kuulu arvojoukkoon {2}.",
        "Koden '{0}' i {1} ingår inte i värdemängden {2}.");

    public static readonly Message NoCodingInValueSet = new("AJV-5131", IssueType.CodeInvalid,
        "None of the codings is in the value set {0}.",
        "Mikään koodeista ei kuulu arvojoukkoon {0}.",
        "Ingen av koderna ingår i värdemängden {0}.");

    public static readonly Message WrongDisplay = new("AJV-5132", IssueType.Invalid,
        "'{0}' is not a display of the code '{1}': it is '{2}'.",
        "'{0}' ei ole koodin '{1}' näyttönimi: se on '{2}'.",
        "'{0}' är ingen benämning på koden '{1}': den är '{2}'.");

    public static readonly Message AbstractCode = new("AJV-5133", IssueType.CodeInvalid,
        "The code '{0}' only groups others and is not a value.",
        "Koodi '{0}' vain ryhmittelee muita, eikä sitä käytetä arvona.",
        "Koden '{0}' grupperar bara andra och används inte som värde.");

    public static readonly Message InactiveCode = new("AJV-5134", IssueType.Informational,
        "The code '{0}' is not in use at that time.",
        "Koodi '{0}' ei ole käytössä kyseisenä aikana.",
        "Koden '{0}' är inte i bruk vid den tiden.") { Severity = IssueSeverity.Warning };

    public static readonly Message CodingWithoutSystem = new("AJV-5135", IssueType.Required,
        "The code '{0}' is given without its code system.",
        "Koodi '{0}' on annettu ilman koodistoa.",
        "Koden '{0}' är angiven utan kodsystem.");

    public static readonly Message MembershipUnknown = new("AJV-5136", IssueType.Incomplete,
        "It cannot be told whether the code '{0}' of {1} is in the value set {2}: not all that it is made of is known here.",
        "Ei voida sanoa, kuuluuko koodiston {1} koodi '{0}' arvojoukkoon {2}: kaikkea, mistä se koostuu, ei tunneta täällä.",
        "Det går inte att säga om koden '{0}' i {1} ingår i värdemängden {2}: allt som den består av är inte känt här.")
    { Severity = IssueSeverity.Warning };

    public static readonly Message DifferentSystems = new("AJV-5140", IssueType.Invalid,
        "The two codes are of different code systems, or the code system is not named.",
        "Koodit ovat eri koodistoista, tai koodistoa ei ole nimetty.",
        "Koderna är från olika kodsystem, eller så är kodsystemet inte angivet.");

    public static readonly Message NotMapped = new("AJV-5150", IssueType.NotFound,
        "The map {1} has no mapping of '{0}'.",
        "Muunnoksessa {1} ei ole vastinetta koodille '{0}'.",
        "Mappningen {1} har ingen motsvarighet till '{0}'.") { Severity = IssueSeverity.Information };

    public static readonly Message NotMappedByAny = new("AJV-5151", IssueType.NotFound,
        "None of the {1} maps that lead there has a mapping of '{0}'.",
        "Yhdessäkään niistä {1} muunnoksesta, jotka johtavat sinne, ei ole vastinetta koodille '{0}'.",
        "Ingen av de {1} mappningar som leder dit har en motsvarighet till '{0}'.") { Severity = IssueSeverity.Information };

    public static readonly Message NeedsOneOf = new("AJV-5160", IssueType.Required,
        "One of these parameters is needed: {0}.",
        "Jokin näistä parametreista tarvitaan: {0}.",
        "En av dessa parametrar behövs: {0}.");

    public static readonly Message ParameterNotServed = new("AJV-5161", IssueType.NotSupported,
        "The parameter '{0}' is not supported: the answer would not be what is asked for.",
        "Parametria '{0}' ei tueta: vastaus ei olisi se, mitä pyydettiin.",
        "Parametern '{0}' stöds inte: svaret skulle inte vara det som efterfrågas.");

    public static readonly Message WrongParameterType = new("AJV-5162", IssueType.Value,
        "The parameter '{0}' is a {1}.",
        "Parametri '{0}' on tyyppiä {1}.",
        "Parametern '{0}' är av typen {1}.");

    internal static ImmutableArray<Message> All =>
    [
        UnknownValueSet, UnknownCodeSystem, UnknownConceptMap, UnknownCode, ContentNotPresent, CodeNotAmongKnown,
        ValueSetCircle, ValueSetWithoutCodes, IncludeWithoutContent, FilterNotSupported, FilterValueWrong,
        ValueSetOfTooMany, CodesCannotBeListed, ExpansionTooLarge, ValueSetTooLarge, NotInValueSet, NoCodingInValueSet, WrongDisplay,
        AbstractCode, InactiveCode, CodingWithoutSystem, MembershipUnknown, DifferentSystems, NotMapped, NotMappedByAny,
        NeedsOneOf, ParameterNotServed, WrongParameterType,
    ];
}

namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-11xx</c>: what the definitions of FHIR R4 ask of a resource's structure.</summary>
public static class StructureMessages
{
    public static readonly Message MissingElement = new("AJV-1101", IssueType.Required,
        "The element {0} is required and missing.",
        "Pakollinen elementti {0} puuttuu.",
        "Det obligatoriska elementet {0} saknas.");

    public static readonly Message TooManyElements = new("AJV-1102", IssueType.Structure,
        "The element {0} occurs {1} times; at most {2} is allowed.",
        "Elementti {0} esiintyy {1} kertaa; sallittu enimmäismäärä on {2}.",
        "Elementet {0} förekommer {1} gånger; högst {2} är tillåtet.");

    public static readonly Message EmptyElement = new("AJV-1104", IssueType.Structure,
        "The element has neither a value nor content: give one or leave the element out.",
        "Elementillä ei ole arvoa eikä sisältöä: anna jompikumpi tai jätä elementti pois.",
        "Elementet har varken värde eller innehåll: ange något eller utelämna elementet.");

    public static readonly Message UnknownElement = new("AJV-1105", IssueType.Structure,
        "{0} has no element '{1}'.",
        "Tyypillä {0} ei ole elementtiä '{1}'.",
        "{0} har inget element '{1}'.");

    public static readonly Message CodeNotInValueSet = new("AJV-1130", IssueType.CodeInvalid,
        "The code is not in the required value set {0}.",
        "Koodi ei kuulu vaadittuun koodijoukkoon {0}.",
        "Koden finns inte i den obligatoriska kodmängden {0}.");

    public static readonly Message CodeNotInList = new("AJV-1131", IssueType.CodeInvalid,
        "The code is not in the required value set {0}; allowed are: {1}.",
        "Koodi ei kuulu vaadittuun koodijoukkoon {0}; sallittuja ovat: {1}.",
        "Koden finns inte i den obligatoriska kodmängden {0}; tillåtna är: {1}.");

    public static readonly Message NoCodingInValueSet = new("AJV-1132", IssueType.CodeInvalid,
        "No coding is from the required value set {0}.",
        "Yksikään koodaus ei ole vaaditusta koodijoukosta {0}.",
        "Ingen kodning är från den obligatoriska kodmängden {0}.");

    public static readonly Message ExtensionEmpty = new("AJV-1140", IssueType.Extension,
        "An extension has either a value or extensions; this one has neither.",
        "Laajennuksella on joko arvo tai alilaajennuksia; tällä ei ole kumpaakaan.",
        "Ett tillägg har antingen ett värde eller egna tillägg; detta har inget av dem.");

    public static readonly Message ExtensionBoth = new("AJV-1141", IssueType.Extension,
        "An extension has either a value or extensions; this one has both.",
        "Laajennuksella on joko arvo tai alilaajennuksia; tällä on molemmat.",
        "Ett tillägg har antingen ett värde eller egna tillägg; detta har båda.");

    public static readonly Message ExtensionUrlRelative = new("AJV-1142", IssueType.Extension,
        "The url of an extension is absolute.",
        "Laajennuksen url-osoite on absoluuttinen.",
        "Ett tilläggs url är absolut.");

    public static readonly Message ReferenceSyntax = new("AJV-1150", IssueType.Value,
        "A reference is [type]/[id], [type]/[id]/_history/[version], an absolute URI, or #[id] of a contained one.",
        "Viittaus on [tyyppi]/[id], [tyyppi]/[id]/_history/[versio], absoluuttinen URI tai sisältyvän #[id].",
        "En referens är [typ]/[id], [typ]/[id]/_history/[version], en absolut URI eller #[id] för en inbäddad.");

    public static readonly Message ReferenceUnknownType = new("AJV-1151", IssueType.Value,
        "The reference does not name a resource type of FHIR R4.",
        "Viittaus ei nimeä FHIR R4:n resurssityyppiä.",
        "Referensen anger inte någon resurstyp i FHIR R4.");

    public static readonly Message ReferenceWrongTarget = new("AJV-1152", IssueType.Value,
        "The reference points to {0}; allowed are: {1}.",
        "Viittaus osoittaa tyyppiin {0}; sallittuja ovat: {1}.",
        "Referensen pekar på {0}; tillåtna är: {1}.") { Severity = IssueSeverity.Warning };

    public static readonly Message ContainedNotFound = new("AJV-1153", IssueType.Value,
        "No contained resource has the id that the reference names.",
        "Yhdelläkään sisältyvällä resurssilla ei ole viittauksen nimeämää tunnistetta.",
        "Ingen inbäddad resurs har det id som referensen anger.");

    public static readonly Message ContainedNested = new("AJV-1154", IssueType.Invariant,
        "A contained resource must not contain resources (dom-2).",
        "Sisältyvä resurssi ei saa sisältää resursseja (dom-2).",
        "En inbäddad resurs får inte bädda in resurser (dom-2).");

    public static readonly Message ContainedWithoutId = new("AJV-1155", IssueType.Required,
        "A contained resource needs an id.",
        "Sisältyvällä resurssilla on oltava id.",
        "En inbäddad resurs måste ha ett id.");

    public static readonly Message ContainedIdRepeated = new("AJV-1156", IssueType.Duplicate,
        "Two contained resources have the same id.",
        "Kahdella sisältyvällä resurssilla on sama id.",
        "Två inbäddade resurser har samma id.");

    public static readonly Message ContainedUnused = new("AJV-1157", IssueType.Invariant,
        "Nothing refers to the contained resource (dom-3).",
        "Mikään ei viittaa sisältyvään resurssiin (dom-3).",
        "Inget refererar till den inbäddade resursen (dom-3).") { Severity = IssueSeverity.Warning };

    public static readonly Message ResourceId = new("AJV-1160", IssueType.Value,
        "A resource id is 1 to 64 letters (A-Z, a-z), digits, hyphens and points.",
        "Resurssin id on 1–64 kirjainta (A–Z, a–z), numeroa, yhdysmerkkiä tai pistettä.",
        "En resurs id är 1–64 bokstäver (A–Z, a–z), siffror, bindestreck och punkter.");

    public static readonly Message ElementId = new("AJV-1161", IssueType.Value,
        "The id of an element has no spaces.",
        "Elementin id:ssä ei ole välilyöntejä.",
        "Ett elements id innehåller inga blanksteg.");

    public static readonly Message EntryWithoutRequest = new("AJV-1170", IssueType.Invariant,
        "Each entry of a batch, transaction or history needs a request (bdl-3).",
        "Jokaisessa erän, transaktion tai historian osassa on oltava request (bdl-3).",
        "Varje post i en batch, transaktion eller historik måste ha request (bdl-3).");

    public static readonly Message EntryEmpty = new("AJV-1171", IssueType.Invariant,
        "An entry has a resource, a request or a response (bdl-5).",
        "Osassa on resurssi, request tai response (bdl-5).",
        "En post har en resurs, request eller response (bdl-5).");

    public static readonly Message FullUrlRepeated = new("AJV-1172", IssueType.Duplicate,
        "Two entries have the same fullUrl and version (bdl-7).",
        "Kahdella osalla on sama fullUrl ja versio (bdl-7).",
        "Två poster har samma fullUrl och version (bdl-7).");

    public static readonly Message FullUrlVersioned = new("AJV-1173", IssueType.Invariant,
        "A fullUrl does not name a version (bdl-8).",
        "fullUrl ei nimeä versiota (bdl-8).",
        "fullUrl anger ingen version (bdl-8).");

    public static readonly Message FullUrlRelative = new("AJV-1174", IssueType.Value,
        "A fullUrl should be an absolute URI.",
        "fullUrl-osoitteen pitäisi olla absoluuttinen URI.",
        "fullUrl bör vara en absolut URI.") { Severity = IssueSeverity.Warning };

    public static readonly Message EntryRequestNotAllowed = new("AJV-1175", IssueType.Invariant,
        "Only entries of a batch, transaction or history have a request (bdl-3).",
        "Vain erän, transaktion tai historian osissa on request (bdl-3).",
        "Endast poster i en batch, transaktion eller historik har request (bdl-3).");

    public static readonly Message SystemIsBareOid = new("AJV-1190", IssueType.Value,
        "The system is an OID without urn:oid: before it; it is kept as written.",
        "Koodiston tunniste on OID ilman etuliitettä urn:oid:; se säilytetään sellaisenaan.",
        "Systemet är en OID utan prefixet urn:oid:; det sparas som det är.") { Severity = IssueSeverity.Warning };

    public static readonly Message SystemRelative = new("AJV-1191", IssueType.Value,
        "The system should be an absolute URI; it is kept as written.",
        "Tunnistejärjestelmän pitäisi olla absoluuttinen URI; se säilytetään sellaisenaan.",
        "Systemet bör vara en absolut URI; det sparas som det är.") { Severity = IssueSeverity.Warning };

    internal static ImmutableArray<Message> All =>
    [
        MissingElement, TooManyElements, EmptyElement, UnknownElement, CodeNotInValueSet, CodeNotInList,
        NoCodingInValueSet, ExtensionEmpty, ExtensionBoth, ExtensionUrlRelative, ReferenceSyntax,
        ReferenceUnknownType, ReferenceWrongTarget, ContainedNotFound, ContainedNested, ContainedWithoutId,
        ContainedIdRepeated, ContainedUnused, ResourceId, ElementId, EntryWithoutRequest, EntryEmpty,
        FullUrlRepeated, FullUrlVersioned, FullUrlRelative, EntryRequestNotAllowed, SystemIsBareOid, SystemRelative,
    ];
}

namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-21xx</c>: searches, http://hl7.org/fhir/R4/search.html.</summary>
/// <remarks>{0} is the name of a parameter. Values are never told: they may be personal data.</remarks>
public static class SearchMessages
{
    public static readonly Message UnknownParameter = new("AJV-2101", IssueType.NotSupported,
        "The search parameter {0} is not known for this type.",
        "Hakuparametria {0} ei tunneta tälle tyypille.",
        "Sökparametern {0} är inte känd för denna typ.");

    public static readonly Message BadModifier = new("AJV-2102", IssueType.NotSupported,
        "The modifier of {0} does not apply to a parameter of type {1}.",
        "Parametrin {0} määre ei sovi tyypin {1} parametriin.",
        "Modifieraren i {0} gäller inte en parameter av typen {1}.");

    public static readonly Message BadValue = new("AJV-2103", IssueType.Value,
        "A value of {0} cannot be read; it is written like this: {1}",
        "Parametrin {0} arvoa ei voi lukea; se kirjoitetaan näin: {1}",
        "Ett värde för {0} kan inte läsas; det skrivs så här: {1}");

    public static readonly Message BadPrefix = new("AJV-2104", IssueType.Value,
        "A value of {0} begins with an unknown prefix; eq, ne, gt, lt, ge, le, sa, eb and ap exist.",
        "Parametrin {0} arvo alkaa tuntemattomalla etuliitteellä; eq, ne, gt, lt, ge, le, sa, eb ja ap ovat olemassa.",
        "Ett värde för {0} börjar med ett okänt prefix; eq, ne, gt, lt, ge, le, sa, eb och ap finns.");

    public static readonly Message BadChain = new("AJV-2105", IssueType.NotSupported,
        "The chain {0} does not lead over references to a parameter that exists.",
        "Ketju {0} ei johda viittauksia pitkin olemassa olevaan parametriin.",
        "Kedjan {0} leder inte via referenser till en parameter som finns.");

    public static readonly Message BadResultParameter = new("AJV-2106", IssueType.Value,
        "{0} cannot be read; it is written like this: {1}",
        "Parametria {0} ei voi lukea; se kirjoitetaan näin: {1}",
        "{0} kan inte läsas; den skrivs så här: {1}");

    public static readonly Message UnknownType = new("AJV-2107", IssueType.Value,
        "{0} names a resource type that FHIR R4 does not have.",
        "{0} nimeää resurssityypin, jota FHIR R4:ssä ei ole.",
        "{0} anger en resurstyp som inte finns i FHIR R4.");

    public static readonly Message BadInclude = new("AJV-2108", IssueType.Value,
        "A value of {0} is not Type:parameter[:target] with a reference parameter that exists.",
        "Parametrin {0} arvo ei ole Type:parameter[:target], jossa on olemassa oleva viittausparametri.",
        "Ett värde för {0} är inte Type:parameter[:target] med en referensparameter som finns.");

    public static readonly Message BadSort = new("AJV-2109", IssueType.NotSupported,
        "_sort names a search parameter that is not known for this type.",
        "_sort nimeää hakuparametrin, jota ei tunneta tälle tyypille.",
        "_sort anger en sökparameter som inte är känd för denna typ.");

    public static readonly Message TooCostly = new("AJV-2110", IssueType.TooCostly,
        "{0} asks for too much at once: name target types, or fewer values.",
        "{0} pyytää liian paljon kerralla: nimeä kohdetyypit tai anna vähemmän arvoja.",
        "{0} begär för mycket på en gång: ange måltyper eller färre värden.");

    public static readonly Message NotSearchable = new("AJV-2111", IssueType.NotSupported,
        "{0} is a parameter of type {1}, which this server does not search by.",
        "{0} on tyypin {1} parametri, jolla tämä palvelin ei hae.",
        "{0} är en parameter av typen {1}, som servern inte söker med.");

    public static readonly Message BadHas = new("AJV-2112", IssueType.Value,
        "_has is _has:Type:reference:parameter with a reference that can point to the searched type.",
        "_has on muotoa _has:Type:reference:parameter, ja viittaus voi osoittaa haettuun tyyppiin.",
        "_has är _has:Type:reference:parameter med en referens som kan peka på den sökta typen.");

    public static ImmutableArray<Message> All { get; } =
    [
        UnknownParameter, BadModifier, BadValue, BadPrefix, BadChain, BadResultParameter,
        UnknownType, BadInclude, BadSort, TooCostly, NotSearchable, BadHas,
    ];
}

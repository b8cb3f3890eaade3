namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-211x</c>: the language of <c>_filter</c> and what is not served, http://hl7.org/fhir/R4/search_filter.html.</summary>
/// <remarks>{0} is the name of a parameter of the request.</remarks>
public static class SearchFilterMessages
{
    public static readonly Message BadFilter = new("AJV-2115", IssueType.Value,
        "{0} cannot be read from character {1} on; it is written like this: name co \"pet\" and not (birthdate ge 2014-10)",
        "Parametria {0} ei voi lukea merkistä {1} alkaen; se kirjoitetaan näin: name co \"pet\" and not (birthdate ge 2014-10)",
        "{0} kan inte läsas från tecken {1}; det skrivs så här: name co \"pet\" and not (birthdate ge 2014-10)");

    public static readonly Message BadFilterOperator = new("AJV-2116", IssueType.NotSupported,
        "In {0} the operator does not apply to {1}, a parameter of type {2}; these do: {3}",
        "Parametrissa {0} operaattori ei sovi parametriin {1}, joka on tyyppiä {2}; nämä sopivat: {3}",
        "I {0} gäller operatorn inte {1}, en parameter av typen {2}; dessa gäller: {3}");

    public static readonly Message NotServed = new("AJV-2117", IssueType.NotSupported,
        "This server does not serve that value of {0}; it serves: {1}",
        "Palvelin ei palvele tätä parametrin {0} arvoa; se palvelee: {1}",
        "Servern betjänar inte det värdet för {0}; den betjänar: {1}");

    public static ImmutableArray<Message> All { get; } = [BadFilter, BadFilterOperator, NotServed];
}

using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>URIs, whole or by the hierarchy of their path: http://hl7.org/fhir/R4/search.html#uri.</summary>
internal static class UriValueParser
{
    /// <summary>Of a longer address an index does not hold the beginning.</summary>
    private const int MaxTop = 180;

    public static Outcome<SearchExpression> Read(SearchParameter parameter, string? modifier, string name, string text)
    {
        var uri = ValueText.Unescape(text);
        switch (modifier)
        {
            case "below":
                var top = uri.TrimEnd('/');
                return top.Length is 0 or > MaxTop
                    ? new Problem(ProblemKind.Invalid, [SearchIssues.BadValue(name, "http://example.org/fhir")])
                    : new UriBelowExpression(parameter, top);
            case "above":
                return new UriAboveExpression(parameter, Above(uri));
            default:
                return new UriExpression(parameter, uri);
        }
    }

    /// <summary>The address and all beginnings of it that end before a slash, with the slash and without.</summary>
    private static ImmutableArray<string> Above(string uri)
    {
        var all = new HashSet<string> { uri };
        var scheme = uri.IndexOf("://", StringComparison.Ordinal);
        for (var slash = uri.LastIndexOf('/'); slash > scheme + 2; slash = uri.LastIndexOf('/', slash - 1))
        {
            all.Add(uri[..slash]);
            all.Add(uri[..(slash + 1)]);
        }
        return [.. all];
    }
}

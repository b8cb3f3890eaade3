using System.Text.Json;

namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>A search parameter; lists in the order of the definition.</summary>
internal sealed record SearchParameterFacts(
    string Url, string Code, string Type, string Base, string Targets, string Expression,
    IReadOnlyList<(string Definition, string Expression)> Components)
{
    public IEnumerable<string> Lines()
    {
        yield return string.Join('\t', Url, Code, Type, Base, Targets, Expression);
        foreach (var (definition, expression) in Components)
            yield return string.Join('\t', "", definition, expression);
    }
}

/// <summary>SearchParameters, corrected, in ordinal order of their canonicals.</summary>
internal static class SearchParameterCompiler
{
    public static IReadOnlyList<SearchParameterFacts> Compile(Package package) =>
    [
        .. package.Resources("search-parameters.json", "SearchParameter").Select(Facts)
            .Select(SearchParameterCorrections.Correct)
            .Concat(SearchParameterCorrections.Restored)
            .OrderBy(p => p.Url, StringComparer.Ordinal),
    ];

    private static SearchParameterFacts Facts(JsonElement parameter) => new(
        parameter.Text("url"), parameter.Text("code"), parameter.Text("type"),
        string.Join(' ', parameter.Texts("base")), string.Join(' ', parameter.Texts("target")),
        parameter.Text("expression").ReplaceLineEndings(" "),
        [.. parameter.Items("component").Select(c => (c.Text("definition"), c.Text("expression")))]);
}

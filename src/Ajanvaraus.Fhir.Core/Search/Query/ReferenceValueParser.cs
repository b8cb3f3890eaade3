using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>References: <c>id</c>, <c>Type/id</c>, an absolute or canonical URL.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/search.html#reference.</remarks>
internal sealed class ReferenceValueParser(string baseUrl)
{
    private readonly string _baseUrl = baseUrl.TrimEnd('/');

    public Outcome<SearchExpression> Read(SearchParameter parameter, string? modifier, string name, string text)
    {
        if (modifier == "identifier")
            return TokenText.TryRead(text, out var system, out var code)
                ? new ReferenceIdentifierExpression(parameter, system, code)
                : Bad(name, "[value] [system]|[value] |[value] [system]|");
        var plain = ValueText.Unescape(text);
        if (LocalReference.TrySplit(plain, _baseUrl, out var type, out var id))
            return modifier is null || modifier == type
                ? new ReferenceExpression(parameter, type, id)
                : new NothingExpression();
        if (ReferenceText.IsId(plain))
            return new ReferenceExpression(parameter, modifier ?? OnlyTarget(parameter), plain);
        return plain.Contains(':') && !plain.Contains(' ')
            ? new ReferenceUriExpression(parameter, LocalReference.WithoutVersion(plain))
            : Bad(name, "[id] [type]/[id] [url]");
    }

    private static string? OnlyTarget(SearchParameter parameter) =>
        parameter.Targets is [var only] && only != "Resource" ? only : null;

    private static Problem Bad(string name, string expected) =>
        new(ProblemKind.Invalid, [SearchIssues.BadValue(name, expected)]);
}

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Terminology;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>Tokens that stand for many codes: <c>:in</c>, <c>:not-in</c>, <c>:above</c>, <c>:below</c>.</summary>
/// <remarks>
/// The codes are listed when the query is read, so that it runs on a database and in memory alike. Source:
/// http://hl7.org/fhir/R4/search.html#token.
/// </remarks>
/// <param name="terminology">Null where no terminology is at hand: then the modifiers are not supported.</param>
/// <param name="baseUrl">This server's own, so that a value set can be told by its address here.</param>
internal sealed class TokenSetParser(TerminologyService? terminology, string baseUrl)
{
    /// <summary>More codes are too costly: each is compared with.</summary>
    public const int MaxCodes = 5000;

    public static bool Knows(string? modifier) => modifier is "in" or "not-in" or "above" or "below";

    public bool IsSupported => terminology is not null;

    public Outcome<SearchExpression> Read(SearchParameter parameter, string modifier, string name, string text)
    {
        var codes = modifier is "above" or "below"
            ? Around(modifier, name, text)
            : terminology!.CodesOf(Canonical(ValueText.Unescape(text)), MaxCodes);
        if (codes.Failed)
            return new Problem(ProblemKind.Invalid, [Refusal(name, codes.Problem.Issues[0])]);
        return Outcome<SearchExpression>.Of(
            codes.Value.IsEmpty ? new NothingExpression() : new TokenSetExpression(parameter, codes.Value));
    }

    /// <summary>"If the server can treat the reference as a literal URL, it does": <c>ValueSet/1</c> is by its id.</summary>
    private string Canonical(string reference) =>
        LocalReference.TrySplit(reference, baseUrl.TrimEnd('/'), out var type, out var id) && type == "ValueSet"
            ? terminology!.CanonicalOf(type, id) ?? reference
            : reference;

    private Outcome<ImmutableArray<SystemCodes>> Around(string modifier, string name, string text) =>
        TokenText.TryRead(text, out var system, out var code) && system is { Length: > 0 } && code is not null
            ? terminology!.CodesAround(system, code, modifier == "below", MaxCodes)
            : new Problem(ProblemKind.Invalid, [SearchIssues.BadValue(name, "[system]|[code]")]);

    private static Issue Refusal(string name, Issue issue) =>
        issue.Code == IssueType.TooCostly ? SearchIssues.TooCostly(name)
        : issue.Id == SearchMessages.BadValue.Id ? issue
        : SearchIssues.UnknownCodes(name);
}

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Terminology;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>Reads the name and value pairs of a search: http://hl7.org/fhir/R4/search.html.</summary>
/// <remarks>
/// <para>Errors: <see cref="ProblemKind.Invalid"/> with every finding at once, each with <c>http.name</c>. Under lenient
/// handling an unknown parameter (or sort key) is a warning and is left out of <see cref="SearchQuery.Applied"/>; a value
/// that cannot be read is an error under both. What is too costly ends the reading.</para>
/// <para>A parameter with an empty value is left out silently, as are <c>_format</c> and <c>_pretty</c>.</para>
/// </remarks>
public sealed class SearchQueryParser(SearchParameterRegistry registry, SearchSettings settings)
{
    /// <summary>Parameters that shape the result of any search; <c>_include</c> and <c>_revinclude</c> also with <c>:iterate</c>.</summary>
    public static ImmutableArray<string> ResultNames { get; } =
    [
        "_sort", "_count", "_offset", "_total", "_summary", "_elements", "_contained", "_containedType", "_include",
        "_revinclude",
    ];

    /// <summary>Criteria on every type that are no parameters of its definition: http://hl7.org/fhir/R4/search.html#all .</summary>
    public static ImmutableArray<string> CriteriaOfAll { get; } = ["_filter", "_has", "_list"];

    private static bool MayBeIgnored(Issue issue) =>
        issue.Id == SearchMessages.UnknownParameter.Id || issue.Id == SearchMessages.BadSort.Id;

    /// <summary>What changes the meaning of a whole search and is not served: to leave it out would mislead.</summary>
    /// <remarks>"Servers SHALL refuse to process a search request if they do not recognize the _query parameter value":
    /// http://hl7.org/fhir/R4/search.html#query.</remarks>
    private static Issue? Unserved(string name, string value) => name switch
    {
        "_query" => SearchIssues.NotServed(name, "-"),
        _ => null,
    };

    /// <summary>Whether a parameter has a modifier that asks for the codes of a value set or hierarchy, or may ask so.</summary>
    public static bool NeedsTerminology(IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        foreach (var (name, _) in parameters)
            if (TokenSetParser.Knows(name[(name.LastIndexOf(':') + 1)..])
                || name.EndsWith("_filter", StringComparison.Ordinal))
                return true;
        return false;
    }

    /// <param name="resourceTypes">The type searched, or all types of a whole-system search.</param>
    /// <param name="parameters">Decoded, in the order of the request.</param>
    /// <param name="handling">From <c>Prefer: handling=</c>.</param>
    /// <param name="terminology">What codes mean, where <see cref="NeedsTerminology"/>; null: that is not supported.</param>
    public Outcome<SearchQuery> Parse(
        ImmutableArray<string> resourceTypes,
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        SearchHandling handling = SearchHandling.Strict,
        TerminologyService? terminology = null)
    {
        var types = TypeSelection.Read(registry.Definitions, resourceTypes, parameters);
        if (types.Failed)
            return types.Problem;
        var result = new ResultParameters(registry, types.Value, resourceTypes.Length != 1);
        var cost = new QueryCost(types.Value.Length);
        var criteria = new CriteriaParser(registry, settings, cost, terminology);
        var operands = ImmutableArray.CreateBuilder<SearchExpression>();
        var applied = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>(parameters.Count);
        var errors = ImmutableArray.CreateBuilder<Issue>();
        var warnings = ImmutableArray.CreateBuilder<Issue>();
        foreach (var (name, value) in parameters)
        {
            if (value.Length == 0 || name is "_format" or "_pretty")
                continue;
            var issue = Unserved(name, value) is { } unserved ? unserved : result.Knows(name) ? Result(name, value) : Criterion(name, value);
            if (issue?.Id == SearchMessages.TooCostly.Id)
                return new Problem(ProblemKind.Invalid, [.. errors, issue]);
            if (issue is null)
                applied.Add(new KeyValuePair<string, string>(name, value));
            else if (handling == SearchHandling.Lenient && MayBeIgnored(issue))
                warnings.Add(issue with { Severity = IssueSeverity.Warning });
            else
                errors.Add(issue);
        }
        if (result.Check() is { } together)
            errors.Add(together);
        if (errors.Count > 0)
            return new Problem(ProblemKind.Invalid, errors.ToImmutable());
        return result.Build(Combine.All(operands.ToImmutable())) with
        {
            Applied = applied.ToImmutable(),
            Warnings = warnings.ToImmutable(),
        };

        Issue? Result(string name, string value) =>
            cost.Take(ResultParameters.CostOf(name, value)) ? result.Read(name, value) : SearchIssues.TooCostly(name);

        Issue? Criterion(string name, string value)
        {
            var issue = criteria.Read(types.Value, name, value, out var expression);
            if (expression is not null)
                operands.Add(expression);
            return issue;
        }
    }
}

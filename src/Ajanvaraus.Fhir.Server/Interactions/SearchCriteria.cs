using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>A condition, or none.</summary>
public readonly record struct OptionalQuery(SearchQuery? Query);

/// <summary>Reads the search parameters of requests by the definitions.</summary>
/// <param name="inForce">The search parameters.</param>
/// <param name="terminology">Null: what codes mean is not asked.</param>
public sealed class SearchCriteria(CurrentSearchParameters inForce, CurrentTerminology? terminology = null)
{
    /// <summary>The search that a request asks, of what its caller sees.</summary>
    public async ValueTask<Outcome<SearchQuery>> ParseSearchAsync(
        ImmutableArray<string> types, FhirRequest request, CancellationToken cancel)
    {
        var moment = terminology is not null && SearchQueryParser.NeedsTerminology(request.Parameters)
            ? await terminology.AtAsync(cancel)
            : null;
        var query = inForce.Parser.Parse(
            types, request.Parameters,
            request.Prefer.IsStrict ? SearchHandling.Strict : SearchHandling.Lenient, moment?.Service);
        if (query.Failed)
            return query;
        if (SearchScopes.Check(query.Value, request.Caller.Identity) is { } refused)
            return refused;
        return query.Value with { Visibility = request.Caller.Identity.Reach(ScopeInteractions.Search) };
    }

    /// <summary>What is contained has no address at which it could be changed or exported alone.</summary>
    public static Problem ContainedRefused() =>
        SearchFilterMessages.NotServed.As(ProblemKind.Invalid, "http._contained", "_contained", "false");

    /// <summary>Before conditions are read that may ask what codes mean: they are answered from what is stored now.</summary>
    /// <param name="conditions">Texts of queries.</param>
    public async ValueTask PrepareAsync(IEnumerable<string?> conditions, CancellationToken cancel)
    {
        if (terminology is not null && conditions.Any(MayAskForCodes))
            await terminology.AtAsync(cancel);
    }

    /// <summary>A look at the text alone, before it is cut: it may err on the side of yes.</summary>
    private static bool MayAskForCodes(string? condition) => condition is not null
        && (condition.Contains(':', StringComparison.Ordinal) || condition.Contains("%3A", StringComparison.OrdinalIgnoreCase)
            || condition.Contains("_filter", StringComparison.Ordinal));

    /// <summary>The criteria of If-None-Exist: <c>identifier=a|b</c>, with or without <c>?</c> or a type before it.</summary>
    public Outcome<SearchQuery> ParseCondition(string type, string condition)
    {
        var query = RequestQuery.Parse(condition[(condition.IndexOf('?') + 1)..]);
        var parsed = ParseCondition(type, query.Parameters);
        return parsed.Failed ? parsed.Problem : parsed.Value.Query!;
    }

    /// <summary>The criteria of a conditional interaction.</summary>
    /// <remarks>
    /// Errors: an unknown parameter, always: leaving it out would widen the condition; no criteria at all: 412
    /// (http://hl7.org/fhir/R4/http.html#cond-update).
    /// </remarks>
    public Outcome<OptionalQuery> ParseCondition(
        string type, ImmutableArray<KeyValuePair<string, string>> parameters)
    {
        var query = inForce.Parser.Parse([type], parameters, SearchHandling.Strict, terminology?.Last?.Service);
        if (query.Failed)
            return query.Problem;
        if (query.Value.AsksContained)
            return ContainedRefused();
        return query.Value.Expression is null ? RestIssues.EmptyCriteria() : new OptionalQuery(query.Value);
    }
}

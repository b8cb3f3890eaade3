using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>A condition, or none.</summary>
public readonly record struct OptionalQuery(SearchQuery? Query);

/// <summary>Reads the search parameters of requests by the definitions.</summary>
/// <param name="inForce">The search parameters.</param>
/// <param name="terminology">Null: what codes mean is not asked.</param>
public sealed class SearchCriteria(CurrentSearchParameters inForce, CurrentTerminology? terminology = null)
{
    public async ValueTask<Outcome<SearchQuery>> ParseSearchAsync(
        ImmutableArray<string> types, FhirRequest request, CancellationToken cancel)
    {
        var moment = terminology is not null && SearchQueryParser.NeedsTerminology(request.Parameters)
            ? await terminology.AtAsync(cancel)
            : null;
        return inForce.Parser.Parse(
            types, request.Parameters,
            request.Prefer.IsStrict ? SearchHandling.Strict : SearchHandling.Lenient, moment?.Service);
    }

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
        var query = inForce.Parser.Parse([type], parameters, SearchHandling.Strict);
        if (query.Failed)
            return query.Problem;
        return query.Value.Expression is null ? RestIssues.EmptyCriteria() : new OptionalQuery(query.Value);
    }
}

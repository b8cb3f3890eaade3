using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>Finds what a reference like <c>Patient?identifier=…</c> in a transaction means.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#trules, conditional references.</remarks>
public sealed class ConditionalReferences(SearchCriteria criteria)
{
    /// <summary><c>Type/id</c> of the one resource that meets the search, which the caller must be allowed to make.</summary>
    internal async ValueTask<Outcome<string>> FindAsync(
        string condition, string path, Identity identity, WriteSession session)
    {
        var question = condition.IndexOf('?', StringComparison.Ordinal);
        var type = condition[..question];
        await criteria.PrepareAsync([condition], CancellationToken.None);
        var query = criteria.ParseCondition(type, condition);
        if (query.Failed)
        {
            return query.Problem with
            {
                Issues = [.. query.Problem.Issues.Select(i => i with { Expression = path })],
            };
        }
        if (SearchScopes.Check(query.Value, identity) is { } refused)
            return refused;
        var found = await session.FindAsync(type, query.Value.Expression, limit: 2, identity.Reach(ScopeInteractions.Search));
        return found.Length == 1
            ? $"{type}/{found[0].Id}"
            : WriteProblems.ConditionalReferenceUnresolved(path, found.Length > 1);
    }
}

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Finds resources by a business identifier.</summary>
internal sealed class IdentifierLookup(ResourceStore store, SearchQueryParser searches)
{
    private const int Enough = 2;

    /// <summary>Ids of the resources that carry the identifier, two at the most.</summary>
    /// <param name="type">Of the resources.</param>
    /// <param name="identifier">An Identifier with a value; its system is heeded when it has one.</param>
    /// <param name="identity">Who asks: found is what they see.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome<ImmutableArray<string>>> FindAsync(
        string type, ElementNode identifier, Identity identity, CancellationToken cancel)
    {
        var value = SearchText.Escape(identifier.Text("value") ?? "");
        var token = identifier.Text("system") is { } system ? $"{SearchText.Escape(system)}|{value}" : value;
        var query = searches.Parse([type], [new("identifier", token), new("_count", $"{Enough}")]);
        if (query.Failed)
            return query.Problem;
        var seen = query.Value with { Visibility = identity.Reach(ScopeInteractions.Search) };
        var found = await store.SearchAsync(seen, null, cancel);
        return ImmutableArray.CreateRange(found.Matches, m => m.Id);
    }
}

/// <summary>Texts as values of search parameters: http://hl7.org/fhir/R4/search.html#escaping.</summary>
internal static class SearchText
{
    public static string Escape(string text) =>
        text.Replace(@"\", @"\\").Replace(",", @"\,").Replace("|", @"\|").Replace("$", @"\$");
}

using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>The words of the policy as conditions on resources, for one caller.</summary>
/// <remarks>A word for which the token has no values holds for nothing.</remarks>
internal sealed class RelationConditions(PolicyTable table, SearchParameterRegistry parameters, SearchQueryParser parser)
{
    private const string Client = "Patient";

    /// <summary>What resources of the type meet of which the word holds.</summary>
    public SearchExpression Of(string type, string word, Identity identity)
    {
        // What is said of a type stands before what is said of its class.
        var rows = table.Relations.Where(r => r.Word == word && r.Type == type).ToList();
        if (rows.Count == 0)
            rows = [.. table.Relations.Where(r => r.Word == word && table.IsOf(type, r.Type))];
        return Conditions.Any(rows.Select(row => Of(type, row, identity)));
    }

    /// <summary>Those rows of all callers that a start can check: that their criteria can be read.</summary>
    /// <exception cref="FormatException">With the row.</exception>
    public void Check(Identity everything)
    {
        foreach (var row in table.Relations)
            foreach (var type in table.Classes.Keys.Where(type => table.IsOf(type, row.Type)))
                Of(type, row, everything);
    }

    private SearchExpression Of(string type, RelationRow row, Identity identity)
    {
        if (Inside(row.Criteria, "client") is { } word)
            return OfClients(type, word, identity);
        if (RelationValues.Fill(row.Criteria, identity) is not { } filled)
            return new NothingExpression();
        if (Inside(filled, "compartment") is { } client)
            return Compartments.Membership(parameters, Client, LocalReference.IdOf(client, Client)!, [type]);
        var parsed = parser.Parse([type], [.. filled.Split('&').Select(Pair)], SearchHandling.Strict);
        return parsed is { Failed: false, Value.Expression: { } criteria }
            ? criteria
            : throw new FormatException($"relations.csv: {row.Criteria} cannot be asked of {type}");
    }

    private SearchExpression OfClients(string type, string word, Identity identity)
    {
        var client = Of(Client, word, identity);
        if (client is NothingExpression)
            return client;
        var links = Compartments.Links(parameters, Client, type)
            .Where(link => link.Targets.IsEmpty || link.Targets.Contains(Client)).ToImmutableArray();
        return links.IsEmpty ? new NothingExpression() : new BelongingExpression(links, Client, client, word);
    }

    private static KeyValuePair<string, string> Pair(string criterion) =>
        criterion.IndexOf('=', StringComparison.Ordinal) is var at and > 0
            ? new KeyValuePair<string, string>(criterion[..at], criterion[(at + 1)..])
            : throw new FormatException($"relations.csv: {criterion} is no criterion");

    /// <summary>What stands in the brackets of that word; null: it is something else.</summary>
    private static string? Inside(string criteria, string word) =>
        criteria.StartsWith(word + "(", StringComparison.Ordinal) && criteria.EndsWith(')')
            ? criteria[(word.Length + 1)..^1]
            : null;
}

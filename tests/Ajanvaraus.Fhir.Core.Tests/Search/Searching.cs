using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Search;

/// <summary>A registry, an indexer and a parser over R4 as a server in Finland has them.</summary>
internal static class Searching
{
    public const string BaseUrl = "https://own.example/fhir";

    public static readonly SearchParameterRegistry Registry = new(R4.Definitions);

    public static readonly ZoneRules Helsinki = TimeZones.Default;

    public static readonly SearchIndexer Indexer = new(Registry, Helsinki, BaseUrl);

    public static readonly SearchQueryParser Parser = new(Registry, new SearchSettings
    {
        Zone = Helsinki, BaseUrl = BaseUrl, Clock = new FakeClock("2026-11-22T00:00:00Z"),
    });

    public static IndexEntries Index(string json) => Indexer.Index(Parsed.Resource(json));

    public static int Key(string type, string code) => Registry.Find(type, code)!.Key;

    public static Outcome<SearchQuery> Parse(
        string type, string query, SearchHandling handling = SearchHandling.Strict) =>
        Parser.Parse([type], Pairs(query), handling);

    /// <summary>The expression of a query that must be right.</summary>
    public static SearchExpression? Expression(string type, string query)
    {
        var outcome = Parse(type, query);
        outcome.Problem.Should().BeNull();
        return outcome.Value!.Expression;
    }

    /// <summary>Whether the one resource meets the query.</summary>
    public static bool Matches(string json, string query)
    {
        var resource = Parsed.Resource(json);
        var indexed = new IndexedResource(resource.Type.Name, resource.Id ?? "x", 0, Indexer.Index(resource));
        return new InMemorySearch(type => type == indexed.Type ? [indexed] : [])
            .Matches(Expression(resource.Type.Name, query), indexed);
    }

    public static long Micros(string instant) =>
        (DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture).UtcTicks
            - DateTime.UnixEpoch.Ticks) / 10;

    private static KeyValuePair<string, string>[] Pairs(string query) =>
        [.. query.Split('&').Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]))];
}

using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Search;
using Ajanvaraus.Fhir.Persistence.Sqlite;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests.Search;

/// <summary>The database finds what Core's evaluator finds; a failure names the seed and the query.</summary>
public sealed class SearchOracleTests
{
    /// <summary>Of each seed; <c>AJANVARAUS_SEARCH_COUNT</c> asks for more.</summary>
    private static readonly int Searches =
        int.TryParse(Environment.GetEnvironmentVariable("AJANVARAUS_SEARCH_COUNT"), out var count) ? count : 300;

    [DatabaseTheory]
    [EachDatabase(1)]
    [EachDatabase(20261122)]
    [Rule("search", "ptypes", "Parameters of every type, with all modifiers and prefixes, find the same on every database as by their definition.")]
    public async Task Search_in_the_database_finds_what_the_evaluator_finds(DatabaseEngine engine, int seed)
    {
        await using var town = await SearchTown.OpenAsync(engine, seed);
        var differences = new List<string>();
        var (asked, found) = (0, 0);

        for (var n = 0; n < Searches; n++)
        {
            var type = town.AnyType();
            var criteria = town.Queries.Criteria(type);
            if (town.Parse(criteria, type) is not { } query)
                continue;
            asked++;
            found += await CompareAsync(town, query, $"seed {seed}: {type}?{Text(criteria)}", differences) > 0 ? 1 : 0;
        }

        differences.Should().BeEmpty();
        asked.Should().BeGreaterThan(Searches * 9 / 10, "few random texts are no query");
        found.Should().BeGreaterThan(asked / 4, "a comparison of nothing with nothing proves little");
    }

    [DatabaseTheory, EachDatabase(2)]
    public async Task Search_over_several_types_finds_what_the_evaluator_finds(DatabaseEngine engine, int seed)
    {
        await using var town = await SearchTown.OpenAsync(engine, seed);
        var differences = new List<string>();
        var found = 0;

        for (var n = 0; n < 80; n++)
        {
            string[] types = [.. Enumerable.Range(0, 3).Select(_ => town.AnyType()).Distinct()];
            var criteria = town.Queries.Criteria(types[0]).Take(1).ToList();
            var text = $"seed {seed}: {string.Join(",", types)}?{Text(criteria)}";
            found += town.Parse(criteria, types) is { } query ? await CompareAsync(town, query, text, differences) : 0;
        }

        differences.Should().BeEmpty();
        found.Should().BePositive();
    }

    [DatabaseTheory, EachDatabase(8)]
    [Rule("search", "prefix", "At the edges of values a prefix includes or leaves out exactly what its definition says.")]
    public async Task Prefixes_at_the_edges_of_stored_values_find_what_the_evaluator_finds(DatabaseEngine engine, int seed)
    {
        await using var town = await SearchTown.OpenAsync(engine, seed);
        (string Type, string Code)[] parameters =
        [
            ("RiskAssessment", "probability"), ("Observation", "value-quantity"), ("Observation", "date"),
            ("Patient", "birthdate"), ("Schedule", "date"), ("Slot", "period"), ("Appointment", "end"),
        ];
        var differences = new List<string>();
        var found = 0;

        for (var n = 0; n < 420; n++)
        {
            var (type, code) = parameters[n % parameters.Length];
            var criterion = town.Queries.On(type, code);
            var query = town.Parse([criterion], type)!;
            found += await CompareAsync(town, query, $"seed {seed}: {type}?{Text([criterion])}", differences);
        }

        differences.Should().BeEmpty();
        found.Should().BeGreaterThan(420);
    }

    [DatabaseTheory, EachDatabase(9)]
    [Rule("search", "contained", "With _contained what others contain is found as by its definition, as containers or for itself.")]
    public async Task Search_in_contained_resources_finds_what_the_evaluator_finds(DatabaseEngine engine, int seed)
    {
        await using var town = await SearchTown.OpenAsync(engine, seed);
        var differences = new List<string>();
        var found = new Dictionary<string, int>();

        var types = town.Oracle.ContainedTypes();

        for (var n = 0; n < 320; n++)
        {
            var type = types[town.Below(types.Length)];
            var (which, gives) = (n % 2 == 0 ? "true" : "both", n % 4 < 2 ? "container" : "contained");
            List<KeyValuePair<string, string>> criteria =
            [
                new("_contained", which), new("_containedType", gives), .. town.Queries.Criteria(type).Take(n % 3),
                .. n % 5 == 0 ? [new("_sort", "-_lastUpdated,_id")] : Array.Empty<KeyValuePair<string, string>>(),
            ];
            if (town.Parse(criteria, type) is not { } query)
                continue;
            var text = $"seed {seed}: {type}?{Text(criteria)}";
            found[which + gives] = found.GetValueOrDefault(which + gives) + await CompareAsync(town, query, text, differences);
            if (!(await PagesAsync(town, query with { Count = 2 })).SequenceEqual(town.Oracle.Find(query)))
                differences.Add($"{text}: pages differ");
        }

        differences.Should().BeEmpty();
        found.Should().HaveCount(4).And.AllSatisfy(f => f.Value.Should().BeGreaterThan(20));
        (await town.FindingsAsync()).Should().BeEmpty("the rows of contained resources are those of their content");
        await town.ReindexAsync();
        (await town.FindingsAsync()).Should().BeEmpty("and reindexing makes the same");
    }

    [DatabaseTheory, EachDatabase(6)]
    public async Task Odd_values_that_are_a_query_find_what_the_evaluator_finds(DatabaseEngine engine, int seed)
    {
        await using var town = await SearchTown.OpenAsync(engine, seed);
        var differences = new List<string>();
        var asked = 0;

        for (var n = 0; n < 800; n++)
        {
            var type = town.AnyType();
            var criterion = town.Queries.Garbage(type);
            if (town.Parse([criterion], type) is not { Expression: not null } query)
                continue;
            asked++;
            await CompareAsync(town, query, $"seed {seed}: {type}?{Text([criterion])}", differences);
        }

        differences.Should().BeEmpty();
        asked.Should().BeGreaterThan(100);
    }

    [DatabaseTheory, EachDatabase(3)]
    public async Task Sorted_pages_come_in_the_order_of_the_evaluator(DatabaseEngine engine, int seed)
    {
        await using var town = await SearchTown.OpenAsync(engine, seed);
        var differences = new List<string>();

        for (var n = 0; n < 60; n++)
        {
            var type = town.AnyType();
            List<KeyValuePair<string, string>> criteria =
            [
                new("_sort", town.Queries.Sort(type)), new("_count", $"{1 + town.Below(6)}"),
                .. town.Queries.Criteria(type).Take(n % 2),
            ];
            if (town.Parse(criteria, type) is not { } query)
                continue;
            var pages = await PagesAsync(town, query);
            if (!pages.SequenceEqual(town.Oracle.Find(query)))
                differences.Add($"seed {seed}: {type}?{Text(criteria)}: {Difference(pages, town.Oracle.Find(query))}");
        }

        differences.Should().BeEmpty();
    }

    /// <summary>Many begin at the same moment: pages end between them.</summary>
    [DatabaseTheory, EachDatabase(3)]
    public async Task Pages_of_a_span_of_all_calendars_come_by_their_start(DatabaseEngine engine, int seed)
    {
        await using var town = await SearchTown.OpenAsync(engine, seed);
        var (differences, found) = (new List<string>(), 0);

        for (var n = 0; n < 60; n++)
        {
            var (type, start) = n % 3 == 0 ? ("Slot", "start") : n % 3 == 1 ? ("Appointment", "date") : ("Appointment", "start");
            var status = n % 2 == 0 ? [] : new[] { Pair("status:not=busy") };
            List<KeyValuePair<string, string>> criteria =
            [
                Pair($"{start}=ge2026-{town.Below(12) + 1:D2}"), Pair($"{start}=le2027-{town.Below(12) + 1:D2}"),
                new("_count", $"{1 + town.Below(6)}"), .. status,
            ];
            var query = town.Parse(criteria, type)!;
            StartRange.Of(new SqliteDialect(), query).Should().NotBeNull();
            var (pages, expected) = (await PagesAsync(town, query), town.Oracle.Find(query));
            found += expected.Count;
            if (!pages.SequenceEqual(expected))
                differences.Add($"seed {seed}: {type}?{Text(criteria)}: {Difference(pages, expected)}");
        }

        differences.Should().BeEmpty();
        found.Should().BeGreaterThan(100);
    }

    [DatabaseTheory, EachDatabase(4)]
    public async Task Includes_bring_what_the_evaluator_brings(DatabaseEngine engine, int seed)
    {
        await using var town = await SearchTown.OpenAsync(engine, seed);
        var differences = new List<string>();
        var included = 0;

        for (var n = 0; n < 250; n++)
        {
            var type = town.AnyType();
            List<KeyValuePair<string, string>> criteria =
            [
                new("_count", $"{1 + town.Below(8)}"),
                .. Enumerable.Range(0, 1 + town.Below(4)).Select(_ => town.Queries.Include(type)),
            ];
            var query = town.Parse(criteria, type)!;
            var page = await town.Store.SearchAsync(query, null, default);
            var matches = town.Oracle.Find(query).Take(query.Count).ToList();
            var expected = town.Oracle.Included(query, matches).Order().ToList();
            var actual = page.Included.Select(Name).Order().ToList();
            included += actual.Count;
            if (!Names(page).SequenceEqual(matches) || !actual.SequenceEqual(expected) || page.IsIncludedTruncated)
                differences.Add($"seed {seed}: {type}?{Text(criteria)}: {Difference(actual, expected)}");
        }

        differences.Should().BeEmpty();
        included.Should().BePositive();
    }

    [DatabaseTheory, EachDatabase(5)]
    public async Task Fast_paths_of_slots_and_appointments_find_what_the_general_path_finds(DatabaseEngine engine, int seed)
    {
        await using var town = await SearchTown.OpenAsync(engine, seed);
        var differences = new List<string>();
        var (rewritten, found) = (0, 0);

        foreach (var (type, text) in FastQueries())
        {
            var query = town.Parse([.. text.Split('&').Select(Pair)], type)!;
            rewritten += Persistence.Search.SchedulingRewriter.Rewrite(query.Expression!) == query.Expression ? 0 : 1;
            var general = query with { Expression = new NotExpression(new NotExpression(query.Expression!)) };
            found += await CompareAsync(town, query, $"seed {seed}: {type}?{text}", differences);
            await CompareAsync(town, general, $"seed {seed}: general {type}?{text}", differences);
        }

        differences.Should().BeEmpty();
        rewritten.Should().Be(FastQueries().Count(), "each of them has a fast path");
        found.Should().BePositive();
    }

    private static IEnumerable<(string Type, string Text)> FastQueries()
    {
        string[] prefixes = ["", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];
        string[] calendars = ["S0", "Schedule/S1", "S0,S2,S3"];
        string[] statuses = ["", "&status=free", "&status=free,busy", "&status:not=free"];
        string[] chains =
        [
            "schedule.actor=Practitioner/P0", "schedule:Schedule.active=true", "schedule:Schedule.actor:Practitioner.name=v",
        ];
        const string actors = "Practitioner/P1,Practitioner/P2,Patient/P4,Location/L0,Location/L1";
        const string practitioners = "Practitioner/P0,Practitioner/P3,Practitioner/P4";
        foreach (var prefix in prefixes)
        {
            for (var n = 0; n < calendars.Length; n++)
                yield return ("Slot", $"schedule={calendars[n]}&start={prefix}2026-11-23{statuses[n]}");
            foreach (var chain in chains)
                yield return ("Slot", $"{chain}&start={prefix}2026-11-23T09:00:00Z{statuses[3]}");
            yield return ("Appointment", $"patient=P1,P2,P3,P4,P5,P6&date={prefix}2026-11-23T09:00:00Z");
            yield return ("Appointment", $"actor={actors}&date={prefix}2026-11&start=ge2026");
            yield return ("Appointment", $"practitioner={practitioners}&start={prefix}2026-11-23&status:not=booked");
            yield return ("Appointment", $"location=Location/L0,Location/L2,Location/L3&date={prefix}2026-10-25");
        }
    }

    /// <summary>Compares matches, their order and the total; gives how many there are.</summary>
    private static async Task<int> CompareAsync(SearchTown town, SearchQuery query, string text, List<string> differences)
    {
        var whole = query with { Count = 1000, Total = TotalMode.Accurate };
        var expected = town.Oracle.Find(whole);
        var page = await town.Store.SearchAsync(whole, null, default);
        var counted = await town.Store.SearchAsync(query with { Count = 0 }, null, default);
        if (!Names(page).SequenceEqual(expected))
            differences.Add($"{text}: {Difference(Names(page), expected)}");
        if (page.Total != expected.Count || counted.Total != expected.Count || !counted.Matches.IsEmpty)
            differences.Add($"{text}: total {page.Total} and {counted.Total}, expected {expected.Count}");
        return expected.Count;
    }

    private static async Task<List<string>> PagesAsync(SearchTown town, SearchQuery query)
    {
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await town.Store.SearchAsync(query, cursor, default);
            names.AddRange(Names(page));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return names;
    }

    private static IEnumerable<string> Names(SearchPage page) => page.Matches.Select(Name);

    private static string Name(StoredResource resource)
    {
        if (resource.ContainedId is not { } inner)
            return $"{resource.Type}/{resource.Id}";
        var container = System.Text.Json.Nodes.JsonNode.Parse(resource.Body.Span)!;
        return $"{resource.Type}/{container["resourceType"]}/{container["id"]}#{inner}";
    }

    private static KeyValuePair<string, string> Pair(string text) =>
        new(text[..text.IndexOf('=')], text[(text.IndexOf('=') + 1)..]);

    private static string Text(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join("&", parameters.Select(p => $"{p.Key}={p.Value}"));

    private static string Difference(IEnumerable<string> database, IEnumerable<string> memory) =>
        $"database [{string.Join(" ", database)}] memory [{string.Join(" ", memory)}]";
}

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests.Search;

public sealed class PagingTests
{
    private const int People = 60;

    private static readonly SearchParameterRegistry Registry = new(R4.Definitions);
    private static readonly SearchIndexer Indexer = new(Registry);

    [DatabaseTheory]
    [EachDatabase("_id")]
    [EachDatabase("")]
    [EachDatabase("birthdate,-family")]
    [EachDatabase("-birthdate")]
    [EachDatabase("-family,gender")]
    [EachDatabase("_lastUpdated")]
    [EachDatabase("-_lastUpdated,birthdate")]
    [Rule("search", "currency", "Pages neither repeat nor miss what nobody touches while others write; what is made meanwhile is not of this search.")]
    public async Task Pages_hold_each_row_once_and_all_that_nobody_touched_while_others_write(
        DatabaseEngine engine, string sort)
    {
        await using var test = await TestStore.OpenAsync(engine);
        for (var n = 0; n < People; n++)
            await PutAsync(test, n, "a");
        var query = Parse(sort.Length == 0 ? "_count=7" : $"_count=7&_sort={sort}");
        var whole = await test.Store.SearchAsync(query with { Count = 1000 }, null, default);
        var before = whole.Matches.Select(m => m.Id).ToList();

        var page = await test.Store.SearchAsync(query, null, default);
        var ids = page.Matches.Select(m => m.Id).ToList();
        var writers = Task.WhenAll(Enumerable.Range(0, 3).Select(w => Task.Run(() => WriteAsync(test, w))));
        while (page.NextCursor is { } cursor)
        {
            page = await test.Store.SearchAsync(query, cursor, default);
            ids.AddRange(page.Matches.Select(m => m.Id));
        }
        await writers;

        ids.Should().OnlyHaveUniqueItems();
        ids.Where(IsUntouched).Should().Equal(before.Where(IsUntouched), "no untouched one is missed or moved");
        ids.Should().BeSubsetOf(before, "what was made after the first page is not of this search");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Page_by_last_updated_ends_although_everything_is_updated_all_the_time(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        for (var n = 0; n < 12; n++)
            await PutAsync(test, n, "a");
        var query = Parse("_count=3&_sort=_lastUpdated");

        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await test.Store.SearchAsync(query, cursor, default);
            ids.AddRange(page.Matches.Select(m => m.Id));
            cursor = page.NextCursor;
            test.Clock.Advance(TimeSpan.FromSeconds(1));
            await PutAsync(test, 0, "b");
            await PutAsync(test, 11, "b");
        }
        while (cursor is not null && ids.Count < 100);

        ids.Should().Equal(Enumerable.Range(0, 11).Select(Id), "the last was written anew before its page");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Page_of_more_than_may_be_included_says_so(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        const int most = Persistence.Search.IncludeReader.Most;
        (await test.Store.WriteAsync<int>(
            async s =>
            {
                await s.PutAsync(Prepared("""{"resourceType":"Organization","id":"o"}"""), WriteMethod.Put);
                for (var n = 0; n <= most; n++)
                    await s.PutAsync(Prepared(
                        $$"""{"resourceType":"Patient","id":"{{Id(n)}}","managingOrganization":{"reference":"Organization/o"} }"""),
                        WriteMethod.Put);
                return 0;
            },
            default)).Failed.Should().BeFalse();

        var tooMany = await test.Store.SearchAsync(
            Parse("_id=o&_revinclude=Patient:organization", "Organization"), null, default);
        var shared = await test.Store.SearchAsync(
            Parse("_count=1000&_include=Patient:organization&_include=Patient:*"), null, default);

        tooMany.Included.Should().HaveCount(most);
        tooMany.IsIncludedTruncated.Should().BeTrue();
        shared.Included.Select(r => r.Id).Should().Equal("o");
        shared.IsIncludedTruncated.Should().BeFalse("a thousand references to one resource are one resource");
    }

    /// <summary>Makes new people; changes and deletes the third and fourth of each five, but not what they sort by.</summary>
    private static async Task WriteAsync(TestStore test, int writer)
    {
        for (var n = writer; n < People; n += 3)
        {
            test.Clock.Advance(TimeSpan.FromMilliseconds(3));
            await PutAsync(test, People + n, "new");
            if (n % 5 == 3)
                await PutAsync(test, n, "changed");
            else if (n % 5 == 4)
                await test.DeleteAsync("Patient", Id(n));
        }
    }

    private static bool IsUntouched(string id) => int.Parse(id[1..]) % 5 < 3;

    private static string Id(int n) => $"p{n:D4}";

    private static async Task PutAsync(TestStore test, int n, string given)
    {
        var birth = n % 6 == 5 ? "" : $"\"birthDate\":\"19{n * 7 % 50 + 20}\",";
        var json = $$"""
            {"resourceType":"Patient","id":"{{Id(n)}}",{{birth}}"gender":"{{(n % 2 == 0 ? "female" : "male")}}",
            "name":[{"family":"{{(char)('a' + n % 4)}}"{{(n % 3 == 0 ? "" : $",\"given\":[\"{given}\"]")}}}]}
            """;
        await test.PutAsync(json, Prepared(json).Index);
    }

    private static PreparedResource Prepared(string json)
    {
        var node = TestStore.Prepared(json).Node;
        return new PreparedResource(node, Indexer.Index(node));
    }

    private static SearchQuery Parse(string text, string type = "Patient") =>
        new SearchQueryParser(Registry, new SearchSettings()).Parse(
            [type], [.. text.Split('&').Select(p => KeyValuePair.Create(p.Split('=')[0], p.Split('=')[1]))]).Value!;
}

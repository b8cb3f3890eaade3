using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests;

public sealed class SearchTests
{
    private static readonly SearchParameter Identifier = Of("Patient", "identifier", SearchParameterType.Token);
    private static readonly SearchParameter Name = Of("Patient", "name", SearchParameterType.String);
    private static readonly SearchParameter Birthdate = Of("Patient", "birthdate", SearchParameterType.Date);
    private static readonly SearchParameter Organization =
        Of("Patient", "organization", SearchParameterType.Reference, "Organization");
    private static readonly SearchParameter Link = Of("Patient", "link", SearchParameterType.Uri);
    private static readonly SearchParameter Score = Of("Patient", "score", SearchParameterType.Number);
    private static readonly SearchParameter Height = Of("Patient", "height", SearchParameterType.Quantity);
    private static readonly SearchParameter OrganizationIdentifier =
        Of("Organization", "identifier", SearchParameterType.Token);

    private static readonly TheoryData<string, SearchExpression, string> Leaves = new()
    {
        { "id", new IdExpression(["b", "c"]), "bc" },
        { "nothing", new NothingExpression(), "" },
        { "token with system", new TokenExpression(Identifier, "urn:s", "1"), "a" },
        { "token of any system", new TokenExpression(Identifier, null, "1"), "ab" },
        { "token without system", new TokenExpression(Identifier, "", "1"), "b" },
        { "token of a system", new TokenExpression(Identifier, "urn:s", null), "ac" },
        { "token text", new TokenTextExpression(Identifier, "hel"), "c" },
        { "string start", new StringExpression(Name, StringMatch.StartsWith, "virt"), "ab" },
        { "string part", new StringExpression(Name, StringMatch.Contains, "anen"), "a" },
        { "string exact", new StringExpression(Name, StringMatch.Exact, "Virtanen"), "a" },
        { "long string start", new StringExpression(Name, StringMatch.StartsWith, new string('ä', 200)), "c" },
        { "long string other", new StringExpression(Name, StringMatch.StartsWith, new string('ä', 200) + "x"), "" },
        { "date eq", new DateExpression(Birthdate, SearchPrefix.Eq, 100, 200), "a" },
        { "date ne", new DateExpression(Birthdate, SearchPrefix.Ne, 100, 200), "b" },
        { "date gt", new DateExpression(Birthdate, SearchPrefix.Gt, 100, 200), "b" },
        { "date lt", new DateExpression(Birthdate, SearchPrefix.Lt, 200, 300), "a" },
        { "date ge", new DateExpression(Birthdate, SearchPrefix.Ge, 100, 200), "ab" },
        { "date le", new DateExpression(Birthdate, SearchPrefix.Le, 200, 300), "ab" },
        { "date sa", new DateExpression(Birthdate, SearchPrefix.Sa, 100, 200), "b" },
        { "date eb", new DateExpression(Birthdate, SearchPrefix.Eb, 200, 300), "a" },
        { "date ap", new DateExpression(Birthdate, SearchPrefix.Ap, 150, 160), "a" },
        { "number eq", new NumberExpression(Score, SearchPrefix.Eq, 1.5, 2.5, 2), "b" },
        { "number gt", new NumberExpression(Score, SearchPrefix.Gt, 0.5, 1.5, 1), "ab" },
        { "number le", new NumberExpression(Score, SearchPrefix.Le, 0.5, 1.5, 1), "a" },
        { "quantity", new QuantityExpression(Height, SearchPrefix.Eq, 179.5, 180.5, 180, "ucum", "cm"), "a" },
        { "quantity by unit", new QuantityExpression(Height, SearchPrefix.Eq, 179.5, 180.5, 180, null, "sentti"), "a" },
        { "quantity elsewhere", new QuantityExpression(Height, SearchPrefix.Eq, 179.5, 180.5, 180, "x", "cm"), "" },
        { "uri", new UriExpression(Link, "urn:x"), "b" },
        { "reference", new ReferenceExpression(Organization, "Organization", "o"), "a" },
        { "reference of any type", new ReferenceExpression(Organization, null, "o"), "a" },
        { "reference uri", new ReferenceUriExpression(Organization, "http://other/Organization/1"), "b" },
        { "reference identifier", new ReferenceIdentifierExpression(Organization, "urn:o", "9"), "ac" },
        { "missing", new MissingExpression(Birthdate, true), "c" },
        { "not missing", new MissingExpression(Birthdate, false), "ab" },
        {
            "chain",
            new ChainExpression(Organization, "Organization", new TokenExpression(OrganizationIdentifier, null, "9")), "a"
        },
        { "and", And(new TokenExpression(Identifier, null, "1"), new UriExpression(Link, "urn:x")), "b" },
        {
            "or",
            new OrExpression([new UriExpression(Link, "urn:x"), new StringExpression(Name, StringMatch.Contains, "anen")]),
            "ab"
        },
        { "not", new NotExpression(new TokenExpression(Identifier, null, "1")), "c" },
        { "last updated", new LastUpdatedExpression(SearchPrefix.Ge, 1, 2), "abc" },
        { "last updated before", new LastUpdatedExpression(SearchPrefix.Lt, 1, 2), "" },
    };

    [DatabaseTheory, EachDatabase]
    public async Task Every_leaf_finds_the_same_on_each_database(DatabaseEngine engine)
    {
        await using var test = await PeopleAsync(engine);

        var found = new List<string>();
        foreach (var row in Leaves)
            found.Add(row[0] + ": " + await FindAsync(test, (SearchExpression)row[1]));

        found.Should().Equal(Leaves.Select(row => row[0] + ": " + row[2]));
    }

    [DatabaseTheory, EachDatabase]
    public async Task Has_finds_what_others_refer_to(DatabaseEngine engine)
    {
        await using var test = await PeopleAsync(engine);
        var query = new SearchQuery
        {
            ResourceTypes = ["Organization"],
            Expression = new HasExpression("Patient", Organization, new TokenExpression(Identifier, null, "1")),
            Count = 10,
            Total = TotalMode.Accurate,
        };

        var page = await test.Store.SearchAsync(query, null, default);

        page.Matches.Select(m => m.Id).Should().Equal("o");
        page.Total.Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Include_and_revinclude_bring_each_resource_once(DatabaseEngine engine)
    {
        await using var test = await PeopleAsync(engine);
        var query = new SearchQuery
        {
            ResourceTypes = ["Patient"],
            Expression = new IdExpression(["a"]),
            Count = 10,
            Includes = [new IncludeDirective("Patient", Organization, null, Iterate: true)],
            RevIncludes = [new IncludeDirective("Patient", Organization, null, Iterate: true)],
        };

        var page = await test.Store.SearchAsync(query, null, default);

        page.Matches.Select(m => m.Id).Should().Equal("a");
        page.Included.Select(m => m.Id).Should().Equal("o");
        page.IsIncludedTruncated.Should().BeFalse();
    }

    [DatabaseTheory]
    [EachDatabase(false)]
    [EachDatabase(true)]
    public async Task Sorted_pages_join_without_gap_or_repeat_while_others_write(DatabaseEngine engine, bool descending)
    {
        await using var test = await TestStore.OpenAsync(engine);
        for (var n = 0; n < 25; n++)
            await PutScoreAsync(test, $"p{n:D2}", n % 5 == 4 ? null : n % 7);
        var query = new SearchQuery
        {
            ResourceTypes = ["Patient"], Count = 4, Sort = [new SortKey("birthdate", Birthdate, descending)],
        };

        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await test.Store.SearchAsync(query, cursor, default);
            ids.AddRange(page.Matches.Select(m => m.Id));
            cursor = page.NextCursor;
            await PutScoreAsync(test, $"new{ids.Count}", 3);
        }
        while (cursor is not null);

        var numbers = Enumerable.Range(0, 25).Where(n => n % 5 != 4);
        var sorted = descending ? numbers.OrderByDescending(n => n % 7).ThenBy(n => n) : numbers.OrderBy(n => n % 7).ThenBy(n => n);
        ids.Should().Equal(
            sorted.Concat(Enumerable.Range(0, 25).Where(n => n % 5 == 4)).Select(n => $"p{n:D2}"), "missing values come last");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Slots_of_a_calendar_in_a_span_are_found_by_reference_and_by_chain(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await PutSlotsAsync(test);
        var start = new DateExpression(
            Of("Slot", "start", SearchParameterType.Date), SearchPrefix.Ge, Micros("2026-11-24"), Micros("2026-11-25"));
        var free = new TokenExpression(Of("Slot", "status", SearchParameterType.Token), null, "free");
        var schedule = Of("Slot", "schedule", SearchParameterType.Reference, "Schedule");
        var actor = new ReferenceExpression(
            Of("Schedule", "actor", SearchParameterType.Reference), "Practitioner", "p");

        var direct = await FindAsync(test, And(new ReferenceExpression(schedule, null, "s"), start, free), "Slot");
        var chained = await FindAsync(test, And(new ChainExpression(schedule, "Schedule", actor), start, free), "Slot");

        direct.Should().Be("c");
        chained.Should().Be("c");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Foreign_cursor_is_refused(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        var query = new SearchQuery { ResourceTypes = ["Patient"], Count = 4 };

        foreach (var cursor in (string[])["x", "", "W10", "eyJhIjoxfQ", "WzEsMiwzLDRd"])
        {
            var search = () => test.Store.SearchAsync(query, cursor, default).AsTask();
            await search.Should().ThrowAsync<InvalidCursorException>(cursor);
        }
    }

    private static async Task<string> FindAsync(TestStore test, SearchExpression expression, string type = "Patient")
    {
        var query = new SearchQuery { ResourceTypes = [type], Expression = expression, Count = 10 };
        var page = await test.Store.SearchAsync(query, null, default);
        return string.Concat(page.Matches.Select(m => m.Id));
    }

    private static async Task<TestStore> PeopleAsync(DatabaseEngine engine)
    {
        var test = await TestStore.OpenAsync(engine);
        await test.PutAsync("""{"resourceType":"Organization","id":"o"}""", IndexEntries.Empty with
        {
            Tokens = [new TokenEntry(OrganizationIdentifier.Key, "urn:o", "9")],
        });
        await test.PutAsync("""{"resourceType":"Patient","id":"a"}""", new IndexEntries(
            [new TokenEntry(Identifier.Key, "urn:s", "1")], [new StringEntry(Name.Key, "virtanen", "Virtanen")],
            [new DateEntry(Birthdate.Key, 100, 200)],
            [new ReferenceEntry(Organization.Key, "Organization", "o", "", "", "")],
            [new NumberEntry(Score.Key, 0.5, 1.5)], [new QuantityEntry(Height.Key, "ucum", "cm", "sentti", 179.5, 180.5)], []));
        await test.PutAsync("""{"resourceType":"Patient","id":"b"}""", new IndexEntries(
            [new TokenEntry(Identifier.Key, "", "1")], [new StringEntry(Name.Key, "virta", "virta")],
            [new DateEntry(Birthdate.Key, 200, 300)],
            [new ReferenceEntry(Organization.Key, "", "", "http://other/Organization/1", "", "")],
            [new NumberEntry(Score.Key, 1.5, 2.5)], [], [new UriEntry(Link.Key, "urn:x")]));
        await test.PutAsync("""{"resourceType":"Patient","id":"c"}""", IndexEntries.Empty with
        {
            Tokens = [new TokenEntry(Identifier.Key, "urn:s", "3", "helsinki")],
            Strings = [new StringEntry(Name.Key, new string('ä', 300), "Ä")],
            References = [new ReferenceEntry(Organization.Key, "", "", "", "urn:o", "9")],
        });
        return test;
    }

    private static async Task PutScoreAsync(TestStore test, string id, long? value) => await test.PutAsync(
        $$"""{"resourceType":"Patient","id":"{{id}}"}""",
        value is { } v ? IndexEntries.Empty with { Dates = [new DateEntry(Birthdate.Key, v, v + 1)] } : null);

    private static async Task PutSlotsAsync(TestStore test)
    {
        await test.PutAsync("""{"resourceType":"Schedule","id":"s"}""", IndexEntries.Empty with
        {
            References = [new ReferenceEntry(SearchParameter.KeyOf("Schedule", "actor"), "Practitioner", "p", "", "", "")],
        });
        foreach (var (id, day, status) in ((string, string, string)[])
            [("a", "2026-11-23", "free"), ("b", "2026-11-24", "busy"), ("c", "2026-11-25", "free")])
            await test.PutAsync(
                $$"""
                {"resourceType":"Slot","id":"{{id}}","schedule":{"reference":"Schedule/s"},"status":"{{status}}",
                "start":"{{day}}T09:00:00Z","end":"{{day}}T10:00:00Z"}
                """,
                IndexEntries.Empty with
                {
                    References = [new ReferenceEntry(SearchParameter.KeyOf("Slot", "schedule"), "Schedule", "s", "", "", "")],
                    Tokens = [new TokenEntry(SearchParameter.KeyOf("Slot", "status"), "http://hl7.org/fhir/slotstatus", status)],
                    Dates = [new DateEntry(SearchParameter.KeyOf("Slot", "start"), Micros(day + "T09:00"), Micros(day + "T09:01"))],
                });
    }

    private static long Micros(string day) =>
        (DateTimeOffset.Parse(day + "Z").UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    private static AndExpression And(params SearchExpression[] operands) => new([.. operands]);

    private static SearchParameter Of(string type, string code, SearchParameterType kind, params string[] targets) =>
        new(type, code, kind, SearchParameter.KeyOf(type, code), new SearchParameterDefinition(
            $"urn:test:{type}-{code}", code, kind.ToString().ToLowerInvariant(), [type], "", [.. targets], []));
}

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests.Search;

/// <summary>Words are found as soon as they are written: in the same transaction, by the next, and by all others afterwards.</summary>
public sealed class TextIndexTests
{
    private static readonly SearchParameter Content = new SearchParameterRegistry(R4.Definitions).Find("Patient", SearchParameter.ContentCode)!;

    [DatabaseTheory, EachDatabase]
    public async Task Word_is_found_by_all_who_come_after_it_and_no_longer_when_it_is_gone(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);

        await test.PutAsync(Patient("a", "kevät"));
        (await FoundAsync(test, "kevät")).Should().Equal("a");
        await test.PutAsync(Patient("a", "syksy"));
        (await FoundAsync(test, "kevät")).Should().BeEmpty();
        (await FoundAsync(test, "syksy")).Should().Equal("a");
        await test.DeleteAsync("Patient", "a");
        (await FoundAsync(test, "syksy")).Should().BeEmpty();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Transaction_finds_what_it_has_written_and_what_it_has_changed(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await test.PutAsync(Patient("a", "kevät"));

        var found = await test.Store.WriteAsync<(string[], string[])>(
            async s =>
            {
                await s.PutAsync(Patient("a", "syksy"), WriteMethod.Put);
                await s.PutAsync(Patient("b", "kevät"), WriteMethod.Put);
                var now = await s.FindAsync("Patient", Word("kevät"), 10);
                await s.PutAsync(Patient("c", "kevät"), WriteMethod.Put);
                return ([.. now.Select(r => r.Id)], [.. (await s.FindAsync("Patient", Word("kevät"), 10)).Select(r => r.Id)]);
            },
            default);

        found.Value.Item1.Should().Equal("b");
        found.Value.Item2.Should().Equal("b", "c");
        (await FoundAsync(test, "kevät")).Should().Equal("b", "c");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Word_of_a_refused_write_is_found_by_nobody(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await test.PutAsync(Patient("a", "kevät"));

        foreach (var asks in new[] { false, true })
        {
            var refused = await test.Store.WriteAsync<int>(
                async s =>
                {
                    await s.PutAsync(Patient("a", "syksy"), WriteMethod.Put);
                    if (asks)
                        await s.FindAsync("Patient", Word("syksy"), 10);
                    return Problem.Of(ProblemKind.Conflict, "AJV-1", IssueType.Conflict, "no");
                },
                default);

            refused.Failed.Should().BeTrue();
            (await FoundAsync(test, "syksy")).Should().BeEmpty();
            (await FoundAsync(test, "kevät")).Should().Equal("a");
        }
    }

    /// <summary>Written by many at once, so that one group holds what is kept and what is refused.</summary>
    [DatabaseTheory, EachDatabase]
    public async Task Each_of_many_writers_finds_its_own_words_only(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => test.Store.WriteAsync<int>(
            async s =>
            {
                await s.PutAsync(Patient($"p{n}", $"sana{n}"), WriteMethod.Put);
                var found = n % 4 == 0 ? await s.FindAsync("Patient", Word($"sana{n}"), 10) : [];
                return n % 3 == 0 ? Problem.Of(ProblemKind.Conflict, "AJV-1", IssueType.Conflict, "no") : found.Length;
            },
            default)));

        for (var n = 0; n < 100; n++)
            (await FoundAsync(test, $"sana{n}")).Should().Equal(n % 3 == 0 ? [] : [$"p{n}"]);
    }

    private static PreparedResource Patient(string id, string word) => TestStore.Prepared(
        $$"""{"resourceType":"Patient","id":"{{id}}","name":[{"family":"{{word}}"}]}""",
        IndexEntries.Empty with { Texts = [new TextEntry(Content.Key, true, word)] });

    private static TextExpression Word(string word) => new(Content, [word], false);

    /// <summary>By a reader.</summary>
    private static async Task<IEnumerable<string>> FoundAsync(TestStore test, string word)
    {
        var query = new SearchQuery { ResourceTypes = ["Patient"], Count = 50, Expression = Word(word) };
        return (await test.Store.SearchAsync(query, null, default)).Matches.Select(r => r.Id);
    }
}

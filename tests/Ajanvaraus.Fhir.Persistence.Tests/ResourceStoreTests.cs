using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Sqlite;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests;

public sealed class ResourceStoreTests
{
    private const string Patient = """{"resourceType":"Patient","id":"a","meta":{"tag":[{"code":"t"}]},"active":true}""";

    [DatabaseTheory, EachDatabase]
    public async Task Put_stamps_version_and_moment_and_keeps_the_rest_of_meta(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);

        await test.PutAsync(Patient);

        var read = await test.Store.ReadAsync("Patient", "a", default);
        read!.Version.Should().Be(1);
        read.Json().Should().Contain("\"versionId\":\"1\"").And.Contain("\"lastUpdated\":\"2026-11-22T08:00:00.000Z\"")
            .And.Contain("\"code\":\"t\"");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Deleted_resource_stays_in_history_and_comes_back_with_the_next_version(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);

        await test.PutAsync(Patient);
        await test.DeleteAsync("Patient", "a");
        var deleted = await test.Store.ReadAsync("Patient", "a", default);
        var again = await test.PutAsync(Patient);

        deleted!.IsDeleted.Should().BeTrue();
        again.Version.Should().Be(3);
        (await test.Store.ReadVersionAsync("Patient", "a", 1, default))!.IsDeleted.Should().BeFalse();
        var history = await test.Store.HistoryAsync(
            new HistoryQuery { Type = "Patient", Id = "a", Count = 10 }, default);
        history.Versions.Select(v => v.Version).Should().Equal(3, 2, 1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Problem_rolls_back_everything_of_its_transaction(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);

        var outcome = await test.Store.WriteAsync<int>(
            async s =>
            {
                await s.PutAsync(TestStore.Prepared(Patient, new IndexEntries(
                    [new TokenEntry(1, "", "x")], [], [], [], [], [], [])), WriteMethod.Post);
                return Problem.Of(ProblemKind.Conflict, "AJV-1", IssueType.Conflict, "no");
            },
            default);

        outcome.Problem!.Kind.Should().Be(ProblemKind.Conflict);
        (await test.Store.ReadAsync("Patient", "a", default)).Should().BeNull();
        foreach (var table in (string[])["resource", "resource_version", "index_token"])
            (await test.CountAsync($"SELECT COUNT(*) FROM {table}")).Should().Be(0, table);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Sixty_four_writers_of_one_resource_leave_versions_without_gaps(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => test.PutAsync(Patient))));

        (await test.Store.ReadAsync("Patient", "a", default))!.Version.Should().Be(64);
        (await test.CountAsync("SELECT COUNT(DISTINCT version) FROM resource_version")).Should().Be(64);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Of_writers_that_expect_the_same_version_one_wins(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await test.PutAsync(Patient);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() =>
            test.Store.WriteAsync<int>(
                async s =>
                {
                    if (await s.LockAsync("Patient", "a") is not { Version: 1 })
                        return Problem.Of(ProblemKind.PreconditionFailed, "AJV-1", IssueType.Conflict, "no");
                    return (await s.PutAsync(TestStore.Prepared(Patient), WriteMethod.Put)).Version;
                },
                default))));

        outcomes.Count(o => !o.Failed).Should().Be(1);
        outcomes.Where(o => o.Failed).Should().OnlyContain(o => o.Problem!.Kind == ProblemKind.PreconditionFailed);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Failing_neighbours_leave_the_others_of_the_group_alone(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);

        var writes = Enumerable.Range(0, 60).Select(n => Task.Run(() => test.Store.WriteAsync<int>(
            async s =>
            {
                await s.PutAsync(TestStore.Prepared($$"""{"resourceType":"Patient","id":"p{{n}}"}"""), WriteMethod.Put);
                return (n % 3) switch
                {
                    0 => n,
                    1 => Problem.Of(ProblemKind.Conflict, "AJV-1", IssueType.Conflict, "no"),
                    _ => throw new InvalidDataException("fault"),
                };
            },
            default))).ToArray();
        var ended = await Task.WhenAll(writes.Select(w => w.ContinueWith(t => t.Status, TaskScheduler.Default)));

        ended.Count(s => s == TaskStatus.Faulted).Should().Be(20);
        (await test.CountAsync("SELECT COUNT(*) FROM resource")).Should().Be(20);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Same_condition_is_created_once_by_many_at_the_same_time(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(n => Task.Run(() => test.Store.WriteAsync<int>(
            async s =>
            {
                await s.LockConditionAsync("Patient?identifier=1");
                if ((await s.FindAsync("Patient", null, 2)).Length == 0)
                    await s.PutAsync(TestStore.Prepared($$"""{"resourceType":"Patient","id":"p{{n}}"}"""), WriteMethod.Post);
                return 0;
            },
            default))));

        (await test.CountAsync("SELECT COUNT(*) FROM resource")).Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task History_pages_are_newest_first_and_join_without_a_gap(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        for (var n = 0; n < 7; n++)
            await test.PutAsync(Patient);

        var versions = new List<int>();
        string? cursor = null;
        do
        {
            var page = await test.Store.HistoryAsync(
                new HistoryQuery { Type = "Patient", Count = 3, Cursor = cursor }, default);
            page.Total.Should().Be(7);
            versions.AddRange(page.Versions.Select(v => v.Version));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        versions.Should().Equal(7, 6, 5, 4, 3, 2, 1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task History_since_and_at_select_by_moment(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        var first = await test.PutAsync(Patient);
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await test.PutAsync(Patient);

        var since = await test.Store.HistoryAsync(
            new HistoryQuery { Count = 9, Since = second.LastUpdated }, default);
        var at = await test.Store.HistoryAsync(
            new HistoryQuery { Count = 9, At = (first.LastUpdated + 1, first.LastUpdated + 2) }, default);

        since.Versions.Select(v => v.Version).Should().Equal(2);
        at.Versions.Select(v => v.Version).Should().Equal(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Opened_store_is_ready_and_keeps_what_was_written_over_a_restart(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await test.PutAsync(Patient);
        await test.Store.CheckAsync(default);
        await test.Store.DisposeAsync();

        await using var again = await TestStore.OpenAsync(test.Database, test.Clock);

        (await again.ReadAsync("Patient", "a", default))!.Version.Should().Be(1);
        again.EngineDescription.Should().MatchRegex(@"^(SQLite|PostgreSQL) \d+\.\d+");
    }

    [Fact]
    public async Task Second_opening_of_an_SQLite_file_is_refused_with_the_reason()
    {
        await using var test = await TestStore.OpenAsync(DatabaseEngine.Sqlite);

        var second = () => SqliteStore.OpenAsync(test.Database.FilePath!, TimeProvider.System);

        (await second.Should().ThrowAsync<StorageNotReadyException>()).Which.Message.Should().Contain("Another process");
    }
}

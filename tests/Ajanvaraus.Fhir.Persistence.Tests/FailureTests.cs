using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Testing;

using Npgsql;

namespace Ajanvaraus.Fhir.Persistence.Tests;

/// <summary>What callers see when the storage itself fails.</summary>
public sealed class FailureTests
{
    private static readonly SearchParameter Tag = new(
        "Patient", "_tag", SearchParameterType.Token, SearchParameter.KeyOf("Patient", "_tag"),
        new("urn:t", "_tag", "token", ["Patient"], "", [], []));

    [Fact]
    public async Task Full_disk_refuses_writes_leaves_nothing_half_written_and_goes_on_reading()
    {
        await using var test = await TestStore.OpenAsync(DatabaseEngine.Sqlite);
        await test.PutAsync(Person("first", 10));
        var pages = await test.CountAsync("PRAGMA page_count");
        await LimitPagesAsync(test, pages + 60);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(async () =>
            (Id: $"p{n}", Outcome: await PutAsync(test, $"p{n}")))));

        var stored = outcomes.Where(o => !o.Outcome.Failed).Select(o => o.Id).Append("first").ToList();
        outcomes.Where(o => o.Outcome.Failed).Should().NotBeEmpty()
            .And.OnlyContain(o => o.Outcome.Problem!.Kind == ProblemKind.StorageFull);
        (await IdsAsync(test, null)).Should().BeEquivalentTo(stored);
        (await IdsAsync(test, new TokenExpression(Tag, null, "t"))).Should().BeEquivalentTo(stored.Where(id => id != "first"));
        (await test.CountAsync("SELECT COUNT(*) FROM resource_version")).Should().Be(stored.Count);
        (await test.CountAsync("SELECT COUNT(*) FROM index_token")).Should().Be(stored.Count - 1);
        (await test.Store.ReadAsync("Patient", "first", default))!.Version.Should().Be(1);
    }

    [DatabaseTheory]
    [InlineData(DatabaseEngine.Sqlite, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n")]
    [InlineData(DatabaseEngine.PostgreSql, "SELECT pg_sleep(600)")]
    public async Task Read_that_takes_too_long_is_ended_and_harms_no_other(DatabaseEngine engine, string sql)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await test.PutAsync(Person("a", 10));
        var slow = () => test.Store.QueryAsync(session =>
        {
            session.Channel.MostSeconds = 1;
            return session.Channel.QueryAsync(sql, _ => 0);
        }, default).AsTask();

        var failure = await slow.Should().ThrowAsync<StorageFailedException>();
        var read = await test.Store.ReadAsync("Patient", "a", default);

        failure.Which.Problem.Kind.Should().Be(ProblemKind.Invalid);
        failure.Which.Problem.Issues.Single().Code.Should().Be(IssueType.TooCostly);
        read!.Version.Should().Be(1);
    }

    [Fact]
    public async Task Full_disk_that_gets_room_again_is_written_again()
    {
        await using var test = await TestStore.OpenAsync(DatabaseEngine.Sqlite);
        await LimitPagesAsync(test, await test.CountAsync("PRAGMA page_count") + 2);
        var refused = await PutAsync(test, "a");

        await LimitPagesAsync(test, 1_000_000);
        var taken = await PutAsync(test, "a");

        refused.Problem!.Kind.Should().Be(ProblemKind.StorageFull);
        taken.Value!.Version.Should().Be(1);
    }

    [Fact]
    public async Task Write_that_cannot_be_undone_fails_it_and_all_later_writes_and_readiness_at_once()
    {
        await using var test = await TestStore.OpenAsync(DatabaseEngine.Sqlite);
        await test.PutAsync(Person("before", 10));
        var patience = TimeSpan.FromSeconds(10);
        // A connection that is gone can neither go on nor roll back.
        var lost = () => test.Store.WriteAsync<int>(
            async s =>
            {
                await s.Channel.Connection.CloseAsync();
                throw new InvalidOperationException("lost");
            },
            default).WaitAsync(patience);

        await lost.Should().ThrowAsync<Exception>();
        var later = () => PutAsync(test, "later").WaitAsync(patience);
        var ready = () => test.Store.CheckAsync(default).AsTask().WaitAsync(patience);

        await later.Should().ThrowAsync<StorageNotReadyException>().WithMessage("*undo*");
        await ready.Should().ThrowAsync<StorageNotReadyException>().WithMessage("*undo*");
        (await test.Store.ReadAsync("Patient", "before", default))!.Version.Should().Be(1);
    }

    [DatabaseTheory]
    [InlineData(DatabaseEngine.PostgreSql)]
    public async Task Work_that_always_meets_others_is_tried_again_and_then_busy(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        var attempts = 0;

        var outcome = await test.Store.WriteAsync<int>(
            async s =>
            {
                attempts++;
                await s.PutAsync(TestStore.Prepared(Person("lost", 10)), WriteMethod.Put);
                return await s.Channel.ExecuteAsync("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$");
            },
            default);

        outcome.Problem!.Kind.Should().Be(ProblemKind.Busy);
        outcome.Problem.RetryAfterSeconds.Should().BePositive();
        attempts.Should().BeGreaterThan(2);
        (await test.Store.ReadAsync("Patient", "lost", default)).Should().BeNull();
    }

    [DatabaseTheory]
    [InlineData(DatabaseEngine.PostgreSql)]
    public async Task Database_that_does_not_wait_for_the_disk_is_refused(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var clock = new FakeClock("2026-11-22T08:00:00Z");
        var unsafeConnection = database.ConnectionString + ";Options=-c synchronous_commit=off";

        var open = () => PostgreSql.PostgreSqlStore.OpenAsync(unsafeConnection, clock);

        await open.Should().ThrowAsync<StorageNotReadyException>().WithMessage("*synchronous_commit=off*");
    }

    [DatabaseTheory]
    [InlineData(DatabaseEngine.PostgreSql)]
    public async Task Database_that_is_set_not_to_wait_later_is_not_ready(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await test.Store.CheckAsync(default);
        var name = new NpgsqlConnectionStringBuilder(test.Database.ConnectionString).Database;
        await ExecuteAsync(test, $"ALTER DATABASE \"{name}\" SET synchronous_commit = off");

        // Connections that are open already keep waiting; those to come would not.
        await ExecuteAsync(test, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            + $"WHERE datname = '{name}' AND pid <> pg_backend_pid()");
        var check = async () =>
        {
            // The first look may meet a connection that was ended.
            for (var look = 0; look < 3; look++)
                await test.Store.CheckAsync(default);
        };

        await check.Should().ThrowAsync<StorageNotReadyException>();
        var again = () => test.Store.CheckAsync(default).AsTask();
        await again.Should().ThrowAsync<StorageNotReadyException>().WithMessage("*synchronous_commit=off*");
    }

    private static Task<Outcome<int>> LimitPagesAsync(TestStore test, long pages) => test.Store.WriteAsync<int>(
        async s => await s.Channel.ExecuteAsync($"PRAGMA max_page_count={pages}"), default);

    private static Task<Outcome<StoredResource>> PutAsync(TestStore test, string id) => test.Store.WriteAsync<StoredResource>(
        async s => await s.PutAsync(
            TestStore.Prepared(Person(id, 20_000), IndexEntries.Empty with { Tokens = [new TokenEntry(Tag.Key, "", "t")] }),
            WriteMethod.Put),
        default);

    private static string Person(string id, int length) =>
        $$"""{"resourceType":"Patient","id":"{{id}}","name":[{"text":"{{new string('x', length)}}"}]}""";

    private static async Task<IEnumerable<string>> IdsAsync(TestStore test, SearchExpression? expression) =>
        (await test.Store.SearchAsync(
            new SearchQuery { ResourceTypes = ["Patient"], Expression = expression, Count = 1000 }, null, default))
        .Matches.Select(m => m.Id);

    private static async Task ExecuteAsync(TestStore test, string sql)
    {
        await using var connection = new NpgsqlConnection(test.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

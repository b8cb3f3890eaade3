using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Sqlite;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests;

/// <summary>What keeps SQLite's WAL-reset fault away: docs/adr/0004-storage.md and 0037-log-beside-the-writer.md.</summary>
public sealed class SqliteSafetyTests
{
    [Fact]
    public async Task A_second_store_on_the_same_file_is_refused_until_the_first_is_closed()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var first = await SqliteStore.OpenAsync(database.FilePath!, TimeProvider.System, CancellationToken.None);

        var second = () => SqliteStore.OpenAsync(database.FilePath!, TimeProvider.System, CancellationToken.None);

        await second.Should().ThrowAsync<StorageNotReadyException>();
        await first.DisposeAsync();
        await using var third = await second();
        await third.CheckAsync(CancellationToken.None);
    }

    [Fact]
    public async Task The_log_is_durable_and_the_engine_says_its_version()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);

        await using var store = await SqliteStore.OpenAsync(
            database.FilePath!, TimeProvider.System, CancellationToken.None);

        await store.CheckAsync(CancellationToken.None);
        store.EngineDescription.Should().MatchRegex(@"^SQLite 3\.\d+\.\d+, journal_mode=WAL, synchronous=FULL, one writer");
    }

    [Fact]
    public async Task The_log_is_folded_beside_the_writer_only_where_that_is_safe()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);

        await using var store = await SqliteStore.OpenAsync(database.FilePath!, TimeProvider.System, CancellationToken.None);

        var isSafe = Version.Parse(store.EngineDescription.Split(' ', ',')[1]) >= new Version(3, 51, 3);
        store.EngineDescription.Contains("checkpoints beside it").Should().Be(isSafe);
        store.EngineDescription.Contains("alone checkpoints").Should().Be(!isSafe);
    }

    [Fact]
    public async Task A_long_log_is_folded_into_the_file_while_writes_go_on_and_begun_anew()
    {
        const int most = 64 * 1024 * 1024;
        await using var test = await TestStore.OpenAsync(DatabaseEngine.Sqlite);
        var log = new FileInfo(test.Database.FilePath! + "-wal");
        var text = new string('x', 100_000);

        // 200 MB: were nothing folded, or the log not begun anew, it would be as long.
        for (var n = 0; n < 2000; n++)
            await test.PutAsync($$"""{"resourceType":"Patient","id":"p{{n % 10}}","name":[{"text":"{{text}}"}]}""");

        log.Refresh();
        log.Length.Should().BeLessThan(most);
        new FileInfo(test.Database.FilePath!).Length.Should().BeGreaterThan(most);
        (await test.Store.ReadAsync("Patient", "p9", default))!.Version.Should().Be(200);
    }
}

using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Sqlite;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests;

/// <summary>What keeps SQLite's WAL-reset fault away: docs/adr/0004-storage.md.</summary>
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
}

using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests;

/// <summary>While servers are updated one after another, the older ones go on with what the newer ones have added.</summary>
public sealed class SharedVersionTests
{
    [DatabaseTheory, EachDatabase]
    public async Task G30_Older_server_goes_on_after_a_newer_one_has_added_and_not_after_it_has_taken_away(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);

        await MigrateAsync(test, "99990101000000_MoreColumns");
        await test.Store.CheckAsync(default);
        await MigrateAsync(test, "99990102000000_OldColumnsContract");
        var check = () => test.Store.CheckAsync(default).AsTask();

        (await check.Should().ThrowAsync<StorageNotReadyException>().WithMessage("*99990102000000_OldColumnsContract*update the server*"))
            .Which.Reason.Should().Be("outdated");
    }

    [DatabaseTheory]
    [EachDatabase(0, true)]
    [EachDatabase(-300, false)]
    [EachDatabase(300, false)]
    public async Task G26_Server_whose_clock_goes_wrong_is_not_ready_where_others_go_by_theirs(DatabaseEngine engine, int seconds, bool isReady)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var store = await TestStore.OpenAsync(database, new WrongClock(TimeSpan.FromSeconds(seconds)));
        var check = () => store.CheckAsync(default).AsTask();
        await check.Should().NotThrowAsync("nobody has asked for it");

        store.IsClockChecked = true;

        if (isReady || engine == DatabaseEngine.Sqlite)
            await check.Should().NotThrowAsync();
        else
            (await check.Should().ThrowAsync<StorageNotReadyException>().WithMessage("*NTP*")).Which.Reason.Should().Be("clock");
    }

    private static Task<Core.Issues.Outcome<int>> MigrateAsync(TestStore test, string id) => test.Store.WriteAsync<int>(
        async session => await session.Channel.ExecuteAsync(
            $"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('{id}', '10')"""),
        default);

    [Fact]
    public async Task Files_that_lost_something_are_refused_and_not_begun_anew()
    {
        var folder = Directory.CreateTempSubdirectory("ajanvaraus-test-");
        var path = Path.Combine(folder.FullName, "test.db");
        var open = async () =>
        {
            await using var store = await Sqlite.SqliteStore.OpenAsync(path, TimeProvider.System);
        };
        await open();

        await File.WriteAllBytesAsync(path, []);
        await open.Should().ThrowAsync<StorageNotReadyException>().WithMessage("*is empty*backup*");
        File.Delete(path);
        await File.WriteAllBytesAsync(path + "-wal", new byte[100]);
        await open.Should().ThrowAsync<StorageNotReadyException>().WithMessage("*without*put the database back*");
        File.Delete(path + "-wal");
        await open();

        folder.Delete(recursive: true);
    }

    private sealed class WrongClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}

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
}

using Ajanvaraus.Fhir.Persistence.Archive;
using Ajanvaraus.Fhir.Server.Commands;
using Ajanvaraus.Fhir.Server.Tests.Booking;

namespace Ajanvaraus.Fhir.Server.Tests.Commands;

public sealed class BackupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ajanvaraus-backup-");

    private string Archive => Path.Combine(_folder.FullName, "backup.zip");

    public void Dispose() => _folder.Delete(recursive: true);

    [DatabaseTheory]
    [EachDatabase(DatabaseEngine.Sqlite)]
    [EachDatabase(DatabaseEngine.PostgreSql)]
    public async Task Backup_beside_a_running_server_restores_whole_into_any_engine(
        DatabaseEngine engine, DatabaseEngine target)
    {
        await using var server = await FhirServer.StartAsync(engine, CommandOffice.Now);
        await CommandOffice.OpenAsync(server);
        await using var database = await TestDatabase.CreateAsync(target);

        var written = await BackupAsync(server);
        var restored = await RestoreAsync(database, server.Clock);

        written.Should().Be(ServerCommand.Success);
        restored.Should().Be(ServerCommand.Success);
        await using var copy = await FhirServer.StartAsync(await Database.OpenAsync(database.Option, server.Clock, default));
        (await CommandOffice.VersionsAsync(copy.Store)).Should().Equal(await CommandOffice.VersionsAsync(server.Store));
        var office = new Office(copy.Http);
        (await office.CountAsync("Patient?family=Uusi")).Should().Be(1);
        (await office.CountAsync("Appointment?practitioner=Practitioner/a&status=booked")).Should().Be(1);
        (await office.GetAsync("Appointment/gone/_history")).Body["total"]!.GetValue<int>().Should().Be(2);
        await RefusesSecondBookingsAsync(office);
    }

    [Fact]
    public async Task Archive_with_any_byte_changed_is_refused_and_nothing_is_written()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite, CommandOffice.Now);
        await CommandOffice.OpenAsync(server);
        await BackupAsync(server);
        var whole = await File.ReadAllBytesAsync(Archive);
        const int seed = 20261122;
        var random = new Random(seed);

        for (var i = 0; i < 60; i++)
        {
            var at = random.Next(whole.Length);
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= (byte)(1 << random.Next(8));
            var opened = await BackupReader.OpenAsync(new MemoryStream(damaged), default);

            // A changed bit of the zip's own dates and attributes harms no row; all else is found.
            if (!opened.Failed)
                (await RowsAsync(opened.Value)).Should().Be(await RowsAsync(whole), $"seed {seed}, byte {at}");
        }
        var cut = await BackupReader.OpenAsync(new MemoryStream(whole[..(whole.Length / 2)]), default);

        cut.Problem!.Issues[0].Id.Should().Be("AJV-3301");
    }

    [Fact]
    public async Task Damaged_archive_makes_no_database()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        await File.WriteAllTextAsync(Archive, "no archive");

        var code = await RestoreAsync(database, new FakeClock(CommandOffice.Now));

        code.Should().Be(ServerCommand.Failure);
        File.Exists(database.FilePath).Should().BeFalse();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Restore_into_a_database_that_holds_something_is_refused(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine, CommandOffice.Now);
        await CommandOffice.OpenAsync(server);
        await BackupAsync(server);
        var before = await CommandOffice.VersionsAsync(server.Store);
        await using var input = File.OpenRead(Archive);
        using var backup = (await BackupReader.OpenAsync(input, default)).Value!;

        var refused = await server.Store.Upkeep.RestoreAsync(backup, new Progress<TableProgress>(), default);

        refused.Problem!.Issues[0].Id.Should().Be("AJV-3304");
        (await CommandOffice.VersionsAsync(server.Store)).Should().Equal(before);
    }

    private static async Task RefusesSecondBookingsAsync(Office office)
    {
        foreach (var (from, to) in new[] { ("09:00", "10:00"), ("13:00", "14:00"), ("16:30", "17:30") })
            (await office.PostAsync(
                "Appointment", Office.Appointment("p5", null, from, to, actors: "Practitioner/a"))).Status.Should().Be(409);
        // Keys go on after those that were brought in: all of this is new.
        (await office.PostAsync("Appointment", Office.Appointment("p5", "free", "14:00", "15:00"))).Status.Should().Be(201);
        (await office.PostAsync("Appointment/whole/$cancel", Office.Parameters())).Status.Should().Be(200);
        (await office.PostAsync("Appointment", Office.Appointment("p6", "s", "09:00", "10:00"))).Status.Should().Be(201);
    }

    private static async Task<string> RowsAsync(byte[] archive) =>
        await RowsAsync((await BackupReader.OpenAsync(new MemoryStream(archive), default)).Value!);

    private static Task<string> RowsAsync(BackupReader backup)
    {
        using (backup)
            return Task.FromResult(string.Join('\n', backup.Manifest.Tables.Select(t =>
                $"{t.Shape.Name} {t.Sha256} {backup.Rows(t).Count()}")));
    }

    private Task<int> BackupAsync(FhirServer server) => BackupCommands.BackupAsync(
        Archive, server.DatabaseOption, CommandOffice.English, server.Clock, default);

    private Task<int> RestoreAsync(TestDatabase database, FakeClock clock) =>
        BackupCommands.RestoreAsync(Archive, database.Option, CommandOffice.English, clock, default);
}

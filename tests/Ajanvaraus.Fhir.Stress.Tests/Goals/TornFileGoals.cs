using Ajanvaraus.Fhir.Server;

using Microsoft.Data.Sqlite;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G22: files of SQLite that are torn or spoilt hold what was acknowledged first, or are refused.</summary>
public sealed class TornFileGoals(ITestOutputHelper output)
{
    private const string Log = "-wal";

    [DatabaseTheory, InlineData(DatabaseEngine.Sqlite), Trait(Reliability.Trait, "G22")]
    public async Task G22_A_torn_log_holds_the_first_bookings_and_a_spoilt_file_is_refused(DatabaseEngine engine)
    {
        var goal = new Goal("G22", engine, output, GetType());
        var random = new Random(goal.Seed);
        var bookings = Reliability.Size(60, 300);
        using var folder = new Folder();
        var acknowledged = await BookAsync(engine, bookings, folder);
        var (database, log) = (await File.ReadAllBytesAsync(folder.Kept), await File.ReadAllBytesAsync(folder.Kept + Log));
        var (ofLog, ofFile) = (new Counts(), new Counts());

        for (var n = Reliability.Size(40, 1000); n > 0; n--)
            await LookAsync(folder, database, log[..random.Next(log.Length + 1)], acknowledged, ofLog);
        for (var n = Reliability.Size(20, 200); n > 0; n--)
            await LookAsync(folder, database, Flipped(log, random), acknowledged, ofLog);
        await LookAsync(folder, database, log, acknowledged, ofLog);
        foreach (var bytes in new[] { null, [], new byte[database.Length], database[..(database.Length / 2)] })
            await LookAsync(folder, bytes, log, acknowledged, ofFile);

        goal.Tell(
            $"{bookings} bookings one after another, the server killed; its log of {log.Length / 1024} kB cut or with a bit changed {ofLog.All} times, its file gone, empty, "
            + $"of zeros and cut in half; seed {goal.Seed}",
            $"log: opened with the first k bookings {ofLog.Opened} times, k from {ofLog.Least} to {ofLog.Most}, otherwise {ofLog.Wrong}, refused {ofLog.Refused}; file: refused {ofFile.Refused}");
        (ofLog.Wrong, ofLog.Refused).Should().Be((0, 0), "a torn log is what a crash leaves");
        ofLog.Most.Should().Be(bookings);
        ofLog.Least.Should().BeLessThan(bookings);
        ofFile.Refused.Should().Be(ofFile.All, "a database that is gone is never begun anew");
    }

    /// <summary>Books one after another and kills the server; its files are kept.</summary>
    private static async Task<List<string>> BookAsync(DatabaseEngine engine, int bookings, Folder folder)
    {
        await using var group = await ServerGroup.StartAsync(engine, processes: 1);
        var office = await Office.OpenAsync(group.Clients[0], calendars: 1, patients: 1);
        var slots = await office.OpenSlotsAsync(day: 0, bookings);
        // All before is in the file, and all bookings in its log.
        await group.Servers[0].StopAsync();
        await group.Servers[0].StartAgainAsync();
        var load = new BookingLoad(group.Clients);
        var acknowledged = new List<string>();
        foreach (var slot in slots)
        {
            var attempt = await load.BookAsync(0, slot, BookingStyle.Book);
            attempt.IsAcknowledged.Should().BeTrue(attempt.Answer?.Text);
            acknowledged.Add($"Slot/{slot.Id}");
        }
        await group.Servers[0].KillAsync();
        File.Copy(group.Database.FilePath!, folder.Kept);
        File.Copy(group.Database.FilePath! + Log, folder.Kept + Log);
        return acknowledged;
    }

    /// <param name="database">Null: there is no file.</param>
    private static async Task LookAsync(Folder folder, byte[]? database, byte[] log, List<string> acknowledged, Counts seen)
    {
        var path = folder.NewFile();
        if (database is not null)
            await File.WriteAllBytesAsync(path, database);
        await File.WriteAllBytesAsync(path + Log, log);
        seen.All++;
        try
        {
            await using (var store = await Database.OpenAsync("sqlite:" + path, TimeProvider.System, CancellationToken.None))
                await store.CheckAsync(CancellationToken.None);
            await using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadOnly");
            await connection.OpenAsync();
            var audit = await CalendarAudit.RunAsync(connection);
            seen.Add(audit.Findings.Count == 0 ? [.. audit.BookedSlots.Select(b => b.Slot)] : null, acknowledged);
        }
        catch (Exception refused) when (refused is Persistence.Engine.StorageNotReadyException or SqliteException)
        {
            seen.Refused++;
        }
        finally
        {
            folder.Clear(path);
        }
    }

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private sealed class Counts
    {
        public int All;
        public int Opened;
        public int Refused;
        public int Wrong;
        public int Least = int.MaxValue;
        public int Most;

        /// <param name="booked">Null: the tables do not agree.</param>
        public void Add(HashSet<string>? booked, List<string> acknowledged)
        {
            if (booked is null || !booked.SetEquals(acknowledged.Take(booked.Count)))
            {
                Wrong++;
                return;
            }
            Opened++;
            (Least, Most) = (Math.Min(Least, booked.Count), Math.Max(Most, booked.Count));
        }
    }

    private sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ajanvaraus-torn-");
        private int _files;

        public string Kept => Path.Combine(_folder.FullName, "kept.db");

        public string NewFile() => Path.Combine(_folder.FullName, $"{_files++}.db");

        public void Clear(string path)
        {
            foreach (var file in Directory.EnumerateFiles(_folder.FullName, Path.GetFileName(path) + "*"))
                File.Delete(file);
        }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}

using System.Diagnostics;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G21: SQLite has every booking on the disk before it is acknowledged.</summary>
public sealed class SyncGoals(ITestOutputHelper output)
{
    private const int Interrupt = 2;

    [StraceFact, Trait(Reliability.Trait, "G21")]
    public async Task G21_Each_booking_that_is_acknowledged_alone_was_synced_first()
    {
        const DatabaseEngine engine = DatabaseEngine.Sqlite;
        var goal = new Goal("G21", engine, output, GetType());
        var bookings = Reliability.Size(40, 200);
        await using var group = await ServerGroup.StartAsync(engine, processes: 1);
        var office = await Office.OpenAsync(group.Clients[0], calendars: 1, patients: 1);
        var slots = await office.OpenSlotsAsync(day: 0, bookings);
        var load = new BookingLoad(group.Clients);
        var calls = Path.Combine(Path.GetDirectoryName(group.Database.FilePath!)!, "calls.txt");
        using var strace = Process.Start(new ProcessStartInfo(
            "strace", ["-f", "-e", "trace=fdatasync,fsync", "-o", calls, "-p", $"{group.Servers[0].Id}"]) { RedirectStandardError = true })!;
        // It says when it has attached itself.
        (await strace.StandardError.ReadLineAsync()).Should().Contain("attached");

        foreach (var slot in slots)
            (await load.BookAsync(0, slot, BookingStyle.Book)).IsAcknowledged.Should().BeTrue();
        ServerProcess.Signal(strace.Id, Interrupt).Should().Be(0);
        await strace.WaitForExitAsync();

        var synced = (await File.ReadAllLinesAsync(calls)).Count(line => line.Contains("sync(", StringComparison.Ordinal) && line.Contains("= 0", StringComparison.Ordinal));
        goal.Tell($"{bookings} bookings, one after another", $"{synced} times fdatasync or fsync");
        synced.Should().BeGreaterThanOrEqualTo(bookings);
    }
}

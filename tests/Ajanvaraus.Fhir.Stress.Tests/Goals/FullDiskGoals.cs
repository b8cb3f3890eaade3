using System.Runtime.InteropServices;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G24: the files of the database cannot grow any more, and later they can.</summary>
public sealed class FullDiskGoals(ITestOutputHelper output)
{
    /// <summary>RLIMIT_FSIZE of Linux: how long a file of the process may become.</summary>
    private const int FileSize = 1;

    private const int Bookings = 40;

    [DatabaseTheory, InlineData(DatabaseEngine.Sqlite), Trait(Reliability.Trait, "G24")]
    public async Task G24_While_the_disk_is_full_writes_say_so_and_reads_go_on(DatabaseEngine engine)
    {
        var goal = new Goal("G24", engine, output, GetType());
        await using var group = await ServerGroup.StartAsync(engine, processes: 1);
        var (server, client) = (group.Servers[0], group.Clients[0]);
        var office = await Office.OpenAsync(client, calendars: 1, patients: 1);
        var slots = await office.OpenSlotsAsync(day: 0, 3 * Bookings);
        var load = new BookingLoad(group.Clients);
        var log = new FileInfo(group.Database.FilePath! + "-wal");

        var before = await BookAsync(load, slots.Take(Bookings));
        log.Refresh();
        // The log may grow by the room of a few bookings.
        SetLimit(server.Id, (ulong)log.Length + 1_000_000);
        var full = await BookAsync(load, slots.Skip(Bookings).Take(Bookings));
        var reads = await Task.WhenAll(Enumerable.Range(0, Bookings).Select(n => client.GetAsync($"Slot/{slots[n].Id}")));
        SetLimit(server.Id, ulong.MaxValue);
        var after = await BookAsync(load, slots.Skip(2 * Bookings));

        var refused = full.Where(a => !a.IsAcknowledged).ToList();
        var all = before.Concat(full).Concat(after).ToList();
        var audit = await CalendarAudit.RunAsync(group.Database);
        var acknowledged = all.Where(a => a.IsAcknowledged).Select(a => a.Booking).ToList();
        goal.Tell(
            $"{Bookings} bookings each before, while and after the files of the database could not grow",
            $"before {Goal.Statuses(before.Select(a => a.Answer))}; while {Goal.Statuses(full.Select(a => a.Answer))}; after, without a restart, {Goal.Statuses(after.Select(a => a.Answer))}; "
            + $"reads meanwhile {Goal.Statuses(reads)}; {acknowledged.Except(audit.BookedSlots).Count()} lost, {audit.Findings.Count} findings in the tables");
        refused.Should().NotBeEmpty().And.OnlyContain(a => a.Answer != null && (a.Answer.Status == 507 || a.Answer.Status == 503) && a.Answer.Text.Contains("OperationOutcome"));
        reads.Should().OnlyContain(r => r.Status == 200);
        before.Concat(after).Should().OnlyContain(a => a.IsAcknowledged);
        audit.Findings.Should().BeEmpty();
        audit.BookedSlots.Should().BeEquivalentTo(acknowledged);
    }

    private static async Task<List<BookingAttempt>> BookAsync(BookingLoad load, IEnumerable<OpenSlot> slots)
    {
        var attempts = new List<BookingAttempt>();
        foreach (var slot in slots)
            attempts.Add(await load.BookAsync(0, slot, BookingStyle.Book));
        return attempts;
    }

    private static void SetLimit(int process, ulong bytes)
    {
        var limit = new Limit { Soft = bytes, Hard = ulong.MaxValue };
        SetLimits(process, FileSize, ref limit, IntPtr.Zero).Should().Be(0);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [DllImport("libc", EntryPoint = "prlimit64", SetLastError = true)]
    private static extern int SetLimits(int process, int resource, ref Limit limit, IntPtr before);
}

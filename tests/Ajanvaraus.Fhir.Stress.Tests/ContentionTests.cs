using System.Diagnostics;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>Many bookers, few times: by each door, on each database, through several processes where it takes them.</summary>
public sealed class ContentionTests(ITestOutputHelper output)
{
    private const int Bookers = 64;
    private const int Slots = 50;
    private const int Calendars = 5;

    [DatabaseTheory]
    [EachDatabase(BookingStyle.Book)]
    [EachDatabase(BookingStyle.Transaction)]
    [EachDatabase(BookingStyle.Create)]
    public async Task Every_slot_has_one_winner_when_sixty_four_bookers_try_them_all(
        DatabaseEngine engine, BookingStyle style)
    {
        await using var group = await ServerGroup.StartAsync(engine, processes: 3);
        var office = await Office.OpenAsync(group.Clients[0], Calendars, Bookers);
        var slots = await office.OpenSlotsAsync(day: 0, Slots);

        var elapsed = Stopwatch.StartNew();
        var attempts = await new BookingLoad(group.Clients).RunAsync(Bookers, _ => style, _ => slots);
        elapsed.Stop();

        Report(engine, style, attempts, elapsed.Elapsed);
        var audit = await CalendarAudit.RunAsync(group.Database);
        attempts.Should().HaveCount(Bookers * Slots);
        attempts.Where(a => a.IsAcknowledged).Select(a => a.Slot.Id).Should().BeEquivalentTo(slots.Select(s => s.Id));
        attempts.Where(a => !a.IsAcknowledged && !a.IsRefusedWell).Select(a => a.Answer).Should().BeEmpty();
        audit.Findings.Should().BeEmpty();
        audit.BookedSlots.Should().BeEquivalentTo(attempts.Where(a => a.IsAcknowledged).Select(a => a.Booking));
    }

    private void Report(
        DatabaseEngine engine, BookingStyle style, IReadOnlyList<BookingAttempt> attempts, TimeSpan elapsed)
    {
        var statuses = attempts.GroupBy(a => a.Answer?.Status).OrderBy(g => g.Key).Select(g => $"{g.Count()} x {g.Key}");
        output.WriteLine(
            $"{engine}, {style}: {attempts.Count} attempts in {elapsed.TotalSeconds:F1} s "
            + $"({attempts.Count / elapsed.TotalSeconds:F0}/s): {string.Join(", ", statuses)}");
    }
}

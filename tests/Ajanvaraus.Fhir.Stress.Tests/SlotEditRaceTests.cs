using System.Collections.Concurrent;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>Slots edited by hand while they are booked: the edit comes before the booking or is refused.</summary>
public sealed class SlotEditRaceTests(ITestOutputHelper output)
{
    private const int Lanes = 6;
    private const int SlotsOfLane = 20;
    private const int Editors = 3;

    [DatabaseTheory, EachDatabase]
    public async Task Slots_put_as_free_at_the_moment_of_their_booking_are_busy_after_it(DatabaseEngine engine)
    {
        await using var group = await ServerGroup.StartAsync(engine, processes: 3);
        var office = await Office.OpenAsync(group.Clients[0], calendars: 2, patients: Lanes);
        var slots = await office.OpenSlotsAsync(day: 0, Lanes * SlotsOfLane);
        var load = new BookingLoad(group.Clients);
        var attempts = new ConcurrentBag<BookingAttempt>();
        var edits = new ConcurrentBag<Answer>();

        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async lane =>
        {
            foreach (var slot in slots.Skip(lane * SlotsOfLane).Take(SlotsOfLane))
            {
                var editing = Task.WhenAll(Enumerable.Range(0, Editors).Select(
                    editor => FreeAsync(group.Clients[editor % group.Clients.Count], slot, isBlind: editor > 0)));
                attempts.Add(await load.BookAsync(lane, slot, BookingStyle.Create));
                foreach (var answer in await editing)
                    edits.Add(answer);
            }
        }));

        foreach (var status in edits.GroupBy(a => a.Status).OrderBy(g => g.Key))
            output.WriteLine($"{engine}: {status.Count()} edits x {status.Key}");
        var audit = await CalendarAudit.RunAsync(group.Database);
        attempts.Should().OnlyContain(a => a.IsAcknowledged);
        edits.Select(a => a.Status).Should().OnlyContain(s => s == 200 || s == 409 || s == 412);
        audit.Findings.Should().BeEmpty();
    }

    /// <summary>Writes the Slot as free: as it comes, or on the version that it was made with.</summary>
    private static Task<Answer> FreeAsync(FhirClient server, OpenSlot slot, bool isBlind) =>
        server.PutAsync($"Slot/{slot.Id}", Office.SlotJson(slot, "free"), isBlind ? null : "W/\"1\"");
}

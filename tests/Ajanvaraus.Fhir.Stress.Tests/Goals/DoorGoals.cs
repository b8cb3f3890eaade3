using System.Text.Json.Nodes;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G03: whichever door a booking comes by, of those who come at once one gets the time.</summary>
public sealed class DoorGoals(ITestOutputHelper output)
{
    private const int Contenders = 50;
    private const int Calendars = 2;

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G03")]
    public async Task G03_Whatever_the_door_one_of_fifty_gets_the_slot(DatabaseEngine engine)
    {
        var goal = new Goal("G03", engine, output, GetType());
        await using var group = await ServerGroup.StartAsync(engine, Goal.Processes);
        var office = await Office.OpenAsync(group.Clients[0], Calendars, Contenders);
        var slots = await office.OpenSlotsAsync(day: 0, Reliability.Size(Door.All.Count, engine == DatabaseEngine.Sqlite ? 50 : 25, asked: 50));
        var results = new List<(Door Door, int Slot, int Client, Answer Answer)>();
        for (var n = 0; n < slots.Count; n++)
        {
            var doors = Enumerable.Range(0, Contenders).Select(c => Door.All[(c + n) % Door.All.Count]).ToArray();
            var own = await OwnBookingsAsync(office, group.Clients[0], slots[n].Calendar, n + 1, doors);
            var visits = Enumerable.Range(0, Contenders).Select(c => Task.Run(() => doors[c].EnterAsync(
                new DoorVisit(group.Clients[(c + n) % group.Clients.Count], c, slots[n], own[c]))));
            results.AddRange((await Task.WhenAll(visits)).Select((answer, c) => (doors[c], n, c, answer)));
        }

        var audit = await CalendarAudit.RunAsync(group.Database);
        var refused = results.Where(r => !r.Answer.IsSuccess).ToList();
        var wrong = refused.Where(r => r.Answer.Status is not (409 or 412) || !r.Answer.IsConflictOutcome)
            .Select(r => $"{r.Door.Name}: {r.Answer.Status} {r.Answer.Text}").ToList();
        var winners = results.Where(r => r.Answer.IsSuccess).ToList();
        goal.Tell(
            $"{Door.All.Count} doors, {Contenders} contenders × {slots.Count} Slots: {results.Count} attempts",
            $"{winners.GroupBy(w => w.Slot).Count(g => g.Count() > 1)} double, {slots.Count - winners.Select(w => w.Slot).Distinct().Count()} "
            + $"without winner, {Goal.Faults(results.Select(r => r.Answer))} × 5xx, {wrong.Count} refused otherwise than 409 or 412; "
            + $"{audit.Findings.Count} findings in the tables; {winners.Select(w => w.Door.Name).Distinct().Count()} doors won at least once");
        wrong.Should().BeEmpty();
        audit.Findings.Should().BeEmpty();
        winners.Select(w => w.Slot).Should().BeEquivalentTo(Enumerable.Range(0, slots.Count));
        audit.BookedSlots.Where(b => b.Slot.StartsWith("Slot/d0-", StringComparison.Ordinal))
            .Should().BeEquivalentTo(winners.Select(w => (Office.Patient(w.Client), $"Slot/{slots[w.Slot].Id}")));
    }

    /// <summary>For everybody whose door moves a booking: one in the same calendar, on another day.</summary>
    /// <remarks>A plain update that moves keeps its participants, and so would take another calendar's time too.</remarks>
    private static async Task<JsonNode?[]> OwnBookingsAsync(
        Office office, FhirClient server, string calendar, int day, Door[] doors)
    {
        var slots = (await office.OpenSlotsAsync(day, Calendars * doors.Count(d => d.Moves)))
            .Where(s => s.Calendar == calendar).ToList();
        var own = new JsonNode?[doors.Length];
        var next = 0;
        for (var client = 0; client < doors.Length; client++)
        {
            if (!doors[client].Moves)
                continue;
            var booked = await server.PostAsync("Appointment/$book", BookingLoad.Parameters(client, slots[next++]));
            booked.Status.Should().Be(201, booked.Text);
            own[client] = booked.Appointment;
        }
        return own;
    }
}

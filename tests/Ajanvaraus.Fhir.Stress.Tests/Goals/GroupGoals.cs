using System.Text.Json.Nodes;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G05: the seats of a group go to exactly as many, and one who leaves makes room for exactly one.</summary>
public sealed class GroupGoals(ITestOutputHelper output)
{
    private const int Capacity = 10;
    private const int Latecomers = 20;

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G05")]
    public async Task G05_Ten_seats_go_to_ten_and_each_cancellation_makes_room_for_one(DatabaseEngine engine)
    {
        var goal = new Goal("G05", engine, output, GetType());
        await using var group = await ServerGroup.StartAsync(engine, Goal.Processes);
        var bookers = Reliability.Size(20, engine == DatabaseEngine.Sqlite ? 100 : 40, asked: 280);
        var office = await Office.OpenAsync(group.Clients[0], calendars: 5, bookers + Latecomers);
        var slots = await office.OpenSlotsAsync(day: 0, Reliability.Size(10, engine == DatabaseEngine.Sqlite ? 100 : 25, asked: 100));
        await Office.PutAllAsync(group.Clients[0], slots.Select(WithSeats));
        var load = new BookingLoad(group.Clients);

        var enrolled = await load.RunAsync(bookers, _ => BookingStyle.Book, _ => slots);
        var leavers = slots.Select(s => enrolled.First(a => a.IsAcknowledged && a.Slot.Id == s.Id)).ToList();
        foreach (var leaver in leavers)
            await group.Clients[^1].PostAsync(
                $"Appointment/{leaver.Answer!.Appointment["id"]}/$cancel", """{"resourceType":"Parameters"}""");
        var late = await Task.WhenAll(Enumerable.Range(bookers, Latecomers).SelectMany(
            booker => slots.Select(slot => load.BookAsync(booker, slot, BookingStyle.Book))));

        var taken = await SeatsAsync(group.Database);
        var all = enrolled.Concat(late).ToList();
        goal.Tell(
            $"{slots.Count} groups of {Capacity}, {bookers} bookers each, one leaves each, then {Latecomers} more each: {all.Count} attempts",
            $"groups with other than {Capacity} at first: {slots.Count(s => Won(enrolled, s) != Capacity)}, in the end: "
            + $"{slots.Count(s => taken[$"Slot/{s.Id}"].Count() != Capacity)}, with other than one latecomer: {slots.Count(s => Won(late, s) != 1)}; "
            + $"{Goal.Faults(all.Select(a => a.Answer))} × 5xx; {Goal.Statuses(all.Select(a => a.Answer))}");
        all.Where(a => a is { IsAcknowledged: false, IsRefusedWell: false }).Select(a => a.Answer).Should().BeEmpty();
        slots.Should().OnlyContain(s => Won(enrolled, s) == Capacity && Won(late, s) == 1);
        slots.Should().OnlyContain(s => taken[$"Slot/{s.Id}"].Count() == Capacity && taken[$"Slot/{s.Id}"].Distinct().Count() == Capacity);
    }

    private static int Won(IEnumerable<BookingAttempt> attempts, OpenSlot slot) =>
        attempts.Count(a => a.IsAcknowledged && a.Slot.Id == slot.Id);

    /// <summary>Clients by Slot, as the tables have them.</summary>
    private static async Task<ILookup<string, string>> SeatsAsync(TestDatabase database)
    {
        await using var connection = await database.OpenConnectionAsync(canWrite: false);
        var rows = await CalendarRows.ReadAsync(connection);
        var claimed = rows.Claims.Where(c => c.Target.StartsWith("Schedule/", StringComparison.Ordinal))
            .Select(c => c.AppointmentId).ToHashSet();
        return rows.Resources.Where(r => r.Type == "Appointment" && r.Status == "booked" && claimed.Contains(r.Id))
            .SelectMany(r => r.References("slot").Select(s => (Slot: s, Patient: r.References("participant", "actor").First())))
            .ToLookup(r => r.Slot, r => r.Patient);
    }

    private static string WithSeats(OpenSlot slot)
    {
        var json = JsonNode.Parse(Office.SlotJson(slot, "free"))!;
        json["extension"] = new JsonArray(new JsonObject
        {
            ["url"] = "http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity", ["valueInteger"] = Capacity,
        });
        return json.ToJsonString();
    }
}

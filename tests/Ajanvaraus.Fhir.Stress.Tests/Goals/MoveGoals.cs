using System.Collections.Concurrent;
using System.Text.Json.Nodes;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G06: bookings moved at random, by many at once: none is lost, none is over another, what is left is free.</summary>
public sealed class MoveGoals(ITestOutputHelper output)
{
    private const int Movers = 32;
    private const int Bookings = 200;
    private const int FreeSlots = 60;

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G06")]
    public async Task G06_A_storm_of_moves_and_swaps_loses_nothing_and_overlaps_nothing(DatabaseEngine engine)
    {
        var goal = new Goal("G06", engine, output, GetType());
        await using var group = await ServerGroup.StartAsync(engine, Goal.Processes);
        var office = await Office.OpenAsync(group.Clients[0], calendars: 4, Bookings);
        var slots = await office.OpenSlotsAsync(day: 0, Bookings + FreeSlots);
        var ids = new List<string>();
        for (var n = 0; n < Bookings; n++)
            ids.Add((await group.Clients[0].PostAsync("Appointment/$book", BookingLoad.Parameters(n, slots[n]))).Appointment["id"]!.ToString());
        var answers = new ConcurrentBag<(bool IsSwap, Answer Answer)>();

        var each = Reliability.Size(320, engine == DatabaseEngine.Sqlite ? 5_000 : 1_300, asked: 10_016) / Movers;
        await Task.WhenAll(Enumerable.Range(0, Movers).Select(mover => Task.Run(async () =>
        {
            var random = new Random(goal.Seed + mover);
            var server = group.Clients[mover % group.Clients.Count];
            for (var n = 0; n < each; n++)
            {
                var isSwap = random.Next(10) == 0;
                var id = ids[random.Next(Bookings)];
                answers.Add((isSwap, isSwap
                    ? await SwapAsync(server, id, ids[random.Next(Bookings)])
                    : await server.PostAsync(
                        $"Appointment/{id}/$reschedule", BookingLoad.SlotParameters(slots[random.Next(slots.Count)]))));
            }
        })));

        var audit = await CalendarAudit.RunAsync(group.Database);
        var all = answers.Select(a => a.Answer).ToList();
        goal.Tell(
            $"{Movers} movers, {Bookings} bookings among {slots.Count} Slots: {all.Count} moves, a tenth of them swaps of two; seed {goal.Seed}",
            $"{audit.Bookings.Count} bookings in the end, {audit.Findings.Count} findings in the tables, {Goal.Faults(all)} × 5xx; "
            + $"{Goal.Statuses(all)}; swaps done: {answers.Count(a => a.IsSwap && a.Answer.IsSuccess)}");
        all.Select(a => a.Status).Distinct().Should().BeSubsetOf([200, 409, 412]);
        audit.Findings.Should().BeEmpty();
        audit.Bookings.Select(b => b.Id).Should().BeEquivalentTo(ids);
        audit.BookedSlots.Select(b => b.Patient).Should().BeEquivalentTo(Enumerable.Range(0, Bookings).Select(Office.Patient));
        all.Should().Contain(a => a.IsSuccess);
    }

    /// <summary>Both in one transaction, each to where the other is, on the versions that were read.</summary>
    private static async Task<Answer> SwapAsync(FhirClient server, string one, string other)
    {
        var first = (await server.GetAsync($"Appointment/{one}")).Body;
        var second = (await server.GetAsync($"Appointment/{other}")).Body;
        if (one == other || first["participant"]!.AsArray().Count < 2)
            return new Answer(409, "");
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle", ["type"] = "transaction", ["entry"] = new JsonArray(At(first, second), At(second, first)),
        };
        return await server.PostAsync("", bundle.ToJsonString());
    }

    private static JsonObject At(JsonNode booking, JsonNode place)
    {
        var moved = booking.DeepClone();
        foreach (var element in new[] { "start", "end", "slot" })
            moved[element] = place[element]!.DeepClone();
        // The professional comes with the calendar; the client stays.
        moved["participant"] = new JsonArray(booking["participant"]!.AsArray()
            .Where(p => p!["actor"]!["reference"]!.ToString().StartsWith("Patient/", StringComparison.Ordinal))
            .Concat(place["participant"]!.AsArray()
                .Where(p => !p!["actor"]!["reference"]!.ToString().StartsWith("Patient/", StringComparison.Ordinal)))
            .Select(p => p!.DeepClone()).ToArray());
        return new JsonObject
        {
            ["resource"] = moved,
            ["request"] = new JsonObject
            {
                ["method"] = "PUT", ["url"] = $"Appointment/{booking["id"]}", ["ifMatch"] = $"W/\"{booking["meta"]!["versionId"]}\"",
            },
        };
    }
}

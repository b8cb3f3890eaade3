using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Stress.Tests.Goals;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>Holds of a second, confirmed at once, confirmed about when they end, or left to end.</summary>
/// <remarks>A hold ends with a whole second, so that one of a second lasts up to two; its answer tells when.</remarks>
public sealed class HoldRaceTests(ITestOutputHelper output)
{
    private const int HoldsOfHolder = 10;
    private const int HoldMilliseconds = 1000;

    /// <summary>How far from the end of the hold a late confirmation may come, either way.</summary>
    private const int Spread = 120;

    private static readonly int Holders = Reliability.Size(20, 100, asked: 500);
    private static readonly int Slots = Reliability.Size(24, 120, asked: 600);

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G07")]
    public async Task G07_Holds_with_confirmations_and_ends_racing_leave_each_slot_booked_or_free(DatabaseEngine engine)
    {
        var goal = new Goal("G07", engine, output, GetType());
        var seed = goal.Seed;
        await using var group = await ServerGroup.StartAsync(engine, processes: 3);
        var office = await Office.OpenAsync(group.Clients[0], calendars: 3, patients: Holders);
        var slots = await office.OpenSlotsAsync(day: 0, Slots);
        var answers = new ConcurrentBag<(string Step, Answer Answer)>();
        var confirmed = new ConcurrentBag<(string Patient, string Slot)>();

        await Task.WhenAll(Enumerable.Range(0, Holders).Select(async holder =>
        {
            var random = new Random(seed + holder);
            for (var n = 0; n < HoldsOfHolder; n++)
            {
                var slot = slots[random.Next(Slots)];
                if (await HoldAsync(group.Clients[holder % group.Clients.Count], holder, slot, random, answers))
                    confirmed.Add((Office.Patient(holder), $"Slot/{slot.Id}"));
            }
        }));
        await Task.Delay((2 * HoldMilliseconds) + Spread);
        await group.Clients[0].GetAsync($"Slot/{slots[0].Id}");

        var audit = await CalendarAudit.RunAsync(group.Database);
        var steps = answers.GroupBy(a => (a.Step, a.Answer.Status)).OrderBy(g => g.Key).Select(g => $"{g.Key.Step} {g.Count()} × {g.Key.Status}");
        goal.Tell(
            $"{Holders * HoldsOfHolder} holds of a second on {Slots} Slots, half left to end, the others confirmed at once or within "
            + $"{Spread} ms of their end; seed {seed}",
            $"{audit.Findings.Count} findings in the tables, {confirmed.Count} told booked, {audit.Bookings.Count} booked; {string.Join(", ", steps)}");
        answers.Count(a => a.Step == "hold").Should().Be(Holders * HoldsOfHolder);
        answers.Select(a => a.Answer.Status).Should().OnlyContain(s => s == 200 || s == 201 || s == 409 || s == 410);
        audit.Findings.Should().BeEmpty();
        audit.Bookings.Select(b => b.Status).Distinct().Should().BeEquivalentTo(["booked"]);
        audit.BookedSlots.Should().BeEquivalentTo(confirmed);
    }

    /// <summary>Holds the Slot and does with the hold what chance says.</summary>
    /// <returns>True when the Slot was booked and the server said so.</returns>
    private static async Task<bool> HoldAsync(
        FhirClient server, int holder, OpenSlot slot, Random random, ConcurrentBag<(string, Answer)> answers)
    {
        var held = await server.PostAsync("Appointment/$hold", BookingLoad.Parameters(holder, slot, holdSeconds: 1));
        answers.Add(("hold", held));
        var choice = random.Next(8);
        if (!held.IsSuccess || choice > 3)
        {
            await Task.Delay(random.Next(HoldMilliseconds / 4));
            return false;
        }
        if (choice > 0)
            await Task.Delay(UntilEnd(held.Appointment, random.Next(-Spread, Spread)));
        var answer = await server.PostAsync(
            $"Appointment/{held.Appointment["id"]}/$book", """{"resourceType":"Parameters"}""");
        answers.Add((choice > 0 ? "late confirmation" : "confirmation", answer));
        return answer.IsSuccess;
    }

    /// <summary>The time left of the hold and some milliseconds, not less than none.</summary>
    private static TimeSpan UntilEnd(JsonNode held, int milliseconds)
    {
        var until = held["extension"]!.AsArray().Single(e => $"{e!["url"]}".EndsWith("/held-until", StringComparison.Ordinal))!;
        var end = DateTimeOffset.Parse($"{until["valueInstant"]}", CultureInfo.InvariantCulture);
        var left = end.AddMilliseconds(milliseconds) - DateTimeOffset.UtcNow;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G04: meetings of two workers, a room and an interpreter, asked for in any order and given back by half.</summary>
public sealed class JointGoals(ITestOutputHelper output)
{
    private const int Bookers = 64;

    /// <summary>Calendars 0 to 5 are workers', 6 to 8 rooms', 9 to 11 interpreters'.</summary>
    private const int Calendars = 12;

    private const int Times = 10;

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G04")]
    public async Task G04_A_meeting_of_four_calendars_takes_all_of_them_or_none(DatabaseEngine engine)
    {
        var goal = new Goal("G04", engine, output, GetType());
        await using var group = await ServerGroup.StartAsync(engine, Goal.Processes);
        var office = await Office.OpenAsync(group.Clients[0], Calendars, Bookers);
        var slots = await office.OpenSlotsAsync(day: 0, Calendars * Times);
        var each = Reliability.Size(400, engine == DatabaseEngine.Sqlite ? 3_000 : 1_000, asked: 20_000) / Bookers;
        var answers = new ConcurrentBag<(Answer Answer, double Milliseconds)>();
        var kept = new ConcurrentBag<(string Patient, string Slot)>();
        await Task.WhenAll(Enumerable.Range(0, Bookers).Select(booker => Task.Run(async () =>
        {
            var random = new Random(goal.Seed + booker);
            var server = group.Clients[booker % group.Clients.Count];
            for (var n = 0; n < each; n++)
            {
                var meeting = Meeting(slots, random);
                var clock = Stopwatch.StartNew();
                var answer = await server.PostAsync("Appointment/$book", Parameters(booker, meeting));
                answers.Add((answer, clock.Elapsed.TotalMilliseconds));
                if (!answer.IsSuccess)
                    continue;
                // Most are given back, so that there is always something to want.
                if (random.Next(10) > 0)
                    (await server.PostAsync($"Appointment/{answer.Appointment["id"]}/$cancel", """{"resourceType":"Parameters"}"""))
                        .Status.Should().Be(200);
                else
                    meeting.ForEach(s => kept.Add((Office.Patient(booker), $"Slot/{s.Id}")));
            }
        })));

        var audit = await CalendarAudit.RunAsync(group.Database);
        var waits = answers.Select(a => a.Milliseconds).Order().ToList();
        goal.Tell(
            $"{Bookers} bookers, {Calendars} calendars × {Times} times, 4 of them at once in any order, 9 of 10 given back: "
            + $"{answers.Count} attempts; seed {goal.Seed}",
            $"{audit.Findings.Count} partial or double in the tables, {Goal.Faults(answers.Select(a => a.Answer))} × 5xx; "
            + $"{Goal.Statuses(answers.Select(a => a.Answer))}; p99 {waits[waits.Count * 99 / 100]:F0} ms");
        answers.Select(a => a.Answer.Status).Distinct().Should().BeSubsetOf([201, 409]);
        audit.Findings.Should().BeEmpty();
        audit.BookedSlots.Should().BeEquivalentTo(kept);
    }

    private static List<OpenSlot> Meeting(IReadOnlyList<OpenSlot> slots, Random random)
    {
        var time = random.Next(Times);
        var worker = random.Next(6);
        int[] calendars = [worker, (worker + 1 + random.Next(5)) % 6, 6 + random.Next(3), 9 + random.Next(3)];
        random.Shuffle(calendars);
        return [.. calendars.Select(c => slots[(time * Calendars) + c])];
    }

    private static string Parameters(int booker, List<OpenSlot> meeting)
    {
        var parameters = JsonNode.Parse(BookingLoad.Parameters(booker, meeting[0]))!;
        foreach (var slot in meeting.Skip(1))
            parameters["parameter"]!.AsArray().Add(JsonNode.Parse(
                $$"""{"name":"slot","valueReference":{"reference":"Slot/{{slot.Id}}"} }"""));
        return parameters.ToJsonString();
    }
}

using System.Text.Json.Nodes;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G10: time is booked twice only by who says so with a reason, and each time that is recorded.</summary>
public sealed class OverrideGoals(ITestOutputHelper output)
{
    private const int Contenders = 20;

    private enum Way { Plain, Over, WithoutReason }

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G10")]
    public async Task G10_Time_is_booked_over_with_a_reason_only_and_each_time_that_is_recorded(DatabaseEngine engine)
    {
        var goal = new Goal("G10", engine, output, GetType());
        await using var group = await ServerGroup.StartAsync(engine, Goal.Processes);
        var office = await Office.OpenAsync(group.Clients[0], calendars: 2, Contenders);
        var slots = await office.OpenSlotsAsync(day: 0, Reliability.Size(10, engine == DatabaseEngine.Sqlite ? 50 : 20));
        var results = new List<(OpenSlot Slot, Way Way, Answer Answer)>();
        foreach (var slot in slots)
            results.AddRange(await Task.WhenAll(Enumerable.Range(0, Contenders).Select(async n =>
            {
                var way = n % 4 == 0 ? Way.Over : n % 4 == 1 ? Way.WithoutReason : Way.Plain;
                var answer = await group.Clients[n % group.Clients.Count].PostAsync("Appointment/$book", Parameters(n, slot, way));
                return (slot, way, answer);
            })));

        var unrecorded = 0;
        foreach (var over in results.Where(r => r.Way == Way.Over && r.Answer.IsSuccess && IsMarked(r.Answer.Appointment)))
        {
            var found = await group.Clients[^1].GetAsync($"Provenance?target=Appointment/{over.Answer.Appointment["id"]}");
            unrecorded += found.Body["entry"]?.AsArray().Count == 1 ? 0 : 1;
        }
        var plain = results.Where(r => r.Way == Way.Plain && r.Answer.IsSuccess).GroupBy(r => r.Slot.Id).Count(g => g.Count() > 1);
        // At most one of those who share a time found it free; all the others have booked over somebody, and say so.
        var silent = results.Where(r => r.Answer.IsSuccess).GroupBy(r => r.Slot.Id)
            .Count(g => g.Count(r => !IsMarked(r.Answer.Appointment)) > 1);
        var withoutReason = results.Count(r => r.Way == Way.WithoutReason && r.Answer.IsSuccess);
        goal.Tell(
            $"{slots.Count} Slots × {Contenders} at once, a quarter with override and reason, a quarter with override alone: {results.Count} attempts",
            $"booked over: {results.Count(r => r.Way == Way.Over && r.Answer.IsSuccess)}, without Provenance: {unrecorded}; Slots that two have "
            + $"without override: {plain}, or without its mark: {silent}; booked without reason: {withoutReason}; "
            + $"{Goal.Faults(results.Select(r => r.Answer))} × 5xx");
        (plain, silent, withoutReason, unrecorded).Should().Be((0, 0, 0, 0));
        results.Where(r => r.Way == Way.Over).Should().OnlyContain(r => r.Answer.Status == 201);
        results.Where(r => r.Way == Way.WithoutReason).Should().OnlyContain(r => r.Answer.Status == 400);
        results.Where(r => r.Way == Way.Plain).Should().OnlyContain(r => r.Answer.Status == 201 || r.Answer.Status == 409);
    }

    private static bool IsMarked(JsonNode appointment) => appointment["extension"]?.AsArray()
        .Any(e => e!["url"]!.ToString().EndsWith("/override", StringComparison.Ordinal)) ?? false;

    /// <summary>Of a time in a calendar, which is how staff book over what others have.</summary>
    private static string Parameters(int client, OpenSlot slot, Way way)
    {
        var parameters = JsonNode.Parse($$"""
            {"resourceType":"Parameters","parameter":[{"name":"schedule","valueReference":{"reference":"Schedule/{{slot.Calendar}}"} },
             {"name":"appointment","resource":{"resourceType":"Appointment","status":"proposed","start":"{{slot.Start}}","end":"{{slot.End}}",
              "participant":[{"actor":{"reference":"{{Office.Patient(client)}}"},"status":"accepted"}]} }]}
            """)!;
        if (way != Way.Plain)
            parameters["parameter"]!.AsArray().Add(new JsonObject
            {
                ["name"] = "override",
                ["part"] = new JsonArray(new JsonObject { ["name"] = "reason", ["valueString"] = way == Way.Over ? "it cannot wait" : " " }),
            });
        return parameters.ToJsonString();
    }
}

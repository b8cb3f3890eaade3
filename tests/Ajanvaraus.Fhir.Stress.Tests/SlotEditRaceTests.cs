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

    [DatabaseTheory, EachDatabase]
    public async Task Slots_written_in_one_calendar_of_a_worker_who_is_booked_in_the_other_wait_and_do_not_deadlock(DatabaseEngine engine)
    {
        await using var group = await ServerGroup.StartAsync(engine, processes: 3);
        var office = await Office.OpenAsync(group.Clients[0], calendars: 2, patients: Lanes);
        foreach (var calendar in new[] { "c0", "c1" })
            (await group.Clients[0].PutAsync($"Schedule/{calendar}", Limited(calendar))).Status.Should().Be(200);
        var slots = await office.OpenSlotsAsync(day: 0, 2 * Lanes * SlotsOfLane);
        var load = new BookingLoad(group.Clients);
        var before = await DeadlocksAsync(group.Database);

        var answers = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async lane =>
        {
            var (booked, written) = (new List<BookingAttempt>(), new List<Answer>());
            foreach (var slot in slots.Skip(lane * 2 * SlotsOfLane).Take(2 * SlotsOfLane))
            {
                if (lane % 2 == 0)
                    booked.Add(await load.BookAsync(lane, slot, BookingStyle.Create));
                else
                    written.Add(await group.Clients[lane % group.Clients.Count].PutAsync($"Slot/{slot.Id}", Office.SlotJson(slot, "free"), null));
            }
            return (booked, written);
        }));

        answers.SelectMany(a => a.written).Should().OnlyContain(a => a.Status == 200 || a.Status == 409);
        answers.SelectMany(a => a.booked).Should().OnlyContain(a => a.IsAcknowledged || a.IsRefusedWell);
        (await DeadlocksAsync(group.Database)).Should().Be(before);
    }

    /// <summary>Of the worker of both, with a limit: so that each write looks at the other calendar too.</summary>
    private static string Limited(string calendar) => $$"""
        {"resourceType":"Schedule","id":"{{calendar}}","active":true,"actor":[{"reference":"Practitioner/c0"}],
         "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/booking-limit-day","valuePositiveInt":1000},
          {"url":"https://ajanvaraus.example/fhir/StructureDefinition/buffer-after",
           "valueDuration":{"value":1,"system":"http://unitsofmeasure.org","code":"min"} }]}
        """;

    /// <summary>As PostgreSQL counts them in the database, once its sessions have told; 0 elsewhere.</summary>
    private static async Task<long> DeadlocksAsync(TestDatabase database)
    {
        if (database.Engine != DatabaseEngine.PostgreSql)
            return 0;
        await Task.Delay(TimeSpan.FromSeconds(2));
        await using var connection = await database.OpenConnectionAsync(canWrite: false);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    /// <summary>Writes the Slot as free: as it comes, or on the version that it was made with.</summary>
    private static Task<Answer> FreeAsync(FhirClient server, OpenSlot slot, bool isBlind) =>
        server.PutAsync($"Slot/{slot.Id}", Office.SlotJson(slot, "free"), isBlind ? null : "W/\"1\"");
}

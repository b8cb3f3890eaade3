using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>Slots edited by hand while they are booked: the edit comes before the booking or is refused.</summary>
public sealed class SlotEditRaceTests(ITestOutputHelper output)
{
    private const int Slots = 60;
    private const int Editors = 6;

    [DatabaseTheory, EachDatabase]
    public async Task Slots_put_as_free_while_they_are_booked_stay_busy_once_they_are_booked(DatabaseEngine engine)
    {
        await using var group = await ServerGroup.StartAsync(engine, processes: 3);
        var office = await Office.OpenAsync(group.Clients[0], calendars: 2, patients: Slots);
        var slots = await office.OpenSlotsAsync(day: 0, Slots);

        var edits = Task.WhenAll(Enumerable.Range(0, Editors).Select(editor =>
            EditAsync(group.Clients[editor % group.Clients.Count], slots, isBlind: editor % 2 == 0)));
        var attempts = await new BookingLoad(group.Clients).RunAsync(
            Editors, _ => BookingStyle.Create, booker => slots.Where((_, n) => n % Editors == booker));
        var answers = (await edits).SelectMany(a => a).ToList();

        foreach (var status in answers.GroupBy(a => a.Status).OrderBy(g => g.Key))
            output.WriteLine($"{engine}: {status.Count()} edits x {status.Key}");
        var audit = await CalendarAudit.RunAsync(group.Database);
        attempts.Should().OnlyContain(a => a.IsAcknowledged);
        answers.Select(a => a.Status).Should().OnlyContain(s => s == 200 || s == 409 || s == 412);
        audit.Findings.Should().BeEmpty();
    }

    /// <summary>Writes each Slot as free: without a precondition, or on the version that it was made with.</summary>
    private static async Task<List<Answer>> EditAsync(FhirClient server, IReadOnlyList<OpenSlot> slots, bool isBlind)
    {
        var answers = new List<Answer>();
        foreach (var slot in slots)
            answers.Add(await server.PutAsync(
                $"Slot/{slot.Id}", Office.SlotJson(slot, "free"), isBlind ? null : "W/\"1\""));
        return answers;
    }
}

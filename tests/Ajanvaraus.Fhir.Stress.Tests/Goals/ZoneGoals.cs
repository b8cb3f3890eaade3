using System.Text.Json.Nodes;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G33: nights of both changes of clocks; G34: the same answers, byte for byte, wherever the server stands.</summary>
public sealed class ZoneGoals(ITestOutputHelper output)
{
    /// <summary>Nights from 00:00 to 08:00 in half hours, and how many of them pass.</summary>
    private static readonly (string Day, int Times)[] Nights =
        [("2027-03-27", 16), ("2027-03-28", 14), ("2027-10-30", 16), ("2027-10-31", 18)];

    /// <summary>Zone, locale, and whether the program runs without cultures.</summary>
    private static readonly (string Zone, string Locale, bool IsInvariant)[] Places =
    [
        ("UTC", "C.UTF-8", true), ("Pacific/Kiritimati", "fi_FI.UTF-8", false), ("America/St_Johns", "tr_TR.UTF-8", false),
        ("Europe/Helsinki", "sv_FI.UTF-8", false),
    ];

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G33")]
    public async Task G33_Nights_of_both_changes_have_the_half_hours_that_pass_and_each_can_be_booked(DatabaseEngine engine)
    {
        var goal = new Goal("G33", engine, output, GetType());
        await using var group = await ServerGroup.StartAsync(engine, Goal.Processes);
        await OpenAsync(group.Clients[0]);
        var counted = new List<int>();
        var booked = new List<(Answer Answer, string Start)>();
        foreach (var (day, _) in Nights)
        {
            var offers = Offers(await FindAsync(group.Clients[^1], day));
            counted.Add(offers.Count);
            // From the last to the first, by turns of the servers, so that no offer rests on the one before it.
            foreach (var offer in Enumerable.Reverse(offers))
                booked.Add((
                    await group.Clients[booked.Count % group.Clients.Count].PostAsync("Appointment/$book", offer.ToJsonString()),
                    offer["start"]!.ToString()));
        }
        var twice = booked.Where(b => b.Start.StartsWith("2027-10-31T03:30", StringComparison.Ordinal)).Select(b => b.Start).Order().ToList();

        goal.Tell(
            $"daily 00:00 to 08:00 by template on {string.Join(", ", Nights.Select(n => n.Day))}, every offer booked",
            $"{string.Join(" / ", counted)} half hours; {booked.Count(b => b.Answer.Status == 201)} of {booked.Count} booked; "
            + $"both 03:30 of autumn: {string.Join(" and ", twice)}");
        counted.Should().Equal(Nights.Select(n => n.Times));
        booked.Should().OnlyContain(b => b.Answer.Status == 201 && b.Answer.Appointment["start"]!.ToString() == b.Start);
        twice.Should().Equal("2027-10-31T03:30:00+02:00", "2027-10-31T03:30:00+03:00");
        booked.Should().NotContain(b => b.Start.StartsWith("2027-03-28T03", StringComparison.Ordinal));
    }

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G34")]
    public async Task G34_R25_The_servers_own_zone_and_culture_change_no_byte_of_an_answer(DatabaseEngine engine)
    {
        var goal = new Goal("G34", engine, output, GetType());
        await using var database = await TestDatabase.CreateAsync(engine);
        await using (var first = await ServerProcess.StartAsync(database.Option))
            await OpenAsync(first.Client);
        var seen = new List<string[]>();
        foreach (var (zone, locale, isInvariant) in Places)
        {
            await using var server = await ServerProcess.StartAsync(
                database.Option, ("TZ", zone), ("LC_ALL", locale), ("LANG", locale),
                ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", isInvariant ? "1" : "0"));
            seen.Add(await AnswersAsync(server.Client));
        }

        var differing = seen.Skip(1).Sum(answers => answers.Zip(seen[0]).Count(pair => pair.First != pair.Second));
        goal.Tell(
            $"{seen[0].Length} answers ($find and searches of Slots and Appointments over both changes, {seen[0].Sum(a => a.Length)} characters) from servers in "
            + string.Join(", ", Places.Select(p => $"{p.Zone} {(p.IsInvariant ? "without cultures" : p.Locale)}")),
            $"{differing} answers differ");
        foreach (var answers in seen.Skip(1))
            answers.Should().Equal(seen[0]);
        seen[0].Should().OnlyContain(a => a.Contains("2027-"));
    }

    /// <summary>Schedule/c0 opens every night by a template, on holidays too: the day in March is Easter Sunday.</summary>
    private static async Task OpenAsync(FhirClient client)
    {
        await Office.OpenAsync(client, calendars: 1, patients: 2);
        var entries = new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" }.Select(day => $$"""
            {"url":"entry","extension":[{"url":"weekday","valueCode":"{{day}}"},{"url":"start","valueTime":"00:00:00"},
             {"url":"end","valueTime":"08:00:00"},{"url":"slotMinutes","valueInteger":30}]}
            """);
        await Office.PutAllAsync(client, [
            $$"""
            {"resourceType":"Basic","id":"nights","code":{"coding":[{"system":"https://ajanvaraus.example/fhir/CodeSystem/basic-type",
              "code":"week-template"}]},
             "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/week-template",
              "extension":[{"url":"name","valueString":"nights"},{"url":"holidays","valueBoolean":true},{{string.Join(',', entries)}}]}]}
            """,
            """
            {"resourceType":"Schedule","id":"c0","active":true,"actor":[{"reference":"Practitioner/c0"}],
             "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/availability-template",
              "valueReference":{"reference":"Basic/nights"} }]}
            """]);
    }

    private static async Task<string[]> AnswersAsync(FhirClient client)
    {
        var answers = new List<string>();
        foreach (var (day, _) in Nights)
        {
            var found = await FindAsync(client, day);
            answers.Add(string.Join('\n', Offers(found).Select(o => o.ToJsonString())));
            var next = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture).AddDays(1).ToString("O");
            foreach (var query in new[] { $"start={day}", $"start=ge{day}&start=lt{next}", $"start=ge{day}T00:00:00Z&start=lt{next}T02:30:00%2B05:30" })
                answers.Add(string.Join('\n', Resources(await client.GetAsync($"Slot?schedule=Schedule/c0&{query}&_count=200"))
                    .Select(s => s.ToJsonString())));
        }
        return [.. answers];
    }

    private static Task<Answer> FindAsync(FhirClient client, string day) => client.GetAsync(
        $"Appointment/$find?start={day}&end={day}&schedule=Schedule/c0&patient={Office.Patient(0)}&_count=100");

    private static List<JsonNode> Offers(Answer found) =>
        [.. Resources(found).Where(r => r["resourceType"]!.ToString() == "Appointment")];

    private static IEnumerable<JsonNode> Resources(Answer found) =>
        found.Body["entry"]?.AsArray().Select(e => e!["resource"]!) ?? [];
}

using System.Globalization;
using System.Text.Json.Nodes;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G35: Finland gives up summer time while there are bookings for the summers to come.</summary>
public sealed class ZoneChangeGoals(ITestOutputHelper output)
{
    private const int PerDay = 16;

    /// <summary>The year after next: whole, and to come, whenever the test runs.</summary>
    private static readonly int Year = DateTime.UtcNow.Year + 2;

    private static readonly string Winter = $"{Year}-02-01";
    private static readonly string Summer = $"{Year}-07-03";
    private static readonly string Autumn = LastSundayOfOctober();

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G35")]
    public async Task G35_When_summer_time_is_given_up_bookings_stay_at_their_time_by_the_clock(DatabaseEngine engine)
    {
        var goal = new Goal("G35", engine, output, GetType(), processes: 2);
        var days = Reliability.Size(2, 30);
        using var zones = new ZoneFile(Year - 1);
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var old = await ServerProcess.StartAsync(database.Option);
        var booked = await OpenAsync(old.Client, days);
        var answersBefore = await AnswersAsync(old.Client);
        if (engine == DatabaseEngine.Sqlite)
            await old.StopAsync();

        // A machine with new zone files goes on by the rules of the database.
        await using var renewed = await ServerProcess.StartAsync(database.Option, ("TZDIR", zones.Folder));
        var answersMeanwhile = await AnswersAsync(renewed.Client);
        var asked = await renewed.RunAsync("time-zones", "--database", database.Option);
        if (engine != DatabaseEngine.Sqlite)
            await old.StopAsync();
        await renewed.StopAsync();
        var refused = await renewed.RunAsync("time-zones", "--apply", "--database", database.Option);
        await renewed.StartAgainAsync();
        var cancelled = await renewed.Client.PostAsync($"Appointment/{booked[Autumn][1]}/$cancel", """{"resourceType":"Parameters"}""");
        await renewed.StopAsync();
        var applied = await renewed.RunAsync("time-zones", "--apply", "--database", database.Option);
        var again = await renewed.RunAsync("time-zones", "--apply", "--database", database.Option);
        var check = await renewed.RunAsync("check", "--database", database.Option);
        await renewed.StartAgainAsync();

        var summer = await Task.WhenAll(booked[Summer].Select(id => renewed.Client.GetAsync($"Appointment/{id}")));
        var winter = await Task.WhenAll(booked[Winter].Concat(booked["past"]).Select(id => renewed.Client.GetAsync($"Appointment/{id}")));
        var audit = await CalendarAudit.RunAsync(database);
        var over = await renewed.Client.PostAsync("Appointment", Appointment($"{Summer}T09:00:00+02:00", "09:30:00", slot: null, patient: 1));
        var moved = Lines(applied, "Appointment/").Count();
        goal.Tell(
            $"{booked.Values.Sum(b => b.Count)} bookings in winter, in summer, in the night of the change and in the past; the zone file changed, the server restarted, then time-zones --apply",
            $"{answersBefore.Zip(answersMeanwhile).Count(a => a.First != a.Second)} answers other than before while the rules of the database hold; told: {Lines(asked, "Appointment/").Count()} bookings and "
            + $"{Lines(asked, "Slot/").Count()} Slots that move, {Meetings(asked)} that would meet: refused; after one of those was cancelled {moved} moved, "
            + $"{summer.Count(a => !IsAt(a, "+02:00", 2))} of summer not at their time by the clock, {winter.Count(a => !IsAt(a, null, 1))} of winter and past changed; {audit.Findings.Count} findings in the tables");
        answersMeanwhile.Should().Equal(answersBefore);
        (asked.Exit, Meetings(asked)).Should().Be((1, 1), asked.Output);
        (refused.Exit, Meetings(refused)).Should().Be((1, 1), refused.Output);
        cancelled.Status.Should().Be(200, cancelled.Text);
        applied.Exit.Should().Be(0, applied.Output);
        Lines(applied, "Appointment/").Select(l => l.Split(';')[0]).Should().BeEquivalentTo(
            booked[Summer].Select(id => $"Appointment/{id}"), "each that moves is told, of that night only the one by winter time was left");
        Lines(applied, "Appointment/").Should().OnlyContain(l => l.Split(';')[2].Replace("+03:00", "") == l.Split(';')[3].Replace("+02:00", ""));
        Lines(again, "Appointment/").Should().BeEmpty();
        summer.Should().OnlyContain(a => IsAt(a, "+02:00", 2));
        winter.Should().OnlyContain(a => IsAt(a, null, 1));
        audit.Findings.Should().BeEmpty();
        check.Exit.Should().Be(0, check.Output);
        over.Status.Should().Be(409, over.Text);
        (await AnswersAsync(renewed.Client)).Should().NotEqual(answersBefore).And.OnlyContain(a => !a.Contains("+03:00"));
    }

    private static IEnumerable<string> Lines((int Exit, string Output) run, string beginning) => run.Output.Split('\n')
        .Where(l => l.StartsWith(beginning, StringComparison.Ordinal) && !l.Contains(";meets ", StringComparison.Ordinal));

    private static int Meetings((int Exit, string Output) run) => run.Output.Split('\n').Count(l => l.Contains(";meets ", StringComparison.Ordinal));

    private static bool IsAt(Answer answer, string? offset, int version) =>
        answer.Status == 200 && answer.Body["meta"]!["versionId"]!.ToString() == $"{version}"
        && (offset is null || answer.Body["start"]!.ToString().EndsWith(offset, StringComparison.Ordinal));

    /// <summary>Calendar c0 is full on some days of winter and summer and has both half hours of the night of autumn booked; c1 opens by a template.</summary>
    /// <returns>Ids of Appointments by their day.</returns>
    private static async Task<Dictionary<string, List<string>>> OpenAsync(FhirClient client, int days)
    {
        await Office.OpenAsync(client, calendars: 2, patients: 2);
        await Office.PutAllAsync(client, [
            """
            {"resourceType":"Basic","id":"week","code":{"coding":[{"system":"https://ajanvaraus.example/fhir/CodeSystem/basic-type","code":"week-template"}]},
             "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/week-template",
              "extension":[{"url":"name","valueString":"week"},{"url":"entry","extension":[{"url":"weekday","valueCode":"mon"},
               {"url":"start","valueTime":"09:00:00"},{"url":"end","valueTime":"12:00:00"},{"url":"slotMinutes","valueInteger":30}]}]}]}
            """,
            """
            {"resourceType":"Schedule","id":"c1","active":true,"actor":[{"reference":"Practitioner/c1"}],
             "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/availability-template","valueReference":{"reference":"Basic/week"} }]}
            """]);
        var booked = new Dictionary<string, List<string>>();
        foreach (var (first, offset) in new[] { (Winter, "+02:00"), (Summer, "+03:00") })
        {
            booked[first] = [];
            for (var day = 0; day < days; day++)
            {
                var date = DateOnly.Parse(first, CultureInfo.InvariantCulture).AddDays(day).ToString("O", CultureInfo.InvariantCulture);
                var times = Enumerable.Range(0, PerDay).Select(n => new TimeOnly(8, 0).AddMinutes(n * 30)).ToList();
                await Office.PutAllAsync(client, times.Select(t => Office.SlotJson(
                    new OpenSlot($"s{date}-{t:HHmm}", "c0", $"{date}T{t:HH:mm:ss}{offset}", $"{date}T{t.AddMinutes(30):HH:mm:ss}{offset}"), "free")));
                foreach (var time in times)
                    booked[first].Add(await BookAsync(client, Appointment(
                        $"{date}T{time:HH:mm:ss}{offset}", $"{time.AddMinutes(30):HH:mm:ss}", $"s{date}-{time:HHmm}", patient: 0)));
            }
        }
        booked[Autumn] = [];
        foreach (var (id, offset) in new[] { ("winter", "+02:00"), ("summer", "+03:00") })
        {
            await Office.PutAllAsync(client, [
                Office.SlotJson(new OpenSlot($"n-{id}", "c0", $"{Autumn}T03:15:00{offset}", $"{Autumn}T03:45:00{offset}"), "free")]);
            booked[Autumn].Add(await BookAsync(client, Appointment($"{Autumn}T03:15:00{offset}", "03:45:00", $"n-{id}", patient: 0)));
        }
        var past = await client.PutAsync("Appointment/past", $$"""
            {"resourceType":"Appointment","id":"past","status":"noshow","start":"{{Year - 3}}-07-01T09:00:00+03:00","end":"{{Year - 3}}-07-01T09:30:00+03:00",
             "participant":[{"actor":{"reference":"Patient/p0"},"status":"accepted"}]}
            """);
        past.Status.Should().Be(201, past.Text);
        booked["past"] = ["past"];
        return booked;
    }

    private static string Appointment(string start, string end, string? slot, int patient) => $$"""
        {"resourceType":"Appointment","status":"booked","start":"{{start}}","end":"{{start[..11]}}{{end}}{{start[^6..]}}",
         {{(slot is null ? "" : $$""" "slot":[{"reference":"Slot/{{slot}}"}],""")}}
         "participant":[{"actor":{"reference":"{{Office.Patient(patient)}}"},"status":"accepted"},{"actor":{"reference":"Practitioner/c0"},"status":"accepted"}]}
        """;

    private static async Task<string> BookAsync(FhirClient client, string appointment)
    {
        var answer = await client.PostAsync("Appointment", appointment);
        answer.Status.Should().Be(201, answer.Text);
        return answer.Appointment["id"]!.ToString();
    }

    /// <summary>What is offered by the template, and what is told of the summer.</summary>
    private static async Task<string[]> AnswersAsync(FhirClient client)
    {
        var monday = DateOnly.Parse(Summer, CultureInfo.InvariantCulture);
        while (monday.DayOfWeek != DayOfWeek.Monday)
            monday = monday.AddDays(1);
        var day = monday.ToString("O", CultureInfo.InvariantCulture);
        return
        [
            Times(await client.GetAsync($"Appointment/$find?start={day}&end={day}&schedule=Schedule/c1&patient={Office.Patient(1)}&_count=50")),
            Times(await client.GetAsync($"Slot?schedule=Schedule/c0&start={Summer}&_sort=start&_count=100")),
            Times(await client.GetAsync($"Appointment?actor=Practitioner/c0&date={Summer}&_sort=date&_count=100")),
        ];
    }

    private static string Times(Answer answer) => string.Join(
        ' ', answer.Body["entry"]?.AsArray().Select(e => e!["resource"]!).Where(r => r["start"] is not null).Select(r => r["start"]!.ToString()) ?? [])
        is { Length: > 0 } times ? times : throw new InvalidOperationException(answer.Text);

    private static string LastSundayOfOctober()
    {
        var last = new DateOnly(Year, 10, 31);
        return last.AddDays(-(int)last.DayOfWeek).ToString("O", CultureInfo.InvariantCulture);
    }
}

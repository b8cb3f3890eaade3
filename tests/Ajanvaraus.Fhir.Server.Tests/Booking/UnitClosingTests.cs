using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Tests.Operations;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>What units say of their holidays and closures holds of the times that templates open: docs/adr/0021-closings-of-units.md.</summary>
public sealed class UnitClosingTests
{
    private const string Base = "https://ajanvaraus.example/fhir/StructureDefinition/";
    private const string OpenOnEpiphany = $$"""{"url":"{{Base}}open-on-holiday","valueCode":"loppiainen"}""";
    private const string ClosedAtChristmas =
        $$"""{"url":"{{Base}}closed-during","valuePeriod":{"start":"2026-12-27","end":"2026-12-28"} }""";

    private static readonly LocalDate From = new(2026, 12, 21);
    private static readonly LocalDate To = new(2027, 1, 8);

    /// <summary>Who says what, and the days of 21 December to 8 January that differ from the usual.</summary>
    public static TheoryData<string, string, string> Sayings => new()
    {
        { "nobody", "", "" },
        { Unit("Organization", "unit", OpenOnEpiphany), "2027-01-06", "" },
        { Unit("Organization", "county", OpenOnEpiphany), "2027-01-06", "" },
        { Unit("Location", "office", OpenOnEpiphany), "2027-01-06", "" },
        { Unit("Organization", "unit", OpenOnEpiphany.Replace("loppiainen", "vappu")), "", "" },
        { Unit("Organization", "unit", $$"""{"url":"{{Base}}open-on-holiday","valueDate":"2026-12-24"}"""), "2026-12-24", "" },
        { Unit("Organization", "unit", ClosedAtChristmas), "", "2026-12-28" },
        { Unit("Location", "office", ClosedAtChristmas), "", "2026-12-28" },
        { Unit("Organization", "elsewhere", ClosedAtChristmas), "", "" },
        { Unit("Organization", "unit", $"{OpenOnEpiphany},{ClosedAtChristmas.Replace("2026-12-28", "2027-01-06")}"),
            "", "2026-12-28 2026-12-29 2026-12-30 2026-12-31 2027-01-04 2027-01-05" },
        { Role("""{"description":"Koulutus","during":{"start":"2026-12-22T09:15:00+02:00","end":"2026-12-23T09:00:00+02:00"} }"""), "", "2026-12-22" },
        { Role("""{"description":"Soita ensin"}"""), "", "" },
        { Role("""{"description":"Loma","during":{"start":"2027-01-07"} }"""), "", "2027-01-07 2027-01-08" },
    };

    [DatabaseTheory, EachDatabaseOf(nameof(Sayings))]
    public async Task R36_times_computed_and_times_applied_keep_the_holidays_and_closures_of_the_unit(
        DatabaseEngine engine, string said, string opened, string shut)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        if (said != "nobody")
            await office.PutAsync(said);

        var computed = await DaysAsync(office, "a");
        var applied = await office.PostAsync(
            "Schedule/b/$apply-template?start=2026-12-21&end=2027-01-08&template=Basic/week", Office.Parameters());
        var stored = await DaysAsync(office, "b");

        var usual = Days(From, To).Where(d => d.DayOfWeek <= IsoDayOfWeek.Friday && !HolidayCalendar.Usual.IsClosed(d)).Select(Text);
        applied.Status.Should().Be(200, applied.Text);
        computed.Should().Equal(usual.Concat(Words(opened)).Except(Words(shut)).Order());
        stored.Should().Equal(computed);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Units_of_a_calendar_say_at_random_and_both_ways_agree_with_a_look_at_each_day(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        for (var seed = 1; seed <= 12; seed++)
        {
            var random = new Random(seed);
            var opens = new HashSet<string>();
            var closed = new List<(LocalDate First, LocalDate Last)>();
            foreach (var (type, id) in new[] { ("Organization", "unit"), ("Organization", "county"), ("Location", "office") })
                await office.PutAsync(Unit(type, id, [.. Enumerable.Range(0, random.Next(3)).Select(_ => Saying(random, opens, closed))]));
            await office.PutAsync($$"""{"resourceType":"Schedule","id":"c{{seed}}","active":true,"actor":[{"reference":"PractitionerRole/role"}]}""");

            var computed = await DaysAsync(office, "a");
            await office.PostAsync(
                $"Schedule/c{seed}/$apply-template?start=2026-12-21&end=2027-01-08&template=Basic/week", Office.Parameters());
            var stored = await DaysAsync(office, $"c{seed}");

            var expected = Days(From, To).Where(day => day.DayOfWeek <= IsoDayOfWeek.Friday
                && FinnishHolidays.On(day).All(holiday => opens.Contains(holiday.Code) || opens.Contains(Text(day)))
                && !closed.Any(span => day >= span.First && day <= span.Last)).Select(Text);
            computed.Should().Equal(expected, $"seed {seed}");
            stored.Should().Equal(expected, $"seed {seed}");
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_is_offered_is_booked_and_what_a_closure_shuts_is_refused(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutAsync(Unit("Organization", "unit", OpenOnEpiphany));
        var offered = await SlotsAsync(office, "a");
        var epiphany = offered.Single(s => s["start"]!.ToString().StartsWith("2027-01-06", StringComparison.Ordinal));
        var holy = await office.PostAsync("Appointment", Booking("p0", epiphany));
        var soon = offered.Single(s => s["start"]!.ToString().StartsWith("2026-12-28", StringComparison.Ordinal));
        var kept = offered.Single(s => s["start"]!.ToString().StartsWith("2026-12-22", StringComparison.Ordinal));
        var before = await office.PostAsync("Appointment", Booking("p1", kept));

        await office.PutAsync(Unit("Organization", "unit", ClosedAtChristmas.Replace("2026-12-27", "2026-12-22")));
        var shut = await office.PostAsync("Appointment", Booking("p2", soon));
        var read = await office.GetAsync($"Slot/{soon["id"]}");
        var stays = await office.GetAsync($"Appointment/{before.Id}");
        var given = await office.PostAsync($"Appointment/{before.Id}/$cancel", Office.Parameters());

        holy.Status.Should().Be(201, holy.Text);
        before.Status.Should().Be(201, before.Text);
        shut.Status.Should().Be(409, shut.Text);
        shut.Rules.Should().Contain("outside-availability");
        read.Body["status"]!.ToString().Should().Be("busy-unavailable");
        stays.Body["status"]!.ToString().Should().Be("booked", "a closure moves no booking");
        given.Status.Should().Be(200, given.Text);
        (await DaysAsync(office, "a")).Should().NotContain(["2026-12-22", "2026-12-28", "2027-01-06"]);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Units_that_are_part_of_each_other_in_a_ring_are_read_once(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutAsync("""{"resourceType":"Organization","id":"county","name":"x","partOf":{"reference":"Organization/unit"} }""");

        (await DaysAsync(office, "a")).Should().NotContain("2027-01-06").And.Contain("2026-12-28");
    }

    private static string Saying(Random random, HashSet<string> opens, List<(LocalDate First, LocalDate Last)> closed)
    {
        var day = From.PlusDays(random.Next(Period.DaysBetween(From, To) + 1));
        switch (random.Next(3))
        {
            case 0:
                var code = FinnishHolidays.Rules[random.Next(FinnishHolidays.Rules.Length)].Code;
                opens.Add(code);
                return $$"""{"url":"{{Base}}open-on-holiday","valueCode":"{{code}}"}""";
            case 1:
                opens.Add(Text(day));
                return $$"""{"url":"{{Base}}open-on-holiday","valueDate":"{{Text(day)}}"}""";
            default:
                var last = day.PlusDays(random.Next(4));
                closed.Add((day, last));
                return $$"""{"url":"{{Base}}closed-during","valuePeriod":{"start":"{{Text(day)}}","end":"{{Text(last)}}"} }""";
        }
    }

    /// <summary>Calendars of two professionals of one unit: a opens by a template, b is empty. Both have the same role.</summary>
    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(Unit("Organization", "county"));
        await office.PutAsync(Unit("Organization", "elsewhere"));
        await office.PutAsync(Unit("Organization", "unit"));
        await office.PutAsync(Unit("Location", "office"));
        await office.PutAsync(Role());
        await office.PutAsync(ApplyTemplateTests.Template(
            "week", [.. new[] { "mon", "tue", "wed", "thu", "fri" }.Select(day => ApplyTemplateTests.Entry(day, "09:00", "09:30"))]));
        foreach (var id in new[] { "a", "b" })
        {
            var template = id == "b" ? "" : $$"""
                ,"extension":[{"url":"{{Base}}availability-template","valueReference":{"reference":"Basic/week"} }]
                """;
            await office.PutAsync($$"""
                {"resourceType":"Schedule","id":"{{id}}","active":true,
                 "actor":[{"reference":"Practitioner/{{id}}"},{"reference":"PractitionerRole/role"}]{{template}}}
                """);
        }
        return office;
    }

    private static string Unit(string type, string id, params string[] extensions)
    {
        var above = (type, id) switch
        {
            (_, "unit") => ""","partOf":{"reference":"Organization/county"}""",
            ("Location", _) => ""","managingOrganization":{"reference":"Organization/county"}""",
            _ => "",
        };
        var said = extensions.Length == 0 ? "" : $$""","extension":[{{string.Join(',', extensions)}}]""";
        return $$"""{"resourceType":"{{type}}","id":"{{id}}","name":"x"{{said}}{{above}}}""";
    }

    private static string Role(string? notAvailable = null)
    {
        var said = notAvailable is null ? "" : $$""","notAvailable":[{{notAvailable}}]""";
        return $$"""
            {"resourceType":"PractitionerRole","id":"role","active":true,"organization":{"reference":"Organization/unit"},
             "location":[{"reference":"Location/office"}]{{said}}}
            """;
    }

    private static string Booking(string patient, JsonNode slot) => $$"""
        {"resourceType":"Appointment","status":"booked","start":"{{slot["start"]}}","end":"{{slot["end"]}}",
         "slot":[{"reference":"Slot/{{slot["id"]}}"}],
         "participant":[{"actor":{"reference":"Patient/{{patient}}"},"status":"accepted"}]}
        """;

    private static async Task<JsonNode[]> SlotsAsync(Office office, string schedule)
    {
        var answer = await office.GetAsync($"Slot?schedule={schedule}&status=free&start=ge2026-12-21&start=lt2027-01-09&_sort=start&_count=100");
        answer.Status.Should().Be(200, answer.Text);
        return new Found(answer).Matches;
    }

    private static async Task<string[]> DaysAsync(Office office, string schedule) =>
        [.. (await SlotsAsync(office, schedule)).Select(slot => slot["start"]!.ToString()[..10]).Distinct()];

    private static IEnumerable<LocalDate> Days(LocalDate from, LocalDate to) =>
        Enumerable.Range(0, Period.DaysBetween(from, to) + 1).Select(from.PlusDays);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
}

using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Operations;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>What broke in the availability of other systems: zones, notice, far openings, other people's times.</summary>
public sealed class AvailabilityLessonTests
{
    [DatabaseTheory, EachDatabase]
    public async Task R27_Times_carry_the_offset_of_their_own_date_however_they_were_written(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await PutSlotAsync(office, "winter", "2027-03-27T07:00:00Z", "2027-03-27T08:00:00Z");
        await PutSlotAsync(office, "summer", "2027-03-29T09:00:00+03:00", "2027-03-29T08:00:00+01:00");
        string[] foretold = ["2027-03-27T09:00:00+02:00", "2027-03-29T09:00:00+03:00"];

        var offers = await FindAsync(office, "start=2027-03-27&end=2027-03-29&schedule=a&patient=Patient/p0");
        var booked = new List<Answer>();
        foreach (var offer in offers)
            booked.Add(await office.PostAsync("Appointment/$book", offer.ToJsonString()));
        var series = await office.PostAsync("Appointment/$book", Parameters(
            Resource("appointment", JsonNode.Parse("""
                {"resourceType":"Appointment","status":"proposed","start":"2027-03-22T10:00:00Z","end":"2027-03-22T11:00:00Z",
                 "participant":[{"actor":{"reference":"Patient/p1"},"status":"accepted"}]}
                """)!),
            Reference("schedule", "Schedule/b"), Value("occurrence-count", "PositiveInt", 2)));

        offers.Select(o => o["start"]!.ToString()).Should().Equal(foretold);
        booked.Select(b => b.Appointment["start"]!.ToString()).Should().Equal(foretold);
        Resources(series).Where(r => r["resourceType"]!.ToString() == "Appointment").Select(r => r["start"]!.ToString())
            .Should().Equal("2027-03-22T12:00:00+02:00", "2027-03-29T12:00:00+03:00");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R28_A_client_in_another_zone_sees_the_same_instants_also_late_and_after_midnight(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await PutSlotAsync(office, "late", "2027-02-01T23:30:00+02:00", "2027-02-02T00:00:00+02:00");
        await PutSlotAsync(office, "early", "2027-02-02T00:00:00+02:00", "2027-02-02T00:30:00+02:00");

        // The same span as Finnish, as written in New York, and as written in Kiritimati.
        var here = await FindAsync(office, "start=2027-02-01T23:00:00%2B02:00&end=2027-02-02T01:00:00%2B02:00&schedule=a");
        var west = await FindAsync(office, "start=2027-02-01T16:00:00-05:00&end=2027-02-01T18:00:00-05:00&schedule=a");
        var east = await FindAsync(office, "start=2027-02-02T11:00:00%2B14:00&end=2027-02-02T13:00:00%2B14:00&schedule=a");
        var slots = await office.GetAsync("Slot?schedule=Schedule/a&start=ge2027-02-01T16:30:00-05:00&start=lt2027-02-01T17:30:00-05:00");
        var firstDay = await FindAsync(office, "start=2027-02-01&end=2027-02-01&schedule=a");
        var secondDay = await FindAsync(office, "start=2027-02-02&end=2027-02-02&schedule=a");

        here.Select(Start).Should().Equal("2027-02-01T23:30:00+02:00", "2027-02-02T00:00:00+02:00");
        west.Select(Start).Should().Equal(here.Select(Start));
        east.Select(Start).Should().Equal(here.Select(Start));
        Resources(slots).Select(s => s["id"]!.ToString()).Should().Equal("late", "early");
        firstDay.Select(Start).Should().Equal("2027-02-01T23:30:00+02:00");
        secondDay.Select(Start).Should().Equal("2027-02-02T00:00:00+02:00");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R29_Busy_time_written_in_another_zone_blocks_the_right_instants(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenHoursAsync(server);
        await PutSlotAsync(office, "away", "2027-02-01T02:00:00-05:00", "2027-02-01T12:30:00+05:00", "busy-unavailable");

        var offered = await Found.FindAsync(office, "schedule=a");
        var refused = await office.PostAsync("Appointment", Office.Appointment("p0", "h9", "09:00", "10:00"));
        var before = await office.PostAsync("Appointment", Office.Appointment("p0", "h8", "08:00", "09:00"));

        offered.Times.Should().Equal("08:00-09:00", "10:00-11:00");
        refused.Status.Should().Be(409, refused.Text);
        before.Status.Should().Be(201, before.Text);
    }

    [DatabaseTheory]
    [EachDatabase("2027-02-01T23:59:60Z")]
    [EachDatabase("2027-02-01T24:00:00Z")]
    [EachDatabase("0000-01-01T00:00:00Z")]
    [EachDatabase("0001-01-01T00:00:00+14:00")]
    [EachDatabase("9999-12-31T23:59:59-12:00")]
    [EachDatabase("9999-12-31T23:59:59Z")]
    [EachDatabase("9999-12-31T23:59:60Z")]
    [EachDatabase("2027-02-01T09:00:00+14:59")]
    [EachDatabase("2027-02-30T09:00:00Z")]
    [EachDatabase("NaN")]
    public async Task R31_Malformed_and_extreme_instants_are_answered_and_stop_nothing(DatabaseEngine engine, string instant)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenHoursAsync(server);
        var escaped = Uri.EscapeDataString(instant);
        string Slot(string start, string end) => $$"""
            {"resourceType":"Slot","id":"odd","schedule":{"reference":"Schedule/a"},"status":"free","start":"{{start}}","end":"{{end}}"}
            """;

        Answer[] answers =
        [
            await office.GetAsync($"Appointment/$find?start={escaped}&end=2027-02-02&schedule=a"),
            await office.GetAsync($"Appointment/$find?start={Office.Day}&end={escaped}&schedule=a"),
            await office.GetAsync($"Slot?schedule=Schedule/a&start=ge{escaped}"),
            await office.SendAsync(HttpMethod.Put, "Slot/odd", Slot(instant, "2027-02-01T13:00:00Z")),
            await office.SendAsync(HttpMethod.Put, "Slot/odd", Slot("2027-02-01T12:00:00Z", instant)),
            await office.PostAsync("Appointment", Office.Appointment("p0", null, "12:00", "13:00", actors: "Practitioner/b")
                .Replace(Office.At("12:00"), instant, StringComparison.Ordinal)),
            await office.PostAsync("Appointment", Office.Appointment("p0", null, "12:00", "13:00", actors: "Practitioner/b")
                .Replace(Office.At("13:00"), instant, StringComparison.Ordinal)),
        ];
        var offered = await Found.FindAsync(office, "schedule=a&duration=60");

        answers.Should().OnlyContain(a => a.Status < 500);
        answers.Where(a => a.Status >= 400).Should().OnlyContain(a => a.Body["resourceType"]!.ToString() == "OperationOutcome");
        offered.Times.Should().Contain("08:00-09:00", "the calendar works on");
    }

    /// <summary>Where there is no time left around it for what else is looked at.</summary>
    [DatabaseTheory, EachDatabase]
    public async Task R31_Bookings_and_holds_at_the_end_of_the_calendar_end_as_others(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenHoursAsync(server);
        string Last(string patient, string status) => Office.Appointment(patient, null, "12:00", "13:00", status, null, "Practitioner/b")
            .Replace(Office.At("12:00"), "9999-12-31T20:00:00Z", StringComparison.Ordinal)
            .Replace(Office.At("13:00"), "9999-12-31T23:59:59Z", StringComparison.Ordinal);

        var booked = await office.PostAsync("Appointment", Last("p0", "booked"));
        var cancelled = await office.PostAsync($"Appointment/{booked.Id}/$cancel", """{"resourceType":"Parameters"}""");
        var held = await office.PostAsync("Appointment/$hold", Last("p1", "proposed"));
        server.Clock.Advance(TimeSpan.FromMinutes(20));
        var ended = await office.GetAsync($"Appointment/{held.Id}");

        booked.Status.Should().Be(201, booked.Text);
        cancelled.Status.Should().Be(200, cancelled.Text);
        held.Status.Should().Be(201, held.Text);
        ended.Body["status"]!.ToString().Should().Be("cancelled");
        (await Found.FindAsync(office, "schedule=a")).Times.Should().Contain("08:00-09:00");
    }

    [DatabaseTheory]
    [EachDatabase("buffer-before", "100000000000000")]
    [EachDatabase("buffer-after", "79228162514264337593543950335")]
    [EachDatabase("lead-time", "79228162514264337593543950335")]
    [EachDatabase("lead-time", "1e20")]
    [EachDatabase("buffer-after", "-5")]
    public async Task R31_Lengths_beyond_all_measure_stop_nothing(DatabaseEngine engine, string rule, string value)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenHoursAsync(server);
        string Schedule(string extension) => $$"""
            {"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/a"}]{{extension}}}
            """;

        Answer[] answers =
        [
            await office.SendAsync(HttpMethod.Put, "Schedule/a", Schedule($$"""
                ,"extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/{{rule}}",
                 "valueDuration":{"value":{{value}},"system":"http://unitsofmeasure.org","code":"d"} }]
                """)),
            await office.PostAsync("Appointment", Office.Appointment("p0", "h9", "09:00", "10:00")),
            await office.GetAsync($"Appointment/$find?start={Office.Day}&end=2027-02-02&schedule=a"),
            await office.GetAsync("Slot?schedule=Schedule/a&status=free"),
            await office.SendAsync(HttpMethod.Put, "Schedule/a", Schedule("")),
        ];

        answers.Should().OnlyContain(a => a.Status < 500);
        (answers[0].Status, answers[4].Status).Should().Be((200, 200));
    }

    [DatabaseTheory]
    [EachDatabase(30, "min", "2027-02-01T08:35:00+02:00")]
    [EachDatabase(36, "h", "2027-01-30T21:05:00+02:00")]
    [EachDatabase(120, "d", "2026-10-04T09:05:00+02:00")]
    public async Task R33_The_least_notice_may_be_minutes_days_or_months(DatabaseEngine engine, int value, string unit, string now)
    {
        await using var server = await FhirServer.StartAsync(engine, now);
        var office = await OpenHoursAsync(server);
        await office.PutAsync($$"""
            {"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/a"}],
             "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/lead-time",
              "valueDuration":{"value":{{value}},"system":"http://unitsofmeasure.org","code":"{{unit}}"} }]}
            """);

        var offered = await Found.FindAsync(office, "schedule=a");
        var tooLate = await office.PostAsync("Appointment", Office.Appointment("p0", "h9", "09:00", "10:00"));
        var inTime = await office.PostAsync("Appointment", Office.Appointment("p0", "h10", "10:00", "11:00"));

        offered.Times.Should().Equal("10:00-11:00");
        tooLate.Rules.Should().Contain("lead-time", tooLate.Text);
        inTime.Status.Should().Be(201, inTime.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R39_A_far_opening_is_found_though_all_nearer_weeks_are_full(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var first = DateTimeOffset.Parse("2027-02-01T09:00:00+02:00", System.Globalization.CultureInfo.InvariantCulture);
        string At(int day, int hour) => first.AddDays(day).AddHours(hour).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        var full = Enumerable.Range(0, 20 * 7).SelectMany(day => new[] { 0, 1, 2, 3 }.Select(hour => $$$"""
            {"resource":{"resourceType":"Slot","id":"f{{{day}}}-{{{hour}}}","schedule":{"reference":"Schedule/a"},"status":"busy",
             "start":"{{{At(day, hour)}}}","end":"{{{At(day, hour + 1)}}}"},"request":{"method":"PUT","url":"Slot/f{{{day}}}-{{{hour}}}"}}
            """));
        var stored = await office.PostAsync("", $$"""{"resourceType":"Bundle","type":"batch","entry":[{{string.Join(',', full)}}]}""");
        await PutSlotAsync(office, "far", "2027-06-26T12:00:00+03:00", "2027-06-26T13:00:00+03:00");

        var found = await FindAsync(office, "start=2027-02-01&end=2027-07-31&schedule=a&patient=Patient/p0&first-only=true");
        var booked = await office.PostAsync("Appointment/$book", found[0].ToJsonString());

        stored.Status.Should().Be(200);
        found.Select(Start).Should().Equal("2027-06-26T12:00:00+03:00");
        booked.Status.Should().Be(201, booked.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R40_Asking_for_a_worker_shows_that_workers_times_alone(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenHoursAsync(server);
        await office.PutSlotAsync("b9", "b", "09:00", "10:00");
        await office.PutSlotAsync("b11", "b", "11:00", "12:00");
        // A calendar that both share, and one in which the worker has a role: the others' times in it are the worker's as well.
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"team","active":true,"actor":[{"reference":"Practitioner/a"},{"reference":"Practitioner/b"}]}
            """);
        await office.PutSlotAsync("t13", "team", "13:00", "14:00");

        var ofA = await Found.FindAsync(office, "practitioner=Practitioner/a");
        var ofB = await Found.FindAsync(office, "practitioner=Practitioner/b");
        var slots = await office.GetAsync("Slot?schedule.actor=Practitioner/b&status=free");

        ofA.Times.Should().Equal("08:00-09:00", "09:00-10:00", "10:00-11:00", "13:00-14:00");
        ofB.Times.Should().Equal("09:00-10:00", "11:00-12:00", "13:00-14:00");
        ofA.Matches[..3].Should().OnlyContain(m => !m.ToJsonString().Contains("Practitioner/b"));
        ofB.Matches[..2].Should().OnlyContain(m => !m.ToJsonString().Contains("Practitioner/a"));
        Resources(slots).Select(s => s["id"]!.ToString()).Should().BeEquivalentTo("b9", "b11", "t13");
    }

    [DatabaseTheory]
    [EachDatabase("$check-in")]
    [EachDatabase("$fulfill")]
    public async Task R42_Starting_a_booking_does_not_reopen_the_rest_of_its_time(DatabaseEngine engine, string operation)
    {
        await using var server = await FhirServer.StartAsync(engine, "2027-02-01T07:00:00+02:00");
        var office = await OpenHoursAsync(server);
        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", "h9", "09:00", "10:00"));
        server.Clock.Now = DateTimeOffset.Parse(Office.At("09:05"), System.Globalization.CultureInfo.InvariantCulture);

        var started = await office.PostAsync($"Appointment/{booked.Id}/{operation}", Parameters());
        var offered = await Found.FindAsync(office, "schedule=a&duration=15");
        var rest = await office.PostAsync("Appointment", Office.Appointment("p1", null, "09:30", "10:00", actors: "Practitioner/a"));

        started.Status.Should().Be(200, started.Text);
        offered.Times.Should().NotContain(t => t.StartsWith("09", StringComparison.Ordinal)).And.Contain("10:00-10:15");
        rest.Status.Should().Be(409, rest.Text);
        (await office.SlotStatusAsync("h9")).Should().Be("busy");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R83_The_first_time_of_any_of_the_team_is_the_first_of_all_and_comes_alone(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenHoursAsync(server);
        await office.PutSlotAsync("b7", "b", "07:00", "08:00");
        await office.PutSlotAsync("b9", "b", "09:00", "10:00");

        var all = await Found.FindAsync(office, "schedule=a&schedule=b");
        var first = await Found.FindAsync(office, "schedule=a&schedule=b&first-only=true");

        all.Times.Should().Equal("07:00-08:00", "08:00-09:00", "09:00-10:00", "10:00-11:00");
        first.Times.Should().Equal("07:00-08:00");
        first.Matches[0].ToJsonString().Should().Be(all.Matches[0].ToJsonString());
        first.Next.Should().BeNull();
    }

    /// <summary>Slots h8, h9 and h10 of Schedule/a, an hour each.</summary>
    private static async Task<Office> OpenHoursAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        foreach (var hour in new[] { 8, 9, 10 })
            await office.PutSlotAsync($"h{hour}", "a", $"{hour:00}:00", $"{hour + 1:00}:00");
        return office;
    }

    private static Task PutSlotAsync(Office office, string id, string start, string end, string status = "free") => office.PutAsync($$"""
        {"resourceType":"Slot","id":"{{id}}","schedule":{"reference":"Schedule/a"},"status":"{{status}}","start":"{{start}}","end":"{{end}}"}
        """);

    private static async Task<JsonNode[]> FindAsync(Office office, string query) =>
        new Found(await office.GetAsync($"Appointment/$find?{query}")).Matches;

    private static string Start(JsonNode node) => node["start"]!.ToString();
}

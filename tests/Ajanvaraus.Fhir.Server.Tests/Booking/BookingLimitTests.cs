using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Operations;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>No more bookings than so many on a day and in a week: docs/scheduling-rules.md, Limits.</summary>
public sealed class BookingLimitTests
{
    private const string Extension = "https://ajanvaraus.example/fhir/StructureDefinition/";

    [DatabaseTheory]
    [EachDatabase("Schedule")]
    [EachDatabase("HealthcareService")]
    public async Task Every_door_refuses_one_booking_more_than_the_day_takes(DatabaseEngine engine, string whose)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, whose, perDay: 2);
        await office.PutSlotAsync("s", "a", "15:00", "16:00");
        var first = await BookAsync(office, "p0", "09:00", "10:00");
        var second = await office.PostAsync("Appointment", Office.Appointment("p1", null, "10:00", "11:00", actors: "Practitioner/b"));
        var third = await BookAsync(office, "p1", "12:00", "13:00");

        var refused = new[]
        {
            await BookAsync(office, "p2", "13:00", "14:00"),
            await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/s"), ("patient", "Patient/p2"))),
            await office.PostAsync("Appointment", Office.Appointment("p2", "s", "15:00", "16:00")),
            await office.PostAsync("", Transaction(Office.Appointment("p2", "s", "15:00", "16:00"))),
            await BookAsync(office, "p2", "14:00", "15:00", Value("recurrence", "String", "R2/P1W")),
        };
        var moved = await office.PostAsync($"Appointment/{third.Id}/$reschedule", Parameters(Value("start", "DateTime", Office.At("13:00"))));
        await office.PostAsync($"Appointment/{first.Id}/$cancel", Office.Parameters());
        var again = await office.PostAsync("Appointment", Office.Appointment("p2", "s", "15:00", "16:00"));

        second.Status.Should().Be(201, "the other professional has another calendar: {0}", second.Text);
        foreach (var answer in refused)
        {
            answer.Status.Should().Be(409, answer.Text);
            answer.Rules.Should().Contain("booking-limit");
            answer.Text.Should().Contain("AJV-4008").And.Contain("Schedule/a 2027-02-01T00:00:00+02:00/2027-02-02T00:00:00+02:00");
        }
        moved.Status.Should().Be(200, "a move within the day adds nothing to it: {0}", moved.Text);
        again.Status.Should().Be(201, again.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R31_Refusal_of_a_day_that_begins_before_the_calendar_is_told(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", perDay: 1, perWeek: 1);
        var first = await BookAsync(office, "p0", "09:00", "10:00", "0001-01-01");
        var second = await BookAsync(office, "p1", "11:00", "12:00", "0001-01-01");

        first.Status.Should().Be(201, first.Text);
        second.Status.Should().Be(409, second.Text);
        second.Rules.Should().Contain("booking-limit", second.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Refusal_speaks_the_language_of_the_caller(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", perDay: 1);
        await BookAsync(office, "p0", "09:00", "10:00");
        var body = Book("p1", "11:00", "12:00");

        var answers = new List<string>();
        foreach (var language in (string[])["fi", "sv", "en"])
            answers.Add((await office.SendAsync(HttpMethod.Post, "Appointment/$book", body, ("Accept-Language", language)))
                .Body["issue"]![0]!["details"]!["text"]!.ToString());

        answers[0].Should().StartWith("Kalenterissa on tuolle päivälle");
        answers[1].Should().StartWith("Kalendern har redan");
        answers[2].Should().StartWith("As many bookings begin");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Smaller_limit_holds_and_the_week_counts_all_of_its_days(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", perDay: 5, perWeek: 3);
        await office.PutAsync($$"""
            {"resourceType":"HealthcareService","id":"advice","active":true,"extension":[{{Limit("week", 2)}}]}
            """);

        var daily = await BookAsync(office, "p0", "09:00", "10:00", Value("recurrence", "String", "R3/P1D"));
        var skipped = await BookAsync(office, "p0", "09:00", "10:00", Value("recurrence", "String", "R3/P1D"), Value("on-conflict", "Code", "skip"));
        var weekly = await BookAsync(office, "p1", "11:00", "12:00", Value("recurrence", "String", "R2/P1W"));
        var next = await BookAsync(office, "p1", "11:00", "12:00", on: "2027-02-08");

        daily.Status.Should().Be(409, daily.Text);
        daily.Rules.Should().Contain("booking-limit");
        (skipped.Status, skipped.Body["total"]!.GetValue<int>()).Should().Be((201, 2), skipped.Text);
        weekly.Status.Should().Be(409, weekly.Text);
        next.Status.Should().Be(201, next.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Find_offers_and_explains_what_the_limits_leave_and_all_of_it_can_be_booked(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", perDay: 2, perWeek: 4);
        for (var day = 1; day <= 7; day++)
            foreach (var hour in (int[])[9, 10, 11])
                await PutSlotAsync(office, $"d{day}-{hour}", $"2027-02-{day:00}T{hour:00}", $"2027-02-{day:00}T{hour + 1:00}");
        await BookAsync(office, "p0", "09:00", "10:00");
        var hold = await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/d1-10"), ("patient", "Patient/p1")));

        var full = await Found.FindAsync(office, "schedule=a&explain=true");
        var own = await Found.FindAsync(office, "schedule=a&patient=Patient/p1");
        var moving = await Found.FindAsync(office, $"schedule=a&ignore-appointment=Appointment/{hold.Id}");
        var series = await StartsAsync(office, "recurrence=R2/P1D");
        var longer = await StartsAsync(office, "recurrence=R3/P1D");
        var offered = (await FindAsync(office, "2027-02-03", "schedule=a&patient=Patient/p2")).Matches;
        var booked = new List<int>();
        foreach (var offer in offered)
            booked.Add((await office.PostAsync("Appointment/$book", offer.ToJsonString())).Status);

        full.Times.Should().BeEmpty();
        full.Remarks.Should().Contain("AJV-4175");
        own.Times.Should().Equal("10:00-11:00");
        moving.Times.Should().Equal("10:00-11:00", "11:00-12:00");
        series.Should().HaveCount(15, "two more fit into the week").And.OnlyContain(s => s.StartsWith("2027-02-0", StringComparison.Ordinal));
        longer.Should().BeEmpty("the third of them does not");
        booked.Should().Equal([201, 201, 409], "the day takes two");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Booking_that_stands_is_not_asked_again_and_who_gives_a_reason_passes(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", perDay: null);
        var first = await BookAsync(office, "p0", "09:00", "10:00");
        var second = await BookAsync(office, "p1", "10:00", "11:00");
        await LimitAsync(office, "Schedule", perDay: 1);

        var arrived = await office.PatchAsync($"Appointment/{first.Id}", """[{"op":"replace","path":"/status","value":"arrived"}]""");
        var moved = await office.PostAsync($"Appointment/{second.Id}/$reschedule", Parameters(Value("start", "DateTime", Office.At("12:00"))));
        var refused = await BookAsync(office, "p2", "14:00", "15:00");
        var over = await BookAsync(office, "p2", "14:00", "15:00", Override("child welfare"));

        arrived.Status.Should().Be(200, arrived.Text);
        moved.Status.Should().Be(200, moved.Text);
        refused.Status.Should().Be(409, refused.Text);
        over.Status.Should().Be(201, over.Text);
        over.Appointment["extension"]!.ToJsonString().Should().Contain("child welfare");
        (await office.CountAsync($"Provenance?target=Appointment/{over.Id}")).Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Times_by_template_are_found_and_shown_free_only_on_days_that_are_not_full(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", perDay: 1, hasTemplate: true);
        var slots = (await Found.FindAsync(office, "schedule=a")).Matches.Select(m => m["slot"]![0]!["reference"]!.ToString()["Slot/".Length..]).ToList();

        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", slots[0], "09:00", "10:00"));
        var found = await Found.FindAsync(office, "schedule=a&explain=true");
        var searched = await FreeAsync(office);
        var read = await office.GetAsync($"Slot/{slots[1]}");
        var refused = await office.PostAsync("Appointment", Office.Appointment("p1", slots[1], "10:00", "11:00"));
        await office.PostAsync($"Appointment/{booked.Id}/$cancel", Office.Parameters());

        booked.Status.Should().Be(201, booked.Text);
        found.Times.Should().BeEmpty();
        found.Remarks.Should().Contain("AJV-4175");
        searched.Should().BeEmpty();
        read.Body["status"]!.ToString().Should().Be("busy-unavailable");
        refused.Rules.Should().Contain("booking-limit");
        (await FreeAsync(office)).Should().Equal("09:00-10:00", "10:00-11:00", "11:00-12:00");
        (await office.GetAsync($"Slot/{slots[1]}")).Body["status"]!.ToString().Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Slots_of_a_full_day_are_closed_until_a_booking_leaves_it(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", perDay: 1);
        foreach (var (id, from, to) in new[] { ("s1", "08:00", "09:00"), ("s2", "12:00", "13:00"), ("s3", "22:00", "23:30") })
            await office.PutSlotAsync(id, "a", from, to);
        await PutSlotAsync(office, "tomorrow", "2027-02-02T09", "2027-02-02T10");

        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", "s1", "08:00", "09:00"));
        var shown = await FreeAsync(office);
        var closed = await office.GetAsync("Slot/s3");
        var tomorrow = await office.SlotStatusAsync("tomorrow");
        await office.PutSlotAsync("late", "a", "20:00", "21:00");
        var late = await office.SlotStatusAsync("late");
        var moved = await office.PostAsync($"Appointment/{booked.Id}/$reschedule", Office.Parameters(("slot", "Slot/tomorrow")));
        var opened = await FreeAsync(office);
        await office.PostAsync($"Appointment/{booked.Id}/$reschedule", Office.Parameters(("slot", "Slot/s2")));
        var again = await FreeAsync(office);
        await office.PostAsync($"Appointment/{booked.Id}/$cancel", Office.Parameters());

        booked.Status.Should().Be(201, booked.Text);
        shown.Should().BeEmpty();
        closed.Body["status"]!.ToString().Should().Be("busy-unavailable");
        closed.Body["meta"]!["tag"]!.AsArray().Select(t => t!["code"]!.ToString()).Should().Equal("limit");
        tomorrow.Should().Be("free");
        late.Should().Be("busy-unavailable", "it was written on a day that is full");
        moved.Status.Should().Be(200, moved.Text);
        opened.Should().Equal("08:00-09:00", "12:00-13:00", "20:00-21:00", "22:00-23:30");
        again.Should().BeEmpty();
        (await FreeAsync(office)).Should().HaveCount(4);
        (await office.GetAsync("Slot/s3")).Body["meta"]!["tag"].Should().BeNull();
        (await office.SlotStatusAsync("tomorrow")).Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Slots_of_a_full_week_open_when_a_hold_at_its_other_end_is_over(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "HealthcareService", perDay: null, perWeek: 1);
        await PutSlotAsync(office, "monday", "2027-02-01T00", "2027-02-01T01");
        await PutSlotAsync(office, "sunday", "2027-02-07T23", "2027-02-08T00");
        await PutSlotAsync(office, "next", "2027-02-08T00", "2027-02-08T01");

        var hold = await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/monday"), ("patient", "Patient/p0"), ("hold-seconds", 60)));
        var held = (await office.SlotStatusAsync("sunday"), await office.SlotStatusAsync("next"));
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        var over = (await office.SlotStatusAsync("monday"), await office.SlotStatusAsync("sunday"));

        hold.Status.Should().Be(201, hold.Text);
        held.Should().Be(("busy-unavailable", "free"));
        over.Should().Be(("free", "free"));
    }

    [DatabaseTheory]
    [EachDatabase(false)]
    [EachDatabase(true)]
    public async Task Slots_of_a_full_week_open_when_its_limit_goes_or_holds_for_days_alone(DatabaseEngine engine, bool forDays)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", perDay: null, perWeek: 1);
        foreach (var day in (int[])[2, 4, 5, 7])
            await PutSlotAsync(office, $"d{day}", $"2027-02-0{day}T09", $"2027-02-0{day}T10");
        await BookAsync(office, "p0", "09:00", "10:00");

        var full = await FreeAsync(office, "2027-02-02");
        await LimitAsync(office, "Schedule", forDays ? 1 : null);

        full.Should().Be(0);
        (await FreeAsync(office, "2027-02-02")).Should().Be(4);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Slot_that_a_limit_closed_is_looked_at_anew_when_it_is_written(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", perDay: 1);
        await PutSlotAsync(office, "s", $"{Office.Day}T12", $"{Office.Day}T13");
        var booked = await BookAsync(office, "p0", "09:00", "10:00");
        var full = (await office.GetAsync("Slot/s")).Body;

        full["comment"] = "by the window";
        await office.PutAsync(full.ToJsonString());
        var commented = await office.SlotStatusAsync("s");
        await office.PostAsync($"Appointment/{booked.Id}/$cancel", Office.Parameters());
        var opened = await office.SlotStatusAsync("s");
        await BookAsync(office, "p0", "09:00", "10:00");
        var closed = await office.SlotStatusAsync("s");
        var moved = await office.PatchAsync("Slot/s", """
            [{"op":"replace","path":"/start","value":"2027-02-02T12:00:00+02:00"},{"op":"replace","path":"/end","value":"2027-02-02T13:00:00+02:00"}]
            """);

        (commented, opened, closed).Should().Be(("busy-unavailable", "free", "busy-unavailable"));
        moved.Status.Should().Be(200, moved.Text);
        var after = (await office.GetAsync("Slot/s")).Body;
        (after["status"]!.ToString(), after["meta"]!["tag"]).Should().Be(("free", null));
    }

    [DatabaseTheory, EachDatabase]
    public async Task Slots_follow_limits_that_change_and_buffers_that_hold_besides(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "HealthcareService", perDay: 2);
        await AskAsync(office, Buffer);
        for (var hour = 9; hour < 13; hour++)
            await PutSlotAsync(office, $"s{hour}", $"{Office.Day}T{hour:00}", $"{Office.Day}T{hour + 1:00}");

        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", "s9", "09:00", "10:00"));
        var beside = await TagsAsync(office);
        await AskAsync(office, $"{Buffer},{Limit("day", 1)}");
        var full = await TagsAsync(office);
        await office.PutAsync("""{"resourceType":"HealthcareService","id":"advice","active":true}""");
        var smaller = await TagsAsync(office);
        await AskAsync(office, Buffer);
        var buffered = await TagsAsync(office);
        await office.PostAsync($"Appointment/{booked.Id}/$cancel", Office.Parameters());

        beside.Should().Equal("busy", "buffer", "free", "free");
        full.Should().Equal("busy", "limit", "limit", "limit");
        smaller.Should().Equal(full, "the calendar has its own limit");
        buffered.Should().Equal(beside);
        (await TagsAsync(office)).Should().Equal("free", "free", "free", "free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Slots_follow_the_zone_of_a_calendar_that_changes(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", perDay: 1);
        await PutSlotAsync(office, "noon", $"{Office.Day}T12", $"{Office.Day}T13");
        await BookAsync(office, "p0", "00:30", "01:00");

        var inHelsinki = await office.SlotStatusAsync("noon");
        await AskAsync(office, $$"""{{Limit("day", 1)}},{"url":"http://hl7.org/fhir/StructureDefinition/timezone","valueCode":"Europe/Stockholm"}""");
        var inStockholm = await office.SlotStatusAsync("noon");

        inHelsinki.Should().Be("busy-unavailable");
        inStockholm.Should().Be("free", "there the booking began on the day before");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Group_that_has_begun_stays_open_on_a_full_day_and_an_absence_there_ends_as_it_began(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", perDay: 1);
        await office.PutAsync($$"""
            {"resourceType":"Slot","id":"s9","schedule":{"reference":"Schedule/a"},"status":"free","start":"{{Office.At("09:00")}}","end":"{{Office.At("10:00")}}",
             "extension":[{"url":"http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity","valueInteger":3}]}
            """);
        for (var hour = 10; hour < 13; hour++)
            await PutSlotAsync(office, $"s{hour}", $"{Office.Day}T{hour:00}", $"{Office.Day}T{hour + 1:00}");
        var period = Parameters(Value("period", "Period", new JsonObject { ["start"] = Office.At("11:00"), ["end"] = Office.At("13:00") }));

        var first = await office.PostAsync("Appointment", Office.Appointment("p0", "s9", "09:00", "10:00"));
        var begun = await TagsAsync(office);
        var second = await office.PostAsync("Appointment", Office.Appointment("p1", "s9", "09:00", "10:00"));
        var away = await office.PostAsync("Schedule/a/$absence", period);
        await office.PostAsync($"Appointment/{first.Id}/$cancel", Office.Parameters());
        await office.PostAsync($"Appointment/{second.Id}/$cancel", Office.Parameters());
        var during = await TagsAsync(office);
        await office.PostAsync("Appointment", Office.Appointment("p0", "s9", "09:00", "10:00"));
        var back = await office.PostAsync("Schedule/a/$end-absence", period);

        begun.Should().Equal("free", "limit", "limit", "limit");
        second.Status.Should().Be(201, second.Text);
        away.Status.Should().Be(200, away.Text);
        during.Should().Equal("free", "free", "busy-unavailable", "busy-unavailable");
        back.Status.Should().Be(200, back.Text);
        (await TagsAsync(office)).Should().Equal(begun);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Of_many_who_book_at_once_no_more_get_a_time_than_the_day_takes(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", perDay: 5, perWeek: 40);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i =>
            BookAsync(office, $"p{i % 10}", Clock(480 + (i * 10)), Clock(480 + (i * 10) + 10))));

        answers.Should().OnlyContain(a => a.Status == 201 || a.Status == 409);
        answers.Where(a => a.Status == 409).Should().OnlyContain(a => a.Rules.Contains("booking-limit"));
        answers.Count(a => a.Status == 201).Should().Be(5);
        (await office.CountAsync("Appointment?status=booked")).Should().Be(5);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Reassignment_places_no_more_with_a_receiver_than_its_day_takes(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", perDay: 1);
        foreach (var (patient, from, to) in new[] { ("p0", "10:00", "10:30"), ("p1", "12:00", "12:30") })
            await office.PostAsync("Appointment/$book", Book(patient, from, to, "b"));

        var given = await office.PostAsync("Schedule/b/$reassign", Parameters(
            Value("period", "Period", new JsonObject { ["start"] = Office.Day, ["end"] = Office.Day }), Reference("candidate", "Schedule/a")));

        given.Status.Should().Be(200, given.Text);
        (await office.CountAsync("Appointment?actor=Practitioner/a&status=booked")).Should().Be(1);
        (await office.CountAsync("Appointment?actor=Practitioner/b&status=booked")).Should().Be(1);
    }

    private static async Task<IEnumerable<string>> StartsAsync(Office office, string query) =>
        (await FindAsync(office, "2027-02-01", $"schedule=a&_count=100&{query}", "2027-02-08")).Matches.Select(m => m["start"]!.ToString());

    private static async Task<Found> FindAsync(Office office, string start, string query, string? end = null) => new(
        await office.GetAsync($"Appointment/$find?start={start}&end={end ?? start}&{query}"));

    private static Task<Answer> BookAsync(
        Office office, string patient, string from, string to, params JsonObject[] more) =>
        office.PostAsync("Appointment/$book", Book(patient, from, to, "a", more));

    private static Task<Answer> BookAsync(Office office, string patient, string from, string to, string on) =>
        office.PostAsync("Appointment/$book", Book(patient, from, to).Replace(Office.Day, on, StringComparison.Ordinal));

    private static string Book(string patient, string from, string to, string schedule = "a", params JsonObject[] more) => Parameters(
    [
        new JsonObject { ["name"] = "appt-resource", ["resource"] = JsonNode.Parse(Office.Appointment(patient, null, from, to)) },
        Reference("schedule", $"Schedule/{schedule}"), .. more,
    ]);

    private static JsonObject Override(string reason) =>
        new() { ["name"] = "override", ["part"] = new JsonArray(Value("reason", "String", reason)) };

    private static string Transaction(string appointment) => $$"""
        {"resourceType":"Bundle","type":"transaction","entry":[
          {"resource":{{appointment}},"request":{"method":"POST","url":"Appointment"} }]}
        """;

    private static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";

    private static Task PutSlotAsync(Office office, string id, string from, string to) => office.PutAsync($$"""
        {"resourceType":"Slot","id":"{{id}}","schedule":{"reference":"Schedule/a"},"status":"free",
         "start":"{{from}}:00:00+02:00","end":"{{to}}:00:00+02:00"}
        """);

    private static Task<int> FreeAsync(Office office, string from) =>
        office.CountAsync($"Slot?schedule=Schedule/a&status=free&start=ge{from}");

    private static async Task<string[]> FreeAsync(Office office) =>
    [
        .. ((await office.GetAsync($"Slot?schedule=Schedule/a&status=free&start={Office.Day}&_sort=start")).Body["entry"] as JsonArray ?? [])
            .Select(e => e!["resource"]!).Select(s => $"{s["start"]!.ToString()[11..16]}-{s["end"]!.ToString()[11..16]}"),
    ];

    private static async Task<Office> OpenAsync(
        FhirServer server, string whose, int? perDay, int? perWeek = null, bool hasTemplate = false)
    {
        var office = await Office.OpenAsync(server.Http);
        if (hasTemplate)
            await office.PutAsync(ApplyTemplateTests.Template("week", Hours()));
        await LimitAsync(office, whose, perDay, perWeek, hasTemplate);
        return office;
    }

    private static async Task LimitAsync(Office office, string whose, int? perDay, int? perWeek = null, bool hasTemplate = false)
    {
        var limits = new[] { perDay is { } d ? Limit("day", d) : null, perWeek is { } w ? Limit("week", w) : null }.OfType<string>().ToList();
        var week = $$"""{"url":"{{Extension}}availability-template","valueReference":{"reference":"Basic/week"} }""";
        var ofSchedule = (whose == "Schedule" ? limits : []).Concat(hasTemplate ? [week] : []).ToList();
        await office.PutAsync($$"""
            {"resourceType":"HealthcareService","id":"advice","active":true{{Extensions(whose == "Schedule" ? [] : limits)}} }
            """);
        await office.PutAsync($$"""
            {"resourceType":"Schedule","id":"a","active":true{{Extensions(ofSchedule)}},
             "actor":[{"reference":"Practitioner/a"},{"reference":"HealthcareService/advice"}]}
            """);
    }

    private const string Buffer =
        $$"""{"url":"{{Extension}}buffer-after","valueDuration":{"value":10,"system":"http://unitsofmeasure.org","code":"min"} }""";

    private static Task AskAsync(Office office, string extensions) => office.PutAsync($$"""
        {"resourceType":"Schedule","id":"a","active":true,"extension":[{{extensions}}],
         "actor":[{"reference":"Practitioner/a"},{"reference":"HealthcareService/advice"}]}
        """);

    /// <summary>Of the Slots from nine to twelve: the status, or the tag of the rule that closed it.</summary>
    private static async Task<string[]> TagsAsync(Office office)
    {
        var told = new List<string>();
        for (var hour = 9; hour < 13; hour++)
        {
            var slot = (await office.GetAsync($"Slot/s{hour}")).Body;
            told.Add(slot["meta"]?["tag"]?[0]?["code"]?.ToString() ?? slot["status"]!.ToString());
        }
        return [.. told];
    }

    private static string Extensions(List<string> given) => given.Count == 0 ? "" : $",\"extension\":[{string.Join(',', given)}]";

    private static string Limit(string span, int most) =>
        $$"""{"url":"{{Extension}}booking-limit-{{span}}","valuePositiveInt":{{most}} }""";

    private static JsonObject Hours()
    {
        var entry = ApplyTemplateTests.Entry("mon", "09:00", "12:00");
        entry["extension"]!.AsArray().First(p => p!["url"]!.ToString() == "slotMinutes")!["valueInteger"] = 60;
        return entry;
    }
}

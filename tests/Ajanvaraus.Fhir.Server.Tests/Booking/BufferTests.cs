using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Operations;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Time to prepare before and to clear up after bookings: docs/scheduling-rules.md, Buffers.</summary>
public sealed class BufferTests
{
    private const string Extension = "https://ajanvaraus.example/fhir/StructureDefinition/";

    /// <summary>Whether the Schedule says it or a service among its actors: every door keeps ten minutes before, five after.</summary>
    [DatabaseTheory]
    [EachDatabase("Schedule")]
    [EachDatabase("HealthcareService")]
    public async Task R32_time_beside_a_booking_is_kept_by_every_door(DatabaseEngine engine, string whose)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, whose);
        await Book(office, "p0", "10:00", "10:30");

        await office.PutSlotAsync("near", "a", "10:40", "11:00");
        await office.PutSlotAsync("far", "a", "10:45", "11:00");
        var refused = new[]
        {
            await Book(office, "p1", "10:44", "11:00"),
            await Book(office, "p1", "09:00", "09:46"),
            await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/near"), ("patient", "Patient/p1"))),
            await office.PostAsync("Appointment", Office.Appointment("p1", "near", "10:40", "11:00")),
            await office.PostAsync("", Transaction(Office.Appointment("p1", "near", "10:40", "11:00"))),
            await office.PostAsync("Appointment", Office.Appointment("p1", null, "10:34", "11:00", actors: "Practitioner/a")),
        };
        var before = await Book(office, "p1", "09:00", "09:45");
        var after = await office.PostAsync("Appointment", Office.Appointment("p2", "far", "10:45", "11:00"));
        var moved = await office.PostAsync($"Appointment/{after.Id}/$reschedule", Parameters(Value("start", "DateTime", Office.At("10:40"))));
        var series = await Book(office, "p3", "11:10", "11:30", Value("recurrence", "String", "R2/P1W"));

        foreach (var answer in refused.Append(moved).Append(series))
        {
            answer.Status.Should().Be(409, answer.Text);
            answer.Rules.Should().Contain("slot-unavailable");
        }
        before.Status.Should().Be(201, before.Text);
        after.Status.Should().Be(201, after.Text);
        (await office.CountAsync("Appointment?status=booked")).Should().Be(3);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R32_slots_are_shown_free_exactly_while_they_can_be_booked(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        for (var n = 0; n < 6; n++)
            await office.PutSlotAsync($"s{n}", "a", $"{9 + (n / 2):00}:{30 * (n % 2):00}", $"{9 + ((n + 1) / 2):00}:{30 * ((n + 1) % 2):00}");
        await office.PutSlotAsync("day", "a", "12:00", "16:00");

        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", "s2", "10:00", "10:30"));
        var shown = await FreeAsync(office);
        var found = await Found.FindAsync(office, "schedule=a");
        var late = await office.PostAsync("Appointment", Office.Appointment("p1", "s5", "11:30", "12:00"));
        var shownThen = await FreeAsync(office);
        var foundThen = await Found.FindAsync(office, "schedule=a");
        var closed = await office.GetAsync("Slot/s3");
        var refused = await office.PostAsync("Appointment", Office.Appointment("p2", "s3", "10:30", "11:00"));
        var visit = (await office.GetAsync($"Appointment/{booked.Id}")).Body;
        await office.PostAsync($"Appointment/{booked.Id}/$cancel", Office.Parameters());
        await office.PostAsync($"Appointment/{late.Id}/$cancel", Office.Parameters());
        var shownLast = await FreeAsync(office);

        shown.Should().Equal("09:00-09:30", "11:00-11:30", "11:30-12:00", "12:00-16:00");
        found.Times.Should().Equal(shown);
        shownThen.Should().Equal("09:00-09:30", "12:15-16:00");
        foundThen.Times.Should().Equal(shownThen);
        closed.Body["status"]!.ToString().Should().Be("busy-unavailable");
        closed.Body["meta"]!["tag"]![0]!["code"]!.ToString().Should().Be("buffer");
        refused.Status.Should().Be(409, refused.Text);
        visit["start"]!.ToString().Should().Be(Office.At("10:00"), "the client sees the visit alone");
        visit["end"]!.ToString().Should().Be(Office.At("10:30"));
        visit["slot"]!.AsArray().Should().ContainSingle();
        shownLast.Should().Equal(
            "09:00-09:30", "09:30-10:00", "10:00-10:30", "10:30-11:00", "11:00-11:30", "11:30-12:00", "12:00-12:15", "12:15-16:00");
        (await office.GetAsync("Slot/s3")).Body["meta"]!["tag"].Should().BeNull();
    }

    [DatabaseTheory, EachDatabase]
    public async Task R20_everything_offered_beside_bookings_can_be_booked_and_times_by_template_are_cut(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", templateMinutes: 180);
        await Book(office, "p0", "10:00", "10:30");
        var searched = (await office.GetAsync($"Slot?schedule=Schedule/a&status=free&start={Office.Day}&_sort=start")).Body["entry"]!.AsArray()
            .Select(e => e!["resource"]!).ToList();
        var found = await Found.FindAsync(office, "schedule=a");
        var part = searched[1];
        var read = await office.GetAsync($"Slot/{part["id"]}");
        var booked = await office.PostAsync("Appointment", Office.Appointment("p1", part["id"]!.ToString(), "10:45", "12:00"));
        var quarter = await Found.FindAsync(office, "schedule=a&patient=Patient/p2&duration=15");

        searched.Select(Span).Should().Equal("09:00-09:45", "10:45-12:00");
        found.Times.Should().Equal("09:00-09:45", "10:45-12:00");
        read.Body["status"]!.ToString().Should().Be("free");
        booked.Status.Should().Be(201, booked.Text);
        quarter.Times.Should().Equal("09:00-09:15", "09:15-09:30", "09:30-09:45");
        var last = await office.PostAsync("Appointment/$book", quarter.Matches[2].ToJsonString());
        last.Status.Should().Be(201, last.Text);
        (await Found.FindAsync(office, "schedule=a&duration=15")).Times.Should().Equal("09:00-09:15");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Short_times_by_template_beside_a_booking_are_closed_until_it_is_cancelled(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", templateMinutes: 30);
        var slots = (await Found.FindAsync(office, "schedule=a")).Matches.Select(m => m["slot"]![0]!["reference"]!.ToString()["Slot/".Length..]).ToList();

        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", slots[2], "10:00", "10:30"));
        var shown = await FreeAsync(office);
        var found = await Found.FindAsync(office, "schedule=a");
        var read = await office.GetAsync($"Slot/{slots[3]}");
        var refused = await office.PostAsync("Appointment", Office.Appointment("p1", slots[3], "10:30", "11:00"));
        await office.PostAsync($"Appointment/{booked.Id}/$cancel", Office.Parameters());

        booked.Status.Should().Be(201, booked.Text);
        shown.Should().Equal("09:00-09:30", "11:00-11:30", "11:30-12:00");
        found.Times.Should().Equal(shown);
        read.Body["status"]!.ToString().Should().Be("busy-unavailable");
        refused.Status.Should().Be(409, refused.Text);
        (await FreeAsync(office)).Should().HaveCount(6);
        (await office.GetAsync($"Slot/{slots[3]}")).Body["status"]!.ToString().Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R46_slots_written_beside_a_booking_and_buffers_that_come_later_are_shown_as_they_hold(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "HealthcareService");
        var booked = await Book(office, "p0", "10:00", "10:30");

        await office.PutSlotAsync("beside", "a", "10:30", "11:00");
        var written = await office.GetAsync("Slot/beside");
        await office.PutAsync("""{"resourceType":"HealthcareService","id":"advice","active":true}""");
        var without = await FreeAsync(office);
        await office.PutAsync($$"""{"resourceType":"HealthcareService","id":"advice","active":true,"extension":[{{Buffer("after", 10)}}]}""");
        var again = await FreeAsync(office);
        var confirmed = await office.GetAsync($"Appointment/{booked.Id}");

        written.Body["status"]!.ToString().Should().Be("busy-unavailable");
        without.Should().Equal("10:30-11:00");
        again.Should().BeEmpty();
        confirmed.ETag.Should().Be(booked.ETag, "bookings stay as they are");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Explanation_tells_of_buffers(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        await office.PutSlotAsync("early", "a", "09:30", "10:00");
        await Book(office, "p0", "10:00", "10:30");

        var found = await Found.FindAsync(office, "schedule=a&explain=true");

        found.Times.Should().BeEmpty();
        found.Remarks.Should().Contain("AJV-4174");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R32_of_many_who_book_at_once_no_two_get_times_nearer_than_the_buffers(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i =>
        {
            var start = (9 * 60) + (i * 5);
            return Book(office, $"p{i % 10}", Clock(start), Clock(start + 20));
        }));

        var booked = answers.Where(a => a.Status == 201).Select(a => DateTimeOffset.Parse(a.Appointment["start"]!.ToString(), null))
            .Order().ToList();
        answers.Should().OnlyContain(a => a.Status == 201 || a.Status == 409);
        booked.Count.Should().BeGreaterThan(1);
        booked.Zip(booked.Skip(1)).Should().OnlyContain(pair => pair.Second - pair.First >= TimeSpan.FromMinutes(35));
    }

    [DatabaseTheory, EachDatabase]
    public async Task Journey_follows_its_meeting_at_once_and_both_move_together(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");

        var booked = await Book(office, "p0", "10:00", "11:00", Value("travel-before", "Integer", 30), Value("travel-after", "Integer", 30));
        var moved = await office.PostAsync($"Appointment/{booked.Id}/$reschedule", Parameters(Value("start", "DateTime", Office.At("10:15"))));
        var near = await Book(office, "p1", "11:45", "12:00");
        var later = await Book(office, "p1", "11:55", "12:15");

        booked.Status.Should().Be(201, booked.Text);
        moved.Status.Should().Be(200, moved.Text);
        near.Status.Should().Be(409, "ten minutes to prepare do not fit after the journey");
        later.Status.Should().Be(201, later.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Hold_that_ends_opens_what_it_closed_and_its_holder_may_move_on(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        await office.PutSlotAsync("one", "a", "09:00", "09:30");
        await office.PutSlotAsync("two", "a", "09:30", "10:00");

        var hold = await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/one"), ("patient", "Patient/p0"), ("hold-seconds", 60)));
        var held = await FreeAsync(office);
        var other = await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/two"), ("patient", "Patient/p0"), ("hold-seconds", 60)));
        var movedOn = await FreeAsync(office);
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        var ended = await FreeAsync(office);

        hold.Status.Should().Be(201, hold.Text);
        held.Should().BeEmpty();
        other.Status.Should().Be(201, other.Text);
        movedOn.Should().BeEmpty();
        ended.Should().Equal("09:00-09:30", "09:30-10:00");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Reassignment_places_a_booking_only_where_its_buffers_fit(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        await BookInAsync(office, "b", "p0", "10:00", "10:30");
        await BookInAsync(office, "b", "p1", "12:00", "12:30");
        await BookInAsync(office, "a", "p2", "10:35", "11:00");

        var given = await office.PostAsync("Schedule/b/$reassign", Parameters(
            Value("period", "Period", new JsonObject { ["start"] = Office.Day, ["end"] = Office.Day }),
            Reference("candidate", "Schedule/a")));

        given.Status.Should().Be(200, given.Text);
        (await office.CountAsync("Appointment?actor=Practitioner/b&status=booked")).Should().Be(1);
        (await office.CountAsync("Appointment?actor=Practitioner/a&status=booked")).Should().Be(2);
    }

    internal static Task<Answer> Book(Office office, string patient, string from, string to, params JsonObject[] more) =>
        BookInAsync(office, "a", patient, from, to, more);

    internal static Task<Answer> BookInAsync(
        Office office, string schedule, string patient, string from, string to, params JsonObject[] more) =>
        office.PostAsync("Appointment/$book", Parameters(
        [
            new JsonObject { ["name"] = "appt-resource", ["resource"] = JsonNode.Parse(Office.Appointment(patient, null, from, to)) },
            Reference("schedule", $"Schedule/{schedule}"), .. more,
        ]));

    private static string Transaction(string appointment) => $$"""
        {"resourceType":"Bundle","type":"transaction","entry":[
          {"resource":{{appointment}},"request":{"method":"POST","url":"Appointment"} }]}
        """;

    internal static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";

    internal static string Span(JsonNode resource) => $"{resource["start"]!.ToString()[11..16]}-{resource["end"]!.ToString()[11..16]}";

    private static async Task<string[]> FreeAsync(Office office) =>
    [
        .. ((await office.GetAsync($"Slot?schedule=Schedule/a&status=free&start={Office.Day}&_sort=start")).Body["entry"] as JsonArray ?? [])
            .Select(e => Span(e!["resource"]!)),
    ];

    internal static async Task<Office> OpenAsync(FhirServer server, string whose, int? templateMinutes = null)
    {
        var office = await Office.OpenAsync(server.Http);
        if (templateMinutes is { } minutes)
            await office.PutAsync(ApplyTemplateTests.Template("week", Day("09:00", "12:00", minutes)));
        var week = templateMinutes is not null ? $$"""{"url":"{{Extension}}availability-template","valueReference":{"reference":"Basic/week"} },""" : "";
        var buffers = $"{Buffer("before", 10)},{Buffer("after", 5)}";
        var (ofSchedule, ofService) = whose == "Schedule" ? (buffers, "") : ("", $",\"extension\":[{buffers}]");
        var extensions = (week + ofSchedule).TrimEnd(',');
        await office.PutAsync($$"""{"resourceType":"HealthcareService","id":"advice","active":true{{ofService}} }""");
        await office.PutAsync($$"""
            {"resourceType":"Schedule","id":"a","active":true{{(extensions.Length > 0 ? $",\"extension\":[{extensions}]" : "")}},
             "actor":[{"reference":"Practitioner/a"},{"reference":"HealthcareService/advice"}]}
            """);
        return office;
    }

    internal static string Buffer(string side, int minutes) => $$"""
        {"url":"{{Extension}}buffer-{{side}}","valueDuration":{"value":{{minutes}},"system":"http://unitsofmeasure.org","code":"min"} }
        """;

    private static JsonObject Day(string from, string to, int minutes)
    {
        var entry = ApplyTemplateTests.Entry("mon", from, to);
        entry["extension"]!.AsArray().First(p => p!["url"]!.ToString() == "slotMinutes")!["valueInteger"] = minutes;
        return entry;
    }
}

using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Operations;

using static Ajanvaraus.Fhir.Server.Tests.Booking.BufferTests;
using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Journeys between bookings at different places: docs/scheduling-rules.md, Journeys.</summary>
public sealed class TravelTests
{
    private const string Extension = "https://ajanvaraus.example/fhir/StructureDefinition/";

    [DatabaseTheory]
    [EachDatabase("Schedule")]
    [EachDatabase("HealthcareService")]
    public async Task N4_the_way_between_places_is_kept_by_every_door(DatabaseEngine engine, string whose)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, whose);
        await Book(office, "p0", "10:00", "10:30");

        var visit = Office.Appointment("p1", "near", "10:40", "11:00", actors: "Location/home");
        var refused = new[]
        {
            await office.PostAsync("Appointment", visit),
            await office.PostAsync("Appointment", Office.Appointment("p1", null, "10:49", "11:20", actors: ["Practitioner/a", "Location/home"])),
            await office.PostAsync("Appointment", Office.Appointment("p1", null, "09:00", "09:41", actors: ["Practitioner/a", "Location/home"])),
            await office.PostAsync("", $$"""
                {"resourceType":"Bundle","type":"transaction","entry":[{"resource":{{visit}},"request":{"method":"POST","url":"Appointment"} }]}
                """),
        };
        var inOffice = await office.PostAsync("Appointment", Office.Appointment("p1", "near", "10:40", "11:00"));
        var atHome = await office.PostAsync(
            "Appointment", Office.Appointment("p2", null, "11:20", "11:50", actors: ["Practitioner/a", "Location/home"]));
        var moved = await office.PostAsync($"Appointment/{atHome.Id}/$reschedule", Parameters(Value("start", "DateTime", Office.At("11:15"))));

        foreach (var answer in refused.Append(moved))
        {
            answer.Status.Should().Be(409, answer.Text);
            answer.Rules.Should().Contain("slot-unavailable");
        }
        inOffice.Status.Should().Be(201, inOffice.Text);
        atHome.Status.Should().Be(201, atHome.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R20_search_offers_what_the_way_leaves_and_slots_show_the_same(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        await office.PutSlotAsync("later", "a", "11:00", "11:30");
        var visit = await office.PostAsync("Appointment", Office.Appointment("p0", null, "09:00", "09:50", actors: ["Practitioner/a", "Location/home"]));

        var found = await Found.FindAsync(office, "schedule=a&explain=true");
        var shown = await office.SlotStatusAsync("beside");
        var refused = await office.PostAsync("Appointment", Office.Appointment("p1", "beside", "10:00", "10:30"));
        var booked = await office.PostAsync("Appointment/$book", found.Matches[0].ToJsonString());
        await office.PostAsync($"Appointment/{visit.Id}/$cancel", Office.Parameters());

        found.Times.Should().Equal("10:40-11:00", "11:00-11:30");
        found.Remarks.Should().Contain("AJV-4177");
        shown.Should().Be("busy-unavailable");
        refused.Status.Should().Be(409, refused.Text);
        booked.Status.Should().Be(201, booked.Text);
        (await office.SlotStatusAsync("beside")).Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Journey_that_is_booked_with_the_visit_stands_in_place_of_the_computed_one(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        await Book(office, "p0", "09:00", "09:30");

        var visit = await BookAtHomeAsync(office, "p1", "09:35", "10:00", Value("travel-before", "Integer", 5));
        var back = await Book(office, "p2", "10:10", "10:20");
        var again = await BookAtHomeAsync(office, "p3", "12:00", "12:30", Value("travel-before", "Integer", 5), Value("travel-after", "Integer", 10));
        var next = await Book(office, "p4", "12:40", "13:00");
        var moved = await office.PostAsync($"Appointment/{again.Id}/$reschedule", Parameters(Value("start", "DateTime", Office.At("11:50"))));

        visit.Status.Should().Be(201, visit.Text);
        back.Status.Should().Be(409, "no journey from the visit is booked");
        again.Status.Should().Be(201, again.Text);
        next.Status.Should().Be(201, next.Text);
        moved.Status.Should().Be(200, moved.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Meeting_of_two_moves_with_the_journey_of_one_and_keeps_the_way_of_the_other(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        await office.PutAsync(TravellingCalendar("b"));
        var meeting = await office.PostAsync("Appointment/$book?schedule=Schedule/a&schedule=Schedule/b", Office.Appointment(
            "p0", null, "12:00", "12:30", "proposed", actors: ["Practitioner/a", "Practitioner/b", "Location/home"]));
        var journey = JsonNode.Parse(Office.Appointment("p0", null, "11:50", "12:00", actors: "Practitioner/a"))!;
        journey["participant"]!.AsArray().RemoveAt(0);
        journey["extension"] = JsonNode.Parse($$"""[{"url":"{{Extension}}travel-for","valueReference":{"reference":"Appointment/{{meeting.Id}}"} }]""");
        var written = await office.PostAsync("Appointment", journey.ToJsonString());
        await Book(office, "p1", "09:00", "09:50");
        var hers = await office.PostAsync("Appointment/$book?schedule=Schedule/b", Office.Appointment("p2", null, "13:20", "13:55", "proposed"));

        var alone = await office.PostAsync($"Appointment/{meeting.Id}/$reschedule", Parameters(Value("start", "DateTime", Office.At("14:05"))));
        var both = await office.PostAsync($"Appointment/{meeting.Id}/$reschedule", Parameters(Value("start", "DateTime", Office.At("10:00"))));

        meeting.Status.Should().Be(201, meeting.Text);
        written.Status.Should().Be(201, written.Text);
        hers.Status.Should().Be(201, hers.Text);
        alone.Status.Should().Be(409, "nobody has booked a journey for b");
        both.Status.Should().Be(200, "the journey of a is as short as it was booked");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Place_with_an_id_of_64_characters_is_as_far_away_as_its_row_says(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        var place = "Z" + new string('y', 63);
        await office.PutAsync(Location(place, "office", 20));
        var visit = await office.PostAsync(
            "Appointment", Office.Appointment("p0", null, "09:00", "09:50", actors: ["Practitioner/a", $"Location/{place}"]));

        var early = await office.PostAsync("Appointment", Office.Appointment("p1", "beside", "10:00", "10:30"));
        var late = await office.PostAsync("Appointment", Office.Appointment("p1", "near", "10:40", "11:00"));

        visit.Status.Should().Be(201, visit.Text);
        early.Status.Should().Be(409, early.Text);
        late.Status.Should().Be(201, late.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Booking_that_stands_is_confirmed_where_it_is_and_refused_where_nobody_can_come(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        await Book(office, "p0", "10:00", "10:30");
        var booked = await office.PostAsync("Appointment", Office.Appointment("p1", "near", "10:40", "11:00"));

        var elsewhere = await office.SendAsync(HttpMethod.Put, $"Appointment/{booked.Id}",
            Elsewhere(booked.Appointment.DeepClone()).ToJsonString());
        var checkedIn = await office.PostAsync($"Appointment/{booked.Id}/$check-in", Office.Parameters());

        elsewhere.Status.Should().Be(409, elsewhere.Text);
        checkedIn.Status.Should().Be(200, checkedIn.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Row_of_the_matrix_that_changes_counts_at_once(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        await Book(office, "p0", "10:00", "10:30");
        await office.PutAsync(Location("office", "home", 5));

        var back = await office.PostAsync(
            "Appointment", Office.Appointment("p1", null, "09:00", "09:55", actors: ["Practitioner/a", "Location/home"]));
        var there = await office.PostAsync(
            "Appointment", Office.Appointment("p2", null, "10:35", "11:00", actors: ["Practitioner/a", "Location/home"]));

        back.Status.Should().Be(409, "the way back has a row of its own");
        there.Status.Should().Be(201, there.Text);
    }

    [DatabaseTheory]
    [EachDatabase("home")]
    [EachDatabase("office")]
    public async Task Slots_beside_bookings_are_shown_anew_when_a_row_of_the_matrix_changes(DatabaseEngine engine, string whose)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        await office.PutAsync("""{"resourceType":"Location","id":"home","status":"active"}""");
        await office.PutAsync("""{"resourceType":"Location","id":"office","status":"active"}""");
        await office.PostAsync("Appointment", Office.Appointment("p0", null, "09:00", "09:50", actors: ["Practitioner/a", "Location/home"]));
        var other = whose == "home" ? "office" : "home";

        var before = await office.SlotStatusAsync("beside");
        await office.PutAsync(Location(whose, other, 20));
        var far = await office.SlotStatusAsync("beside");
        var patched = await office.PatchAsync($"Location/{whose}", """[{"op":"replace","path":"/extension/0/extension/1/valueDuration/value","value":5}]""");
        var near = await office.SlotStatusAsync("beside");
        await office.PutAsync(Location(whose, other, 15));
        var farther = await office.SlotStatusAsync("beside");
        await office.PutAsync($$"""{"resourceType":"Location","id":"{{whose}}","status":"active"}""");

        patched.Status.Should().Be(200, patched.Text);
        (before, far, near, farther).Should().Be(("free", "busy-unavailable", "free", "busy-unavailable"));
        (await office.SlotStatusAsync("beside")).Should().Be("free");
    }

    /// <summary>Sixteen kilometres by the line, at sixty an hour: sixteen minutes; no row says it.</summary>
    [DatabaseTheory, EachDatabase]
    public async Task Distance_tells_the_way_where_the_calendar_goes_by_it(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", """
            {"url":"distance","valueBoolean":true},{"url":"speed","valueQuantity":{"value":60,"system":"http://unitsofmeasure.org","code":"km/h"}},{"url":"detour","valueDecimal":1}
            """);
        await office.PutAsync("""{"resourceType":"Location","id":"office","status":"active","position":{"longitude":25.0,"latitude":60.0}}""");
        await office.PutAsync("""{"resourceType":"Location","id":"home","status":"active","position":{"longitude":25.0,"latitude":60.143}}""");
        await Book(office, "p0", "10:00", "10:30");

        var early = await office.PostAsync(
            "Appointment", Office.Appointment("p1", null, "10:45", "11:00", actors: ["Practitioner/a", "Location/home"]));
        var late = await office.PostAsync(
            "Appointment", Office.Appointment("p1", null, "10:46", "11:00", actors: ["Practitioner/a", "Location/home"]));

        early.Status.Should().Be(409, early.Text);
        late.Status.Should().Be(201, late.Text);
    }

    private static JsonNode Elsewhere(JsonNode appointment)
    {
        appointment["participant"]!.AsArray().Insert(0, new JsonObject
        {
            ["actor"] = new JsonObject { ["reference"] = "Location/home" },
            ["status"] = "accepted",
        });
        return appointment;
    }

    private static Task<Answer> BookAtHomeAsync(Office office, string patient, string from, string to, params JsonObject[] more) =>
        office.PostAsync("Appointment/$book", Parameters(
        [
            new JsonObject
            {
                ["name"] = "appt-resource",
                ["resource"] = JsonNode.Parse(Office.Appointment(patient, null, from, to, actors: "Location/home")),
            },
            Reference("schedule", "Schedule/a"), .. more,
        ]));

    private static string Location(string id, string to, int minutes) => $$"""
        {"resourceType":"Location","id":"{{id}}","status":"active","extension":[{"url":"{{Extension}}travel-time","extension":[
          {"url":"to","valueReference":{"reference":"Location/{{to}}"} },
          {"url":"time","valueDuration":{"value":{{minutes}},"system":"http://unitsofmeasure.org","code":"min"} }]}]}
        """;

    private static string TravellingCalendar(string id) => $$"""
        {"resourceType":"Schedule","id":"{{id}}","active":true,"extension":[{"url":"{{Extension}}travel","extension":[{"url":"distance","valueBoolean":false}]}],
         "actor":[{"reference":"Practitioner/{{id}}"},{"reference":"Location/office"}]}
        """;

    /// <summary>The calendar a of the office, from which it is twenty minutes to the home and as long back.</summary>
    private static async Task<Office> OpenAsync(FhirServer server, string whose, string travel = """{"url":"distance","valueBoolean":false}""")
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(Location("office", "home", 20));
        await office.PutAsync(Location("home", "office", 20));
        var rule = $$""","extension":[{"url":"{{Extension}}travel","extension":[{{travel}}]}]""";
        await office.PutAsync($$"""{"resourceType":"HealthcareService","id":"advice","active":true{{(whose == "Schedule" ? "" : rule)}} }""");
        await office.PutAsync($$"""
            {"resourceType":"Schedule","id":"a","active":true{{(whose == "Schedule" ? rule : "")}},
             "actor":[{"reference":"Practitioner/a"},{"reference":"HealthcareService/advice"},{"reference":"Location/office"}]}
            """);
        await office.PutSlotAsync("beside", "a", "10:00", "10:30");
        await office.PutSlotAsync("near", "a", "10:40", "11:00");
        return office;
    }
}

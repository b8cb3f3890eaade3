using System.Text.Json.Nodes;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Absences, and bookings that go to others; arrival, no-show and their undoing; answers of participants.</summary>
public sealed class AbsenceTests
{
    [DatabaseTheory, EachDatabase]
    public async Task R35_An_absence_closes_every_calendar_of_its_owner_and_lists_the_bookings(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var booked = await BookAsync(office, "a9");
        var other = await BookAsync(office, "second");

        var absent = await AbsenceAsync(office);
        var again = await AbsenceAsync(office);
        var late = await BookAsync(office, "a10");
        var checkedIn = await office.PostAsync($"Appointment/{booked.Id}/$check-in", Parameters());
        await office.PostAsync($"Appointment/{other.Id}/$cancel", Parameters());
        var found = await office.GetAsync($"Appointment/$find?start={Office.Day}&end={Office.Day}&practitioner=Practitioner/a");

        absent.Status.Should().Be(200, absent.Text);
        Named(absent, "appointment").Select(p => p["valueReference"]!["reference"]!.ToString())
            .Should().Equal($"Appointment/{booked.Id}", $"Appointment/{other.Id}");
        Named(absent, "blocked").Single()["valueInteger"]!.GetValue<int>().Should().Be(2);
        Named(again, "blocked").Single()["valueInteger"]!.GetValue<int>().Should().Be(0);
        (await office.SlotStatusAsync("a10")).Should().Be("busy-unavailable");
        late.Status.Should().Be(409);
        late.Rules.Should().Contain("outside-availability");
        checkedIn.Status.Should().Be(200, "a booking that stands is not taken away by an absence");
        found.Body["total"]!.GetValue<int>().Should().Be(0, "what a booking gives up stays closed");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R53_N3_Bookings_are_proposed_then_moved_to_others_and_nobody_is_lost(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var first = await BookAsync(office, "a9");
        var second = await BookAsync(office, "a10");
        await BookTimeAsync(office, "b", "10:00", "11:00");
        await BookTimeAsync(office, "c", "10:30", "10:45");
        await AbsenceAsync(office);

        var proposed = await ReassignAsync(office, isDryRun: true);
        var unmoved = await office.GetAsync($"Appointment/{first.Id}");
        var moved = await ReassignAsync(office, isDryRun: false);
        var after = await office.GetAsync($"Appointment/{first.Id}");
        var unplaced = await office.GetAsync($"Appointment/{second.Id}");

        proposed.Status.Should().Be(200, proposed.Text);
        Outcomes(proposed).Should().Equal("proposed", "unplaced");
        ActorsOf(unmoved.Body).Should().Contain("Practitioner/a");
        Outcomes(moved).Should().Equal(["moved", "unplaced"], moved.Text);
        ActorsOf(after.Body).Should().Contain(["Patient/p1", "Practitioner/b"]).And.NotContain("Practitioner/a");
        after.Body["start"]!.ToString().Should().Be(Office.At("09:00"));
        (unplaced.Body["status"]!.ToString(), ActorsOf(unplaced.Body).Contains("Practitioner/a")).Should().Be(("booked", true));
        (await BookTimeAsync(office, "b", "09:00", "09:30")).Status.Should().Be(409, "the receiver is taken");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R69_Arrival_no_show_and_their_undoing_follow_the_table(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var id = (await BookAsync(office, "a9")).Id;

        (string Operation, string? Reason, int Status, string? Becomes)[] steps =
        [
            ("$check-in", null, 200, "checked-in"), ("$check-in", null, 200, "checked-in"), ("$cancel", null, 409, null),
            ("$no-show", null, 200, "noshow"), ("$undo", null, 400, null), ("$undo", "wrong client", 200, "booked"),
            ("$fulfill", null, 200, "fulfilled"), ("$check-in", null, 409, null),
        ];
        foreach (var (operation, reason, status, becomes) in steps)
        {
            var answer = await office.PostAsync($"Appointment/{id}/{operation}",
                reason is null ? Parameters() : Parameters(Value("reason", "String", reason)));

            answer.Status.Should().Be(status, $"{operation}: {answer.Text}");
            if (becomes is not null)
                answer.Appointment["status"]!.ToString().Should().Be(becomes);
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_response_sets_the_status_of_its_participant_in_the_same_transaction(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var id = (await BookAsync(office, "a9")).Id;

        var answered = await office.PostAsync("AppointmentResponse", Response(id, "Patient/p1", "tentative"));
        var stranger = await office.PostAsync("AppointmentResponse", Response(id, "Patient/p2", "declined"));
        var elsewhere = await office.PostAsync("AppointmentResponse", Response("unknown", "Patient/p2", "declined"));
        var appointment = await office.GetAsync($"Appointment/{id}");

        new[] { answered.Status, stranger.Status, elsewhere.Status }.Should().Equal(201, 201, 201);
        appointment.Body["participant"]!.AsArray()
            .Select(p => (p!["actor"]!["reference"]!.ToString(), p["status"]!.ToString()))
            .Should().Contain(("Patient/p1", "tentative")).And.Contain(("Practitioner/a", "accepted"));
        appointment.ETag.Should().Be("W/\"2\"", "one answer changed it");
        (await office.SlotStatusAsync("a9")).Should().Be("busy");
    }

    [DatabaseTheory]
    [EachDatabase("$absence", """{"name":"period","valuePeriod":{"start":"2027-02-02","end":"2027-02-01"}}""", 422)]
    [EachDatabase("$absence", """{"name":"period","valueString":"tomorrow"}""", 422)]
    [EachDatabase("$absence", """{"name":"reason","valueString":"ill"}""", 400)]
    [EachDatabase("$reassign", """{"name":"period","valuePeriod":{"start":"2027-02-01","end":"2027-02-01"}}""", 400)]
    public async Task What_cannot_be_is_refused(DatabaseEngine engine, string operation, string parameter, int status)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var refused = await office.PostAsync(
            $"Schedule/a/{operation}", $$"""{"resourceType":"Parameters","parameter":[{{parameter}}]}""");

        refused.Status.Should().Be(status, refused.Text);
        refused.Body["resourceType"]!.ToString().Should().Be("OperationOutcome");
    }

    private static string Response(string appointment, string actor, string status) => $$"""
        {"resourceType":"AppointmentResponse","appointment":{"reference":"Appointment/{{appointment}}"},
         "actor":{"reference":"{{actor}}"},"participantStatus":"{{status}}"}
        """;

    private static Task<Answer> AbsenceAsync(Office office) => office.PostAsync("Schedule/a/$absence", Parameters(Period()));

    private static Task<Answer> ReassignAsync(Office office, bool isDryRun) => office.PostAsync(
        "Schedule/a/$reassign", Parameters(
            Period(), Reference("candidate", "Schedule/b"), Reference("candidate", "Schedule/c"),
            Value("dry-run", "Boolean", isDryRun)));

    private static JsonObject Period() => Value(
        "period", "Period", new JsonObject { ["start"] = Office.Day, ["end"] = Office.Day });

    private static IEnumerable<string> Outcomes(Answer answer) => Named(answer, "assignment")
        .Select(a => a["part"]!.AsArray().Single(p => p!["name"]!.ToString() == "outcome")!["valueCode"]!.ToString());

    private static IEnumerable<JsonNode> Named(Answer answer, string name) =>
        answer.Body["parameter"]!.AsArray().Where(p => p!["name"]!.ToString() == name).Select(p => p!);

    private static IEnumerable<string> ActorsOf(JsonNode appointment) =>
        appointment["participant"]!.AsArray().Select(p => p!["actor"]!["reference"]!.ToString());

    private static Task<Answer> BookAsync(Office office, string slot) => office.PostAsync(
        "Appointment/$book", Office.Parameters(("slot", $"Slot/{slot}"), ("patient", "Patient/p1")));

    private static Task<Answer> BookTimeAsync(Office office, string schedule, string from, string to) => office.PostAsync(
        "Appointment/$book", Parameters(
            Resource("appt-resource", JsonNode.Parse(Office.Appointment("p3", null, from, to, "proposed"))!),
            Reference("schedule", $"Schedule/{schedule}")));

    /// <summary>Practitioner/a has two calendars (a9, a10, a11 in one, second at noon in the other); b and c one each.</summary>
    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync("""{"resourceType":"Practitioner","id":"c","active":true}""");
        await office.PutAsync("""{"resourceType":"Schedule","id":"c","active":true,"actor":[{"reference":"Practitioner/c"}]}""");
        await office.PutAsync("""{"resourceType":"Schedule","id":"a2","active":true,"actor":[{"reference":"Practitioner/a"}]}""");
        await office.PutSlotAsync("a9", "a", "09:00", "10:00");
        await office.PutSlotAsync("a10", "a", "10:00", "11:00");
        await office.PutSlotAsync("a11", "a", "11:00", "11:30");
        await office.PutSlotAsync("second", "a2", "12:00", "13:00");
        return office;
    }
}

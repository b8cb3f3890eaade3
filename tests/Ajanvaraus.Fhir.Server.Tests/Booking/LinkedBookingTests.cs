using System.Text.Json.Nodes;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Travel and documentation that belong to a meeting, and services that a meeting needs beside its professional.</summary>
public sealed class LinkedBookingTests
{
    [DatabaseTheory, EachDatabase]
    public async Task N4_Travel_and_documentation_are_booked_with_their_meeting_or_none_of_them(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);

        var booked = await BookAsync(office, "09:00", "10:00");
        var linked = await LinkedAsync(office, booked.Id);
        var clash = await BookAsync(office, "11:00", "12:00");
        var total = await office.CountAsync("Appointment?date=2027-02-01&status=booked");

        booked.Status.Should().Be(201, booked.Text);
        linked.Select(Span).Should().Equal("08:30-09:00", "10:00-10:20", "10:20-10:30");
        linked.Should().AllSatisfy(a =>
        {
            a["status"]!.ToString().Should().Be("booked");
            a["participant"]!.AsArray().Select(p => p!["actor"]!["reference"]!.ToString()).Should().Equal("Practitioner/a");
        });
        linked.Select(a => a["appointmentType"]!["coding"]![0]!["code"]!.ToString())
            .Should().Equal("matka-aika", "matka-aika", "asiakastyon-kirjaaminen");
        clash.Status.Should().Be(201, "10:30 to 12:30 is free: travel begins where the writing ends");
        total.Should().Be(8);
        var taken = await BookAsync(office, "13:00", "13:30");
        taken.Status.Should().Be(201, taken.Text);
        (await BookAsync(office, "14:15", "14:45")).Status.Should().Be(409, "its travel would begin while the writing goes on");
        (await office.CountAsync("Appointment?date=2027-02-01&status=booked")).Should().Be(12, "nothing of it was kept");
    }

    [DatabaseTheory, EachDatabase]
    public async Task They_move_go_to_others_and_are_cancelled_with_their_meeting(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var booked = await BookAsync(office, "09:00", "10:00");

        var moved = await office.PostAsync($"Appointment/{booked.Id}/$reschedule", Parameters(
            Value("start", "DateTime", Office.At("09:15"))));
        var afterMove = await LinkedAsync(office, booked.Id);
        var put = (await office.GetAsync($"Appointment/{booked.Id}")).Body;
        put["end"] = Office.At("10:45");
        var longer = await office.SendAsync(HttpMethod.Put, $"Appointment/{booked.Id}", put.ToJsonString());
        var afterPut = await LinkedAsync(office, booked.Id);
        var given = await office.PostAsync("Schedule/a/$reassign", Parameters(
            Value("period", "Period", new JsonObject { ["start"] = Office.Day, ["end"] = Office.Day }),
            Reference("candidate", "Schedule/b")));
        var afterReassign = await LinkedAsync(office, booked.Id);
        var busy = await office.PostAsync("Appointment", Office.Appointment("p2", null, "08:45", "09:00", actors: "Practitioner/b"));
        var free = await office.PostAsync("Appointment", Office.Appointment("p2", null, "08:45", "09:00", actors: "Practitioner/a"));
        var cancelled = await office.PostAsync($"Appointment/{booked.Id}/$cancel", Parameters());
        var afterCancel = await LinkedAsync(office, booked.Id);

        moved.Status.Should().Be(200, moved.Text);
        afterMove.Select(Span).Should().Equal("08:45-09:15", "10:15-10:35", "10:35-10:45");
        longer.Status.Should().Be(200, longer.Text);
        afterPut.Select(Span).Should().Equal("08:45-09:15", "10:45-11:05", "11:05-11:15");
        given.Status.Should().Be(200, given.Text);
        given.Body["parameter"]!.AsArray().Should().ContainSingle("what belongs to the meeting goes with it");
        afterReassign.Should().AllSatisfy(a => a["participant"]!.AsArray()
            .Select(p => p!["actor"]!["reference"]!.ToString()).Should().Equal("Practitioner/b"));
        busy.Status.Should().Be(409, busy.Text);
        free.Status.Should().Be(201, free.Text);
        cancelled.Status.Should().Be(200, cancelled.Text);
        afterCancel.Should().AllSatisfy(a => a["status"]!.ToString().Should().Be("cancelled"));
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_move_for_which_there_is_no_travel_time_is_refused_whole(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var booked = await BookAsync(office, "09:00", "10:00");
        await office.PostAsync("Appointment", Office.Appointment("p2", null, "12:00", "12:45", actors: "Practitioner/a"));

        var refused = await office.PostAsync($"Appointment/{booked.Id}/$reschedule", Parameters(
            Value("start", "DateTime", Office.At("13:00"))));
        var stays = await office.GetAsync($"Appointment/{booked.Id}");
        var linked = await LinkedAsync(office, booked.Id);
        var checkedIn = await office.PostAsync($"Appointment/{booked.Id}/$check-in", Parameters());

        refused.Status.Should().Be(409, refused.Text);
        stays.Body["start"]!.ToString().Should().Be(Office.At("09:00"));
        linked.Select(Span).Should().Equal("08:30-09:00", "10:00-10:20", "10:20-10:30");
        checkedIn.Status.Should().Be(200, checkedIn.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_cannot_be_linked_is_refused(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);

        var series = await BookAsync(office, "09:00", "10:00", extra: [Value("occurrence-count", "PositiveInt", 2)]);
        var roomOnly = await BookAsync(office, "09:00", "10:00", schedule: "room");
        var unknown = await BookAsync(office, "09:00", "10:00", extra: [Value("additional-service", "Code", "band")]);

        series.Status.Should().Be(422, series.Text);
        roomOnly.Status.Should().Be(422, roomOnly.Text);
        unknown.Status.Should().Be(422, unknown.Text);
        (await office.CountAsync("Appointment?date=2027-02-01")).Should().Be(0);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Additional_services_have_their_own_need_and_state(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        foreach (var id in new[] { "i1", "i2" })
        {
            await office.PutAsync($$"""{"resourceType":"Practitioner","id":"{{id}}","active":true}""");
            await office.PutAsync($$"""
                {"resourceType":"Schedule","id":"{{id}}","active":true,"actor":[{"reference":"Practitioner/{{id}}"}]}
                """);
        }
        await office.PutSlotAsync("i1slot", "i1", "09:00", "10:00");
        var booked = await office.PostAsync("Appointment/$book", Parameters(
            Resource("appointment", JsonNode.Parse(Office.Appointment("p1", null, "09:00", "10:00", "proposed"))!),
            Reference("schedule", "Schedule/a"), Value("additional-service", "Code", "interpreter")));
        var need = booked.Appointment["participant"]!.AsArray().Single(p => p!["actor"] is null)!;

        var found = await FillAsync(office, booked.Id, "i1");
        var taken = await office.SlotStatusAsync("i1slot");
        var other = await office.PostAsync("Appointment", Office.Appointment("p2", null, "09:30", "10:00", actors: "Practitioner/i1"));
        await office.PostAsync("AppointmentResponse", Response(booked.Id, "Practitioner/i1", "declined"));
        var declined = await office.GetAsync($"Appointment/{booked.Id}");
        var freed = await office.SlotStatusAsync("i1slot");
        var replaced = await FillAsync(office, booked.Id, "i2");
        await office.PostAsync("AppointmentResponse", Response(booked.Id, "Practitioner/i2", "accepted"));
        var accepted = await office.GetAsync($"Appointment/{booked.Id}");

        booked.Status.Should().Be(201, booked.Text);
        (need["status"]!.ToString(), need["required"]!.ToString()).Should().Be(("needs-action", "required"));
        need["extension"]![0]!["valueCode"]!.ToString().Should().Be("interpreter");
        found.Status.Should().Be(200, found.Text);
        taken.Should().Be("busy");
        other.Status.Should().Be(409, "the interpreter is taken for the meeting");
        declined.Body["status"]!.ToString().Should().Be("booked", "the meeting stands");
        freed.Should().Be("free", "and the interpreter's time is given back");
        replaced.Status.Should().Be(200, replaced.Text);
        accepted.Body["participant"]!.AsArray().Select(p => p!["status"]!.ToString()).Should().AllBe("accepted");
    }

    private static async Task<Answer> FillAsync(Office office, string id, string interpreter)
    {
        var appointment = (await office.GetAsync($"Appointment/{id}")).Body;
        var need = appointment["participant"]!.AsArray().Single(p => p!["extension"] is not null)!;
        need["actor"] = new JsonObject { ["reference"] = $"Practitioner/{interpreter}" };
        need["status"] = "needs-action";
        return await office.SendAsync(HttpMethod.Put, $"Appointment/{id}", appointment.ToJsonString());
    }

    private static string Response(string appointment, string actor, string status) => $$"""
        {"resourceType":"AppointmentResponse","appointment":{"reference":"Appointment/{{appointment}}"},
         "actor":{"reference":"{{actor}}"},"participantStatus":"{{status}}"}
        """;

    private static string Span(JsonNode appointment) =>
        $"{appointment["start"]!.ToString()[11..16]}-{appointment["end"]!.ToString()[11..16]}";

    private static async Task<JsonNode[]> LinkedAsync(Office office, string meeting) =>
        Resources(await office.GetAsync($"Appointment?meeting=Appointment/{meeting}&_sort=start"));

    /// <summary>Half an hour of travel there, twenty minutes back, ten for writing.</summary>
    private static Task<Answer> BookAsync(
        Office office, string from, string to, string schedule = "a", params JsonObject[] extra) =>
        office.PostAsync("Appointment/$book", Parameters(
        [
            Resource("appointment", JsonNode.Parse(Office.Appointment("p1", null, from, to, "proposed"))!),
            Reference("schedule", $"Schedule/{schedule}"),
            Value("travel-before", "PositiveInt", 30), Value("travel-after", "PositiveInt", 20),
            Value("documentation-after", "PositiveInt", 10), .. extra,
        ]));
}

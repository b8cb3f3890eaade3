using System.Text.Json.Nodes;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Services whose bookings wait until the professionals have accepted.</summary>
public sealed class ApprovalTests
{
    [DatabaseTheory, EachDatabase]
    public async Task R19_A_booking_that_awaits_approval_is_202_and_blocks_its_time(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var asked = await BookAsync(office, "p1");
        var other = await BookAsync(office, "p2");
        server.Clock.Advance(TimeSpan.FromHours(5));
        var later = await BookAsync(office, "p2");
        var confirmed = await office.PostAsync($"Appointment/{asked.Id}/$confirm", Parameters());
        var stored = await office.GetAsync($"Appointment/{asked.Id}");

        asked.Status.Should().Be(202, asked.Text);
        asked.Location!.ToString().Should().Contain($"Appointment/{asked.Id}");
        stored.Body["status"]!.ToString().Should().Be("pending");
        StatusOf(stored.Body, "Practitioner/a").Should().Be("needs-action");
        StatusOf(stored.Body, "Patient/p1").Should().Be("accepted");
        (await office.SlotStatusAsync("s0")).Should().Be("busy-tentative");
        other.Status.Should().Be(409, other.Text);
        later.Status.Should().Be(409, "it waits as long as it takes");
        confirmed.Status.Should().Be(202, "the caller does not approve for the professional");
        stored.ETag.Should().Be("W/\"1\"");
    }

    [DatabaseTheory, EachDatabase]
    public async Task An_accepting_response_of_the_professional_books_it_and_tells_the_client(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var asked = await BookAsync(office, "p1");

        var ofClient = await office.PostAsync("AppointmentResponse", Response(asked.Id, "Patient/p1", "accepted"));
        var between = await office.GetAsync($"Appointment/{asked.Id}");
        var accepted = await office.PostAsync("AppointmentResponse", Response(asked.Id, "Practitioner/a", "accepted"));
        var stored = await office.GetAsync($"Appointment/{asked.Id}");

        ofClient.Status.Should().Be(201, ofClient.Text);
        between.Body["status"]!.ToString().Should().Be("pending");
        accepted.Status.Should().Be(201, accepted.Text);
        stored.Body["status"]!.ToString().Should().Be("booked");
        (await office.SlotStatusAsync("s0")).Should().Be("busy");
        var told = Resources(await office.GetAsync("CommunicationRequest?recipient=Patient/p1"));
        told.Should().ContainSingle();
        told[0]["category"]![0]!["coding"]![0]!["code"]!.ToString().Should().Be("confirmation");
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_declining_response_cancels_it_frees_the_time_and_tells_the_client(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var asked = await BookAsync(office, "p1");

        await office.PostAsync("AppointmentResponse", Response(asked.Id, "Practitioner/a", "declined"));
        var stored = await office.GetAsync($"Appointment/{asked.Id}");
        var next = await BookAsync(office, "p2");

        stored.Body["status"]!.ToString().Should().Be("cancelled");
        stored.Text.Should().Contain("not-approved");
        next.Status.Should().Be(202, "the time is free again");
        var told = Resources(await office.GetAsync("CommunicationRequest?recipient=Patient/p1"));
        told.Should().ContainSingle();
        told[0]["category"]![0]!["coding"]![0]!["code"]!.ToString().Should().Be("cancellation");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Plain_writes_obey_too_and_a_client_of_them_is_never_told_booked(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var booked = await office.PostAsync("Appointment", Office.Appointment("p1", "s0", "09:00", "10:00"));
        var pending = await office.PostAsync("Appointment", Office.Appointment("p1", "s0", "09:00", "10:00", "pending"));
        var appointment = (await office.GetAsync($"Appointment/{pending.Id}")).Body.AsObject();
        var asked = StatusOf(appointment, "Practitioner/a");
        appointment["status"] = "booked";
        var tooSoon = await office.SendAsync(HttpMethod.Put, $"Appointment/{pending.Id}", appointment.ToJsonString());
        foreach (var participant in appointment["participant"]!.AsArray())
            participant!["status"] = "accepted";
        var approved = await office.SendAsync(HttpMethod.Put, $"Appointment/{pending.Id}", appointment.ToJsonString());

        booked.Status.Should().Be(422, booked.Text);
        booked.Rules.Should().Contain("approval-needed");
        pending.Status.Should().Be(201, pending.Text);
        asked.Should().Be("needs-action");
        tooSoon.Status.Should().Be(422, tooSoon.Text);
        approved.Status.Should().Be(200, approved.Text);
        approved.Body["status"]!.ToString().Should().Be("booked");
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_hold_is_asked_about_when_it_is_booked_and_a_pending_one_may_be_cancelled(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var held = await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/s0"), ("patient", "Patient/p1")));

        var booked = await office.PostAsync($"Appointment/{held.Id}/$book", Parameters());
        server.Clock.Advance(TimeSpan.FromHours(1));
        var waiting = await office.GetAsync($"Appointment/{held.Id}");
        var cancelled = await office.PostAsync($"Appointment/{held.Id}/$cancel", Parameters());

        held.Status.Should().Be(201, held.Text);
        booked.Status.Should().Be(202, booked.Text);
        booked.Appointment["extension"].Should().BeNull("it does not end by itself any more");
        (waiting.Body["status"]!.ToString(), StatusOf(waiting.Body, "Practitioner/a")).Should().Be(("pending", "needs-action"));
        cancelled.Body["status"]!.ToString().Should().Be("cancelled");
        (await office.SlotStatusAsync("s0")).Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_series_that_awaits_approval_is_202_and_each_of_its_times_waits(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        string Body(string calendar) => Parameters(
            Resource("appointment", JsonNode.Parse(Office.Appointment("p1", null, "13:00", "14:00", "proposed"))!),
            Reference("schedule", $"Schedule/{calendar}"), Value("occurrence-count", "PositiveInt", 3));

        var asked = await office.PostAsync("Appointment/$book", Body("a"));
        var other = await office.PostAsync("Appointment/$book", Body("b"));
        var first = Resources(asked).First(r => r["resourceType"]!.ToString() == "Appointment");
        await office.PostAsync("AppointmentResponse", Response(first["id"]!.ToString(), "Practitioner/a", "accepted"));

        asked.Status.Should().Be(202, asked.Text);
        asked.Text.Should().Contain("pending-approval");
        StatusesOf(asked).Should().Equal("pending", "pending", "pending");
        other.Status.Should().Be(201, other.Text);
        StatusesOf(other).Should().Equal("booked", "booked", "booked");
        (await office.CountAsync("Appointment?patient=Patient/p1&actor=Practitioner/a&status=booked")).Should().Be(1);
        (await office.CountAsync("Appointment?patient=Patient/p1&actor=Practitioner/a&status=pending")).Should().Be(2);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R19_Of_many_who_ask_at_once_one_waits_and_its_answers_at_once_leave_it_booked_or_free(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        for (var round = 0; round < 6; round++)
        {
            var slot = $"race{round}";
            await office.PutSlotAsync(slot, "a", $"{13 + round}:00", $"{14 + round}:00");

            var asked = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => office.PostAsync(
                "Appointment/$book", Office.Parameters(("slot", $"Slot/{slot}"), ("patient", $"Patient/p{n}")))));
            var waiting = asked.Single(a => a.Status == 202);
            var answers = await Task.WhenAll(new[] { "accepted", "declined", "accepted", "declined" }.Select(status =>
                office.PostAsync("AppointmentResponse", Response(waiting.Id, "Practitioner/a", status))));
            var stored = (await office.GetAsync($"Appointment/{waiting.Id}")).Body;
            var again = await office.PostAsync(
                "Appointment/$book", Office.Parameters(("slot", $"Slot/{slot}"), ("patient", "Patient/p9")));

            asked.Where(a => a.Status != 202).Should().OnlyContain(a => a.Status == 409);
            answers.Should().OnlyContain(a => a.Status == 201 || a.Status == 409);
            answers.Should().Contain(a => a.Status == 201);
            var isBooked = stored["status"]!.ToString() == "booked";
            stored["status"]!.ToString().Should().Be(isBooked ? "booked" : "cancelled");
            again.Status.Should().Be(isBooked ? 409 : 202, again.Text);
            var told = Resources(await office.GetAsync("CommunicationRequest?_count=200"))
                .Where(r => r["about"]![0]!["reference"]!.ToString() == $"Appointment/{waiting.Id}");
            told.Should().ContainSingle().Which["category"]![0]!["coding"]![0]!["code"]!.ToString()
                .Should().Be(isBooked ? "confirmation" : "cancellation");
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task Services_that_ask_for_nothing_are_booked_at_once(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutSlotAsync("b0", "b", "09:00", "10:00");

        var booked = await office.PostAsync("Appointment/$book", Office.Parameters(("slot", "Slot/b0"), ("patient", "Patient/p1")));

        booked.Status.Should().Be(201, booked.Text);
        booked.Appointment["status"]!.ToString().Should().Be("booked");
    }

    private static IEnumerable<string> StatusesOf(Answer series) => Resources(series)
        .Where(r => r["resourceType"]!.ToString() == "Appointment").Select(r => r["status"]!.ToString());

    private static string StatusOf(JsonNode appointment, string actor) => appointment["participant"]!.AsArray()
        .Single(p => p!["actor"]!["reference"]!.ToString() == actor)!["status"]!.ToString();

    private static string Response(string appointment, string actor, string status) => $$"""
        {"resourceType":"AppointmentResponse","appointment":{"reference":"Appointment/{{appointment}}"},
         "actor":{"reference":"{{actor}}"},"participantStatus":"{{status}}"}
        """;

    private static Task<Answer> BookAsync(Office office, string patient) => office.PostAsync(
        "Appointment/$book", Office.Parameters(("slot", "Slot/s0"), ("patient", $"Patient/{patient}")));

    /// <summary>Schedule/a is of a professional and a service that asks for approval.</summary>
    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync("""
            {"resourceType":"HealthcareService","id":"h","active":true,"extension":[
             {"url":"https://ajanvaraus.example/fhir/StructureDefinition/requires-approval","valueBoolean":true}]}
            """);
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"a","active":true,
             "actor":[{"reference":"Practitioner/a"},{"reference":"HealthcareService/h"}]}
            """);
        await office.PutSlotAsync("s0", "a", "09:00", "10:00");
        return office;
    }
}

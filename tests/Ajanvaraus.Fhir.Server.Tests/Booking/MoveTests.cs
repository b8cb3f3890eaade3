namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Moves keep Appointment, Slots and claims in agreement, whichever way they are asked.</summary>
public sealed class MoveTests
{
    private const string Office9To10 = "s";

    [DatabaseTheory, EachDatabase]
    public async Task Update_that_drops_the_slot_and_changes_the_time_moves_within_the_calendar(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync(Office9To10, "a", "09:00", "10:00");
        await office.PutSlotAsync("later", "a", "14:00", "15:00");
        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", Office9To10, "09:00", "10:00"));

        var moved = await office.SendAsync(
            HttpMethod.Put, $"Appointment/{booked.Id}", Office.Appointment("p0", null, "14:00", "15:00", id: booked.Id));
        var other = await office.PostAsync("Appointment", Office.Appointment("p1", "later", "14:00", "15:00"));

        moved.Status.Should().Be(200, moved.Text);
        moved.Appointment["slot"]![0]!["reference"]!.ToString().Should().Be("Slot/later");
        (await office.SlotStatusAsync(Office9To10)).Should().Be("free");
        (await office.SlotStatusAsync("later")).Should().Be("busy");
        other.Status.Should().Be(409);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Update_with_a_new_time_and_the_old_slot_echoed_is_a_move(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("long", "a", "09:00", "12:00");
        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", "long", "09:00", "10:00"));
        var slot = booked.Appointment["slot"]![0]!["reference"]!.ToString()["Slot/".Length..];

        var moved = await office.SendAsync(
            HttpMethod.Put, $"Appointment/{booked.Id}", Office.Appointment("p0", slot, "11:00", "12:00", id: booked.Id));

        moved.Status.Should().Be(200, moved.Text);
        moved.Appointment["start"]!.ToString().Should().Be(Office.At("11:00"));
        (await office.PostAsync("Appointment/$book", $$"""
            {"resourceType":"Parameters","parameter":[{"name":"schedule","valueReference":{"reference":"Schedule/a"} },
             {"name":"appointment","resource":{{Office.Appointment("p1", null, "09:00", "10:00", "proposed")}} }]}
            """)).Status.Should().Be(201);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Update_that_names_an_unknown_slot_is_refused_and_the_booking_stays(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync(Office9To10, "a", "09:00", "10:00");
        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", Office9To10, "09:00", "10:00"));

        var answer = await office.SendAsync(
            HttpMethod.Put, $"Appointment/{booked.Id}", Office.Appointment("p0", "nope", "09:00", "10:00", id: booked.Id));

        answer.Status.Should().Be(422, answer.Text);
        (await office.SlotStatusAsync(Office9To10)).Should().Be("busy");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Reschedule_to_another_professional_leaves_the_first_one_free(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("a9", "a", "09:00", "10:00");
        await office.PutSlotAsync("a10", "a", "10:00", "11:00", "busy-unavailable");
        await office.PutSlotAsync("b10", "b", "10:00", "11:00");
        var booked = await office.PostAsync(
            "Appointment/$book", Office.Parameters(("slot", "Slot/a9"), ("patient", "Patient/p0")));

        var moved = await office.PostAsync(
            $"Appointment/{booked.Id}/$reschedule", Office.Parameters(("slot", "Slot/b10")));

        moved.Status.Should().Be(200, moved.Text);
        moved.Appointment["participant"]!.AsArray().Select(p => p!["actor"]!["reference"]!.ToString())
            .Should().BeEquivalentTo("Patient/p0", "Practitioner/b");
        (await office.SlotStatusAsync("a9")).Should().Be("free");
        (await office.SlotStatusAsync("b10")).Should().Be("busy");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Move_leaves_another_hold_of_the_same_client_alone(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("c1", "a", "09:00", "10:00");
        await office.PutSlotAsync("c2", "a", "11:00", "12:00");
        await office.PutSlotAsync("c3", "a", "13:00", "14:00");
        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", "c1", "09:00", "10:00"));
        await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/c2"), ("patient", "Patient/p0")));

        var moved = await office.PostAsync(
            $"Appointment/{booked.Id}/$reschedule", Office.Parameters(("slot", "Slot/c3")));

        moved.Status.Should().Be(200, moved.Text);
        (await office.SlotStatusAsync("c2")).Should().Be("busy-tentative");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Noshow_is_taken_back_only_with_a_reason(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync(Office9To10, "a", "09:00", "10:00");
        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", Office9To10, "09:00", "10:00"));
        string Status(string status) =>
            Office.Appointment("p0", Office9To10, "09:00", "10:00", status, booked.Id);
        await office.SendAsync(HttpMethod.Put, $"Appointment/{booked.Id}", Status("noshow"));

        var bare = await office.SendAsync(HttpMethod.Put, $"Appointment/{booked.Id}", Status("booked"));
        var reasoned = await office.SendAsync(HttpMethod.Put, $"Appointment/{booked.Id}", Status("booked").Replace(
            "\"status\":\"booked\",",
            """
            "status":"booked","extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/status-reason",
             "valueString":"Marked by mistake"}],
            """, StringComparison.Ordinal));

        bare.Status.Should().Be(409, bare.Text);
        bare.Rules.Should().Contain("wrong-status");
        reasoned.Status.Should().Be(200, reasoned.Text);
        (await office.SlotStatusAsync(Office9To10)).Should().Be("busy");
    }

    [DatabaseTheory]
    [EachDatabase("comment")]
    [EachDatabase("description")]
    public async Task Text_of_an_appointment_beyond_its_limit_is_refused_and_not_cut(DatabaseEngine engine, string element)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        string With(int length) => Office.Appointment("p0", null, "09:00", "10:00", "proposed").Replace(
            "\"status\":\"proposed\",", $"\"status\":\"proposed\",\"{element}\":\"{new string('a', length)}\",",
            StringComparison.Ordinal);

        var longest = await office.PostAsync("Appointment", With(4000));
        var tooLong = await office.PostAsync("Appointment", With(4001));

        longest.Status.Should().Be(201, longest.Text);
        tooLong.Status.Should().Be(422);
        tooLong.IssueCodes.Should().Contain("too-long");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Slot_that_ends_before_it_starts_is_refused(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);

        var answer = await office.SendAsync(HttpMethod.Put, "Slot/x", $$"""
            {"resourceType":"Slot","id":"x","schedule":{"reference":"Schedule/a"},"status":"free",
             "start":"{{Office.At("10:00")}}","end":"{{Office.At("09:00")}}"}
            """);

        answer.Status.Should().Be(422, answer.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Actor_of_a_schedule_with_bookings_to_come_cannot_change(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync(Office9To10, "a", "09:00", "10:00");
        await office.PostAsync("Appointment", Office.Appointment("p0", Office9To10, "09:00", "10:00"));

        var answer = await office.SendAsync(HttpMethod.Put, "Schedule/a", """
            {"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/b"}]}
            """);

        answer.Status.Should().Be(409, answer.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Transaction_cannot_move_a_slot_to_another_calendar_while_booking_it_busy(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync(Office9To10, "a", "09:00", "10:00");

        var answer = await office.PostAsync("", $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"resource":{"resourceType":"Slot","id":"s","schedule":{"reference":"Schedule/b"},"status":"busy",
               "start":"{{Office.At("09:00")}}","end":"{{Office.At("10:00")}}"},
              "request":{"method":"PUT","url":"Slot/s"} },
             {"resource":{{Office.Appointment("p0", "s", "09:00", "10:00")}},"request":{"method":"POST","url":"Appointment"} }]}
            """);

        answer.Status.Should().Be(409, answer.Text);
        (await office.SlotStatusAsync(Office9To10)).Should().Be("free");
    }
}

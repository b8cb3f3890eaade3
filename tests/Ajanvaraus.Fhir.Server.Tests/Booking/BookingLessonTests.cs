using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Operations;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>What clients of other servers missed when they booked, over HTTP.</summary>
public sealed class BookingLessonTests
{
    [DatabaseTheory, EachDatabase]
    public async Task R73_A_booked_appointment_lists_its_slots_however_it_was_booked(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var posted = await office.PostAsync("Appointment", Office.Appointment("p0", "s0", "08:00", "09:00"));
        var held = await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/s1"), ("patient", "Patient/p1")));
        var booked = await office.PostAsync($"Appointment/{held.Id}/$book", Office.Parameters());
        var moved = await office.PostAsync($"Appointment/{held.Id}/$reschedule", Office.Parameters(("slot", "Slot/s2")));
        var found = await office.GetAsync("Appointment?slot=Slot/s2");

        Slots(posted.Appointment).Should().Equal("Slot/s0");
        Slots(booked.Appointment).Should().Equal("Slot/s1");
        Slots(moved.Appointment).Should().Equal("Slot/s2");
        Slots(found.Appointment).Should().Equal("Slot/s2");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R74_The_refusal_names_the_schedule_and_the_interval_that_block(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PostAsync("Appointment", Office.Appointment("p0", "s0", "08:00", "09:00"));

        var refused = await office.PostAsync(
            "Appointment", Office.Appointment("p1", "room0", "08:30", "09:30", actors: "Practitioner/a"));

        refused.Status.Should().Be(409, refused.Text);
        var diagnostics = refused.Body["issue"]!.AsArray().Select(i => i!["diagnostics"]?.ToString()).OfType<string>().ToList();
        diagnostics.Should().ContainSingle().Which.Should()
            .Be($"Practitioner/a {Office.At("08:00")}/{Office.At("09:00")}");
        refused.Text.Should().NotContain("Patient/p0", "whose booking it is stays unsaid");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R77_Many_busy_slots_in_the_window_leave_the_free_one_to_be_found(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var busy = Enumerable.Range(0, 1500).Select(n => $$$"""
            {"resource":{"resourceType":"Slot","id":"busy{{{n}}}","schedule":{"reference":"Schedule/b"},"status":"busy",
             "start":"{{{Office.Day}}}T00:{{{n % 60:D2}}}:00+02:00","end":"{{{Office.Day}}}T{{{1 + (n % 7):D2}}}:{{{n % 60:D2}}}:00+02:00"},
             "request":{"method":"PUT","url":"Slot/busy{{{n}}}"}}
            """);
        var stored = await office.PostAsync(
            "", $$"""{"resourceType":"Bundle","type":"batch","entry":[{{string.Join(',', busy)}}]}""");
        await office.PutSlotAsync("free", "b", "15:00", "16:00");

        var found = await Found.FindAsync(office, "practitioner=Practitioner/b");

        stored.Text.Should().NotContain("\"status\":\"4").And.NotContain("\"status\":\"5");
        found.Answer.Status.Should().Be(200, found.Answer.Text);
        found.Times.Should().Equal("15:00-16:00");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R78_A_full_put_with_status_arrived_works_from_booked_and_its_refusal_names_the_sources(
        DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var first = await office.PostAsync("Appointment", Office.Appointment("p0", "s0", "08:00", "09:00"));
        var second = await office.PostAsync("Appointment", Office.Appointment("p1", "s1", "09:00", "10:00"));
        await office.PostAsync($"Appointment/{second.Id}/$cancel", Office.Parameters());

        var arrived = await PutAsync(office, first.Id, "arrived");
        var late = await PutAsync(office, second.Id, "arrived");
        var back = await PutAsync(office, first.Id, "proposed");

        arrived.Status.Should().Be(200, arrived.Text);
        arrived.Body["status"]!.ToString().Should().Be("arrived");
        late.Status.Should().Be(409, late.Text);
        late.Text.Should().Contain("arrived follows: booked");
        late.Body["issue"]![0]!["expression"]![0]!.ToString().Should().Be("Appointment.status");
        back.Status.Should().Be(409, back.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R80_A_put_with_the_same_id_and_another_slot_moves_the_appointment(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", "s0", "08:00", "09:00"));

        var moved = await office.SendAsync(
            HttpMethod.Put, $"Appointment/{booked.Id}", Office.Appointment("p0", "s1", "09:00", "10:00", id: booked.Id));

        moved.Status.Should().Be(200, moved.Text);
        Slots(moved.Body).Should().Equal("Slot/s1");
        (await office.SlotStatusAsync("s0")).Should().Be("free");
        (await office.SlotStatusAsync("s1")).Should().Be("busy");
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_slot_of_a_calendar_that_it_contains_is_found_but_not_booked(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutAsync($$"""
            {"resourceType":"Slot","id":"inner","contained":[{"resourceType":"Schedule","id":"c","active":true,
             "actor":[{"reference":"Practitioner/a"}]}],"schedule":{"reference":"#c"},"status":"free",
             "start":"{{Office.At("13:00")}}","end":"{{Office.At("14:00")}}"}
            """);

        var found = await office.GetAsync($"Slot?schedule.actor=Practitioner/a&start=ge{Office.Day}T11:00:00Z&_summary=count");
        var refused = await office.PostAsync("Appointment", Office.Appointment("p1", "inner", "13:00", "14:00"));
        var notHeld = await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/inner")));
        var offered = await Found.FindAsync(office, "practitioner=Practitioner/a");

        found.Body["total"]!.GetValue<int>().Should().Be(1);
        refused.Status.Should().Be(422, refused.Text);
        notHeld.Status.Should().Be(422, notHeld.Text);
        offered.Times.Should().NotContain("13:00-14:00");
    }

    /// <summary>As a third party does it: what was read comes back whole, with another status.</summary>
    private static async Task<Answer> PutAsync(Office office, string id, string status)
    {
        var read = (await office.GetAsync($"Appointment/{id}")).Body.AsObject();
        read["status"] = status;
        return await office.SendAsync(HttpMethod.Put, $"Appointment/{id}", read.ToJsonString());
    }

    private static IEnumerable<string> Slots(JsonNode appointment) =>
        appointment["slot"]!.AsArray().Select(s => s!["reference"]!.ToString());

    /// <summary>Slots s0 (08–09) to s2 of Schedule/a, room0 (08–12) of the room.</summary>
    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s0", "a", "08:00", "09:00");
        await office.PutSlotAsync("s1", "a", "09:00", "10:00");
        await office.PutSlotAsync("s2", "a", "10:00", "11:00");
        await office.PutSlotAsync("room0", "room", "08:00", "12:00");
        return office;
    }
}

using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Booking;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Dialects;

/// <summary>Medplum, both generations: copies of Slots contained in the proposal, or Slots as parameters.</summary>
public sealed class MedplumTests
{
    private const string Joint =
        "service-type-reference=HealthcareService/h&schedule=Schedule/a&schedule=Schedule/room&duration=60";

    [DatabaseTheory, EachDatabase]
    public async Task All_schedules_take_part_and_the_proposal_is_held_and_confirmed(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var offers = await FindAsync(office, Joint);

        var held = await office.PostAsync("Appointment/$hold", Parameters(Resource("appointment", offers[0])));
        var confirmed = await office.PostAsync($"Appointment/{held.Id}/$confirm", Parameters());
        var twice = await office.PostAsync($"Appointment/{held.Id}/$cancel", Parameters());
        var late = await office.PostAsync($"Appointment/{held.Id}/$confirm", Parameters());

        offers.Should().HaveCount(2);
        offers[0]["contained"]!.AsArray().Should().HaveCount(2);
        offers[0]["slot"]!.AsArray().Select(s => s!["reference"]!.ToString()).Should().Equal("#slot-0", "#slot-1");
        offers[0]["contained"]![1]!["end"]!.ToString().Should().Be(Office.At("10:00"), "the copy is cut to the offer");
        held.Status.Should().Be(201, held.Text);
        Resources(held).Count(r => r["resourceType"]!.ToString() == "Slot").Should().Be(2, "Slots came in, Slots go out");
        Resources(held).Where(r => r["resourceType"]!.ToString() == "Slot")
            .Should().OnlyContain(s => s["status"]!.ToString() == "busy-tentative");
        held.Appointment["contained"].Should().BeNull();
        (confirmed.Status, confirmed.Appointment["status"]!.ToString()).Should().Be((200, "booked"), confirmed.Text);
        twice.Status.Should().Be(200, twice.Text);
        late.Status.Should().Be(409, late.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_proposal_outside_what_is_open_is_refused(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var offer = (await FindAsync(office, Joint))[0];
        offer["start"] = Office.At("14:00");
        offer["end"] = Office.At("15:00");

        var refused = await office.PostAsync("Appointment/$book", Parameters(Resource("appointment", offer)));

        refused.Status.Should().Be(409, refused.Text);
        refused.Rules.Should().Contain("outside-availability");
        (await office.CountAsync("Appointment?_lastUpdated=gt2000-01-01")).Should().Be(0);
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_contained_slot_without_its_schedule_is_malformed(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var offer = (await FindAsync(office, Joint))[0];
        offer["contained"]![1]!["schedule"] = new JsonObject { ["display"] = "the room" };

        var refused = await office.PostAsync("Appointment/$book", Parameters(Resource("appointment", offer)));

        refused.Status.Should().Be(400, refused.Text);
        refused.Body["issue"]![0]!["expression"]![0]!.ToString().Should().Be("Appointment.contained[1].schedule");
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_booking_is_moved_by_a_start_and_schedules(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var booked = await office.PostAsync("Appointment/$book", Office.Parameters(("slot", "Slot/a1"), ("patient", "Patient/p1")));

        var moved = await office.PostAsync($"Appointment/{booked.Id}/$reschedule", Parameters(
            Value("start", "DateTime", Office.At("10:00")), Reference("schedule", "Schedule/a")));

        (moved.Status, moved.Id).Should().Be((200, booked.Id), moved.Text);
        moved.Appointment["start"]!.ToString().Should().Be(Office.At("10:00"));
        moved.Appointment["serviceType"]!.ToJsonString().Should().Be(booked.Appointment["serviceType"]!.ToJsonString());
        (await office.SlotStatusAsync("a1")).Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task The_generation_before_finds_slots_of_a_schedule_and_books_them_as_they_came(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var found = await office.PostAsync("Schedule/room/$find", Parameters(
            Value("start", "DateTime", Office.At("09:00")), Value("end", "DateTime", Office.At("12:00")),
            Value("service-type", "String", "http://t|ohjaus,http://t|muu"), Value("duration", "Integer", 60)));
        var slots = Resources(found);
        var booked = await office.PostAsync("Appointment/$book", Parameters(
            Resource("slot", slots[1]), Reference("patient", "Patient/p1")));

        slots.Should().HaveCount(3);
        slots[1]["id"].Should().BeNull("a part of a longer Slot is not stored");
        booked.Status.Should().Be(201, booked.Text);
        booked.Appointment["start"]!.ToString().Should().Be(Office.At("10:00"));
        booked.Appointment["end"]!.ToString().Should().Be(Office.At("11:00"));
    }
}

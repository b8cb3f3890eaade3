using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Booking;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Dialects;

/// <summary>ISiK Terminplanung: <c>$book</c> with a bare Appointment, moves by id and by cancelled-appt-id.</summary>
public sealed class IsikTests
{
    [DatabaseTheory, EachDatabase]
    public async Task A_bare_appointment_is_answered_by_a_bare_appointment(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var booked = await office.PostAsync("Appointment/$book", Office.Appointment("p1", "a1", "09:00", "10:00", "proposed"));

        booked.Status.Should().Be(201, booked.Text);
        booked.Body["resourceType"]!.ToString().Should().Be("Appointment");
        booked.Body["status"]!.ToString().Should().Be("booked");
        booked.Location.Should().NotBeNull();
        booked.ETag.Should().Be("W/\"1\"");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R73_A_booking_by_schedule_lists_its_slot(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var booked = await office.PostAsync("Appointment/$book", Parameters(
            Resource("appt-resource", JsonNode.Parse(Office.Appointment("p1", null, "09:00", "10:00", "proposed"))!),
            Reference("schedule", "Schedule/a")));

        booked.Status.Should().Be(201, booked.Text);
        booked.Body["resourceType"]!.ToString().Should().Be("Appointment");
        booked.Body["slot"]![0]!["reference"]!.ToString().Should().Be("Slot/a1");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Neither_slot_nor_schedule_is_400(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var refused = await office.PostAsync("Appointment/$book", Office.Appointment("p1", null, "09:00", "10:00", "proposed"));

        refused.Status.Should().Be(400, refused.Text);
        refused.Body["resourceType"]!.ToString().Should().Be("OperationOutcome");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R80_A_repost_with_the_same_id_moves_and_a_cancelled_one_is_replaced_whole_or_not(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var booked = await office.PostAsync("Appointment/$book", Office.Appointment("p1", "a1", "09:00", "10:00", "proposed"));

        var moved = await office.PostAsync(
            "Appointment/$book", Office.Appointment("p1", "a2", "10:00", "11:00", "proposed", booked.Id));
        var lost = await ReplaceAsync(office, booked.Id, "room-unknown");
        var stays = await office.GetAsync($"Appointment/{booked.Id}");
        var replaced = await ReplaceAsync(office, booked.Id, "a1");
        var old = await office.GetAsync($"Appointment/{booked.Id}");

        (moved.Status, moved.Id).Should().Be((200, booked.Id), moved.Text);
        lost.Status.Should().Be(422, lost.Text);
        stays.Body["status"]!.ToString().Should().Be("booked", "all or nothing");
        replaced.Status.Should().Be(201, replaced.Text);
        replaced.Appointment["extension"]!.AsArray()
            .Single(e => e!["url"]!.ToString().EndsWith("Appointment.replaces", StringComparison.Ordinal))!
            ["valueReference"]!["reference"]!.ToString().Should().Be($"Appointment/{booked.Id}");
        old.Body["status"]!.ToString().Should().Be("cancelled");
        (await office.SlotStatusAsync("a2")).Should().Be("free");
        (await OperationsAsync(office))["book"].Should().Contain("https://gematik.de/fhir/isik/OperationDefinition/AppointmentBook");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R75_Slots_are_found_by_chains_over_the_actors_of_their_schedule(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var byService = await office.GetAsync(
            $"Slot?schedule.actor:HealthcareService.service-type=http://t|ohjaus&status=free&start=ge{Office.Day}");
        var byProfessional = await office.GetAsync($"Slot?schedule.actor:Practitioner.identifier={Hpr}|1001");

        Resources(byService).Select(s => s["id"]!.ToString()).Should().Equal("a1", "a2");
        Resources(byProfessional).Should().HaveCount(2);
    }

    private static Task<Answer> ReplaceAsync(Office office, string id, string slot) => office.PostAsync(
        "Appointment/$book", Parameters(
            Resource("appt-resource", JsonNode.Parse(Office.Appointment("p1", slot, "09:00", "10:00", "proposed"))!),
            Value("cancelled-appt-id", "Uri", $"Appointment/{id}")));
}

using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Booking;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Dialects;

/// <summary>Booking in the manner of GP Connect: Slots with includes, plain POST and PUT of Appointments.</summary>
public sealed class GpConnectTests
{
    [DatabaseTheory, EachDatabase]
    public async Task R81_Free_slots_come_with_what_they_refer_to_and_unknown_filters_are_left_out(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var found = await office.GetAsync(
            $"Slot?status=free&start=ge{Office.Day}&end=le2027-02-02&searchFilter=x&_include=Slot:schedule"
            + "&_include:recurse=Schedule:actor:Practitioner");

        found.Status.Should().Be(200, found.Text);
        var resources = Resources(found).Select(r => $"{r["resourceType"]}/{r["id"]}").ToList();
        resources.Should().Contain(["Slot/a1", "Schedule/a", "Practitioner/a", "Practitioner/b"])
            .And.NotContain("HealthcareService/h");
    }

    [DatabaseTheory, EachDatabase]
    public async Task An_appointment_is_made_with_the_service_of_its_slot_and_its_texts_whole(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var wanted = JsonNode.Parse(Office.Appointment("p1", "a1", "09:00", "10:00", "booked", null, "Location/room"))!;
        wanted["description"] = new string('d', 100);
        wanted["comment"] = new string('c', 500);

        var made = await office.PostAsync("Appointment", wanted.ToJsonString());
        var again = await office.PostAsync("Appointment", wanted.ToJsonString());

        made.Status.Should().Be(201, made.Text);
        (made.Body["description"]!.ToString().Length, made.Body["comment"]!.ToString().Length).Should().Be((100, 500));
        made.Body["serviceType"]![0]!["coding"]![0]!["code"]!.ToString().Should().Be("ohjaus");
        again.Status.Should().Be(409);
        again.Rules.Should().Contain("DUPLICATE_REJECTED");
    }

    [DatabaseTheory, EachDatabase]
    public async Task An_amendment_goes_by_version_and_what_a_booking_fixes_is_refused(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var made = await office.PostAsync("Appointment", Office.Appointment("p1", "a1", "09:00", "10:00"));
        var amended = made.Body.DeepClone();
        amended["description"] = "amended";
        var other = made.Body.DeepClone();
        other["participant"]![0]!["actor"]!["reference"] = "Patient/p2";
        var cancelled = amended.DeepClone();
        cancelled["status"] = "cancelled";
        cancelled["cancelationReason"] = new JsonObject { ["text"] = "no longer needed" };

        var first = await PutAsync(office, amended, "W/\"1\"");
        var stale = await PutAsync(office, amended, "W/\"1\"");
        var forbidden = await PutAsync(office, other, "W/\"2\"");
        var ended = await PutAsync(office, cancelled, "W/\"2\"");
        var late = await PutAsync(office, amended, "W/\"3\"");

        (first.Status, first.ETag).Should().Be((200, "W/\"2\""), first.Text);
        stale.Status.Should().Be(412);
        forbidden.Status.Should().Be(422);
        forbidden.Rules.Should().Contain("immutable-element");
        ended.Status.Should().Be(200, ended.Text);
        late.Status.Should().Be(409, "an appointment that is cancelled is not amended");
        (await office.SlotStatusAsync("a1")).Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R72_The_appointments_of_a_client_in_a_range_are_found_with_the_cancelled_ones(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var first = await office.PostAsync("Appointment", Office.Appointment("p1", "a1", "09:00", "10:00"));
        await office.PostAsync("Appointment", Office.Appointment("p1", "a2", "10:00", "11:00"));
        await office.PostAsync($"Appointment/{first.Id}/$cancel", Parameters());

        var byStart = await office.GetAsync($"Patient/p1/Appointment?start=ge{Office.Day}&start=le{Office.Day}");
        var running = await office.GetAsync(
            $"Appointment?period={Office.At("10:30")}&patient=Patient/p1".Replace("+", "%2B", StringComparison.Ordinal));

        Resources(byStart).Select(a => a["status"]!.ToString()).Should().BeEquivalentTo("cancelled", "booked");
        Resources(running).Should().HaveCount(1, "what started before and still runs is found by overlap");
    }

    private static Task<Answer> PutAsync(Office office, JsonNode appointment, string version) => office.SendAsync(
        HttpMethod.Put, $"Appointment/{appointment["id"]}", appointment.ToJsonString(), ("If-Match", version));
}

using Ajanvaraus.Fhir.Server.Tests.Rest;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>A client that speaks XML finds, holds, books, moves and cancels through the same pipeline.</summary>
public sealed class XmlBookingTests
{
    [Fact]
    public async Task Time_is_found_held_booked_and_cancelled_in_xml()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var office = await OfficeWithSlotAsync(server);
        var client = new XmlClient(server.Http);

        var found = await client.SendAsync(
            "GET", $"Appointment/$find?start={Office.Day}&end={Office.Day}T23:59:59%2B02:00&schedule=a");
        var held = await client.SendAsync("POST", "Appointment/$hold", Call(Appointment("p1")));
        var booked = await client.SendAsync(
            "POST", $"Appointment/{held.Entries.Single().Id}/$book", "<Parameters xmlns=\"http://hl7.org/fhir\"/>");
        var taken = await client.SendAsync("POST", "Appointment/$book", Appointment("p2"));
        var status = await office.SlotStatusAsync("s");
        var cancelled = await client.SendAsync(
            "POST", $"Appointment/{held.Entries.Single().Id}/$cancel", "<Parameters xmlns=\"http://hl7.org/fhir\"/>");

        found.Entries.Single(e => e.Type.Name == "Appointment").Text("status").Should().Be("proposed");
        held.Entries.Single().Text("status").Should().Be("pending", held.Text);
        booked.Entries.Single().Text("status").Should().Be("booked", booked.Text);
        taken.Status.Should().Be(409);
        taken.Resource!.Type.Name.Should().Be("OperationOutcome");
        status.Should().Be("busy");
        cancelled.Status.Should().Be(200, cancelled.Text);
        (await office.SlotStatusAsync("s")).Should().Be("free");
    }

    [Fact]
    public async Task Appointment_posted_in_xml_takes_its_time()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var office = await OfficeWithSlotAsync(server);
        var client = new XmlClient(server.Http);

        var first = await client.SendAsync("POST", "Appointment", Appointment("p1"));
        var second = await client.SendAsync("POST", "Appointment", Appointment("p2"));

        first.Status.Should().Be(201, first.Text);
        second.Status.Should().Be(409, second.Text);
        (await office.SlotStatusAsync("s")).Should().Be("busy");
    }

    [Fact]
    public async Task Transaction_in_xml_that_books_a_taken_time_changes_nothing()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        await OfficeWithSlotAsync(server);
        var client = new XmlClient(server.Http);
        await client.SendAsync("POST", "Appointment", Appointment("p1"));

        var refused = await client.SendAsync("POST", "", XmlClient.Xml($$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"resource":{"resourceType":"Patient","id":"new"},"request":{"method":"PUT","url":"Patient/new"} },
             {"resource":{{Office.Appointment("p2", "s", "09:00", "10:00")}},"request":{"method":"POST","url":"Appointment"} }]}
            """));

        refused.Status.Should().Be(409, refused.Text);
        (await client.SendAsync("GET", "Patient/new")).Status.Should().Be(404);
    }

    private static async Task<Office> OfficeWithSlotAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        return office;
    }

    private static string Appointment(string patient) =>
        XmlClient.Xml(Office.Appointment(patient, "s", "09:00", "10:00"));

    private static string Call(string appointment) =>
        "<Parameters xmlns=\"http://hl7.org/fhir\"><parameter><name value=\"appointment\"/>"
        + $"<resource>{appointment}</resource></parameter></Parameters>";
}

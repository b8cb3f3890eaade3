using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Booking;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Dialects;

/// <summary>Austrian Scheduling (R5 names), WOF Connect of Sweden, Booking and Referral Standard, and plain CRUD as Kanta has it.</summary>
public sealed class OtherGuidesTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Austria_holds_a_slot_by_its_identifier_books_and_releases(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var identifier = new JsonObject { ["system"] = "http://slots", ["value"] = "a1" };

        var held = await office.PostAsync("Slot/$hold", Parameters(
            Value("slot-identifier", "Identifier", identifier), Value("slot-status", "Code", "busy-tentative")));
        var appointment = Parameter(held, "appointment")["valueReference"]!["reference"]!.ToString();
        var released = await office.PostAsync("Slot/$hold", Parameters(
            Reference("appointment-reference", appointment), Value("slot-status", "Code", "free")));
        var booked = await office.PostAsync("Appointment/$book", Parameters(
            Resource("appointment-resource", JsonNode.Parse(Office.Appointment("p1", "a1", "09:00", "10:00", "proposed"))!)));
        var cancelled = booked.Appointment.DeepClone();
        cancelled["status"] = "cancelled";
        var put = await office.SendAsync(HttpMethod.Put, $"Appointment/{booked.Id}", cancelled.ToJsonString());

        held.Status.Should().Be(201, held.Text);
        Parameter(held, "slot")["resource"]!["status"]!.ToString().Should().Be("busy-tentative");
        Parameter(held, "held-until")["valueDateTime"].Should().NotBeNull();
        released.Status.Should().Be(200, released.Text);
        booked.Status.Should().Be(201, booked.Text);
        put.Status.Should().Be(200, put.Text);
        (await office.SlotStatusAsync("a1")).Should().Be("free");
        (await OperationsAsync(office, "Slot"))["hold"].Should().Contain(d => d.EndsWith("/slot-hold", StringComparison.Ordinal));
    }

    [DatabaseTheory, EachDatabase]
    public async Task Austria_refuses_an_identifier_that_is_of_no_slot_or_of_two(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        foreach (var id in new[] { "x", "y" })
            await office.PutAsync($$"""
                {"resourceType":"Slot","id":"{{id}}","identifier":[{"value":"same"}],"schedule":{"reference":"Schedule/a"},
                 "status":"free","start":"{{Office.At("13:00")}}","end":"{{Office.At("14:00")}}"}
                """);

        foreach (var value in new[] { "same", "none" })
        {
            var refused = await office.PostAsync("Slot/$hold", Parameters(
                Value("slot-identifier", "Identifier", new JsonObject { ["value"] = value })));

            refused.Status.Should().Be(422, refused.Text);
            refused.Rules.Should().Contain("reference-not-found");
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task Sweden_makes_changes_and_cancels_with_the_parameter_appointment(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var offers = await FindAsync(office, "organization=Organization/o&visit-type=ohjaus");

        var made = await BookAsync(office, JsonNode.Parse(Office.Appointment("p1", "a1", "09:00", "10:00", "pending"))!);
        var changed = made.Appointment.DeepClone();
        changed["comment"] = "brings an interpreter";
        var modified = await BookAsync(office, changed);
        changed["status"] = "cancelled";
        var cancelled = await BookAsync(office, changed);

        offers.Should().HaveCount(2);
        made.Status.Should().Be(201, made.Text);
        made.Body["resourceType"]!.ToString().Should().Be("Bundle");
        (modified.Status, modified.Appointment["comment"]!.ToString()).Should().Be((200, "brings an interpreter"), modified.Text);
        (cancelled.Status, cancelled.Appointment["status"]!.ToString()).Should().Be((200, "cancelled"), cancelled.Text);
        (await office.SlotStatusAsync("a1")).Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task BaRS_searches_slots_by_service_and_its_codes_are_in_the_failures(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var found = await office.GetAsync(
            $"Slot?healthcareService=h&status=free&start=ge{Office.Day}&end=le2027-02-02&_include=Slot:schedule");
        var first = await office.PostAsync("Appointment", Office.Appointment("p1", "a1", "09:00", "10:00"));
        var second = await office.PostAsync("Appointment", Office.Appointment("p2", "a1", "09:00", "10:00"));

        Resources(found).Select(r => $"{r["resourceType"]}/{r["id"]}").Should().Equal("Slot/a1", "Slot/a2", "Schedule/a");
        first.Status.Should().Be(201, first.Text);
        second.Status.Should().Be(409);
        second.Rules.Should().Contain("REC_CONFLICT");
        var told = (await office.GetAsync("metadata")).Body["rest"]![0]!["resource"]!.AsArray()
            .Single(r => r!["type"]!.ToString() == "Slot")!["searchParam"]!.AsArray();
        told.Should().Contain(p => p!["name"]!.ToString() == "healthcareService");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Kanta_creates_updates_under_If_Match_and_reads_the_history_of_the_type(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine, with: o => o with { RequiresIfMatch = true });
        var office = new Office(server.Http);
        var copy = """
            {"resourceType":"Appointment","identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.246.10.1"}],
             "status":"booked","start":"2027-02-01T09:00:00+02:00","end":"2027-02-01T10:00:00+02:00",
             "participant":[{"actor":{"identifier":{"system":"urn:oid:1.2.246.21","value":"010190-999W"}},"status":"accepted"}]}
            """;

        var made = await office.PostAsync("Appointment", copy);
        var changed = made.Body.DeepClone();
        changed["comment"] = "updated";
        var unguarded = await office.SendAsync(HttpMethod.Put, $"Appointment/{made.Id}", changed.ToJsonString());
        var updated = await office.SendAsync(
            HttpMethod.Put, $"Appointment/{made.Id}", changed.ToJsonString(), ("If-Match", made.ETag!));
        var found = await office.GetAsync("Appointment?identifier=urn:ietf:rfc:3986|urn:oid:1.2.246.10.1");
        var history = await office.GetAsync("Appointment/_history");

        made.Status.Should().Be(201, made.Text);
        unguarded.Status.Should().Be(428, unguarded.Text);
        (updated.Status, updated.ETag).Should().Be((200, "W/\"2\""), updated.Text);
        Resources(found).Should().HaveCount(1);
        history.Body["entry"]!.AsArray().Should().HaveCount(2);
    }

    private static Task<Answer> BookAsync(Office office, JsonNode appointment) =>
        office.PostAsync("Appointment/$book", Parameters(Resource("appointment", appointment)));

    private static JsonNode Parameter(Answer answer, string name) =>
        answer.Body["parameter"]!.AsArray().Single(p => p!["name"]!.ToString() == name)!;
}

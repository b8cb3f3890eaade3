using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Booking;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Dialects;

/// <summary>IHE ITI Scheduling: ITI-115 find, ITI-116 hold, ITI-117 book, ITI-118 search.</summary>
public sealed class IheTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Times_are_found_by_a_logical_reference_and_booked_for_a_client_that_is_new(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var found = await office.PostAsync("Appointment/$find", Parameters(
            Value("start", "DateTime", Office.At("08:00")), Value("end", "DateTime", Office.At("16:00")),
            Value("practitioner", "Reference", new JsonObject
            {
                ["identifier"] = new JsonObject { ["system"] = Hpr, ["value"] = "1001" },
            })));
        var offer = Resources(found)[0]["id"]!.ToString();
        var held = await office.PostAsync("Appointment/$hold", Parameters(
            Reference("appointment-reference", $"Appointment/{offer}")));
        var client = JsonNode.Parse("""
            {"resourceType":"Patient","identifier":[{"system":"http://clients","value":"77"}],"name":[{"family":"Uusi"}]}
            """)!;
        var booked = await office.PostAsync("Appointment/$book", Parameters(
            Reference("appointment-reference", $"Appointment/{held.Id}"), Resource("patient-resource", client)));
        var second = await office.PostAsync("Appointment/$book", Parameters(
            Reference("slot", "Slot/a2"), Resource("patient-resource", client)));

        found.Body["total"]!.GetValue<int>().Should().Be(2);
        held.Status.Should().Be(201, held.Text);
        booked.Status.Should().Be(200, booked.Text);
        second.Status.Should().Be(201, second.Text);
        (await office.CountAsync("Patient?identifier=http://clients|77")).Should().Be(1, "the client is made once");
        var patient = (await office.GetAsync("Patient?identifier=http://clients|77")).Body["entry"]![0]!["resource"]!["id"]!;
        (await office.CountAsync($"Appointment?patient=Patient/{patient}&status=booked")).Should().Be(2);
    }

    [DatabaseTheory, EachDatabase]
    public async Task An_appointment_resource_makes_changes_and_cancels_by_its_status(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var made = await BookAsync(office, JsonNode.Parse(Office.Appointment("p1", "a1", "09:00", "10:00", "pending"))!);
        var changed = made.Appointment.DeepClone();
        changed["description"] = "moved to the later time";
        changed["start"] = Office.At("10:00");
        changed["end"] = Office.At("11:00");
        changed["slot"] = JsonNode.Parse("""[{"reference":"Slot/a2"}]""");
        var moved = await BookAsync(office, changed);
        var cancelled = moved.Appointment.DeepClone();
        cancelled["status"] = "cancelled";
        var ended = await BookAsync(office, cancelled);

        made.Status.Should().Be(201, made.Text);
        made.Appointment["status"]!.ToString().Should().Be("booked");
        (moved.Status, moved.Id).Should().Be((200, made.Id), moved.Text);
        (await office.SlotStatusAsync("a1")).Should().Be("free");
        (ended.Status, ended.Appointment["status"]!.ToString()).Should().Be((200, "cancelled"), ended.Text);
        (await office.SlotStatusAsync("a2")).Should().Be("free");
        ended.Body["entry"]!.AsArray().Should().HaveCount(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_held_time_is_refused_with_a_fatal_not_found_and_an_unknown_identifier_is_named(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/a1"), ("patient", "Patient/p1")));

        var refused = await office.PostAsync("Appointment/$book", Parameters(
            Reference("slot", "Slot/a1"), Reference("patient-reference", "Patient/p2")));
        var unknown = await office.PostAsync("Appointment/$find", Parameters(
            Value("start", "DateTime", Office.At("08:00")), Value("practitioner", "Reference", new JsonObject
            {
                ["identifier"] = new JsonObject { ["system"] = Hpr, ["value"] = "secret-9" },
            })));

        refused.Status.Should().Be(409);
        refused.Body["issue"]!.AsArray().Select(i => (i!["severity"]!.ToString(), i["code"]!.ToString()))
            .Should().Contain(("fatal", "not-found")).And.Contain(("fatal", "conflict"));
        unknown.Status.Should().Be(422, unknown.Text);
        unknown.Body["issue"]![0]!["expression"]![0]!.ToString().Should().Be("Parameters.parameter[1]");
        unknown.Text.Should().NotContain("secret-9");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Appointments_of_a_client_and_a_day_are_found_with_their_participants(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PostAsync("Appointment/$book", Office.Parameters(("slot", "Slot/a1"), ("patient", "Patient/p1")));

        var found = await office.GetAsync(
            $"Appointment?patient=Patient/p1&date={Office.Day}&_include=Appointment:actor&_total=accurate");
        var told = await OperationsAsync(office);

        found.Body["total"]!.GetValue<int>().Should().Be(1);
        Resources(found).Select(r => r["resourceType"]!.ToString())
            .Should().Contain(["Appointment", "Patient", "Practitioner"]);
        foreach (var name in new[] { "find", "hold", "book" })
            told[name].Should().Contain($"https://profiles.ihe.net/ITI/Scheduling/OperationDefinition/appointment-{name}");
    }

    private static Task<Answer> BookAsync(Office office, JsonNode appointment) =>
        office.PostAsync("Appointment/$book", Parameters(Resource("appointment-resource", appointment)));
}

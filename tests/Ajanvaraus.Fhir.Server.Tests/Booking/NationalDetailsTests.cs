using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Booking;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>The national state and the mutability of an Appointment go in step with its R4 status.</summary>
public sealed class NationalDetailsTests
{
    private const string Profile = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-client-appointment";
    private const string Yes = """{"url":"Cancellable","valueBoolean":true},{"url":"Reschedulable","valueBoolean":true}""";
    private const string UntilNoon = $$"""{{Yes}},{"url":"NotAfter","valueDateTime":"2027-01-29T12:00:00+02:00"}""";

    /// <summary>Ways through the life of an Appointment: the statuses after its creation.</summary>
    public static TheoryData<string> Lives =>
    [
        "proposed pending booked arrived checked-in fulfilled",
        "proposed booked noshow entered-in-error",
        "waitlist pending waitlist cancelled entered-in-error",
        "booked fulfilled",
        "pending booked checked-in noshow",
    ];

    [DatabaseTheory, EachDatabaseOf(nameof(Lives))]
    public async Task State_of_an_appointment_that_claims_the_profile_is_what_the_concept_maps_make_of_its_status(
        DatabaseEngine engine, string life)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var statuses = life.Split(' ');
        var appointment = Claiming(statuses[0]);
        var id = "";

        foreach (var status in statuses)
        {
            appointment["status"] = status;
            var written = id.Length == 0
                ? await office.PostAsync("Appointment", appointment.ToJsonString())
                : await office.SendAsync(HttpMethod.Put, $"Appointment/{id}", appointment.ToJsonString());
            written.Status.Should().BeInRange(200, 201, written.Text);
            (id, appointment) = (written.Body["id"]!.ToString(), written.Body.AsObject());

            var state = State(appointment);
            state?["code"]!.ToString().Should().Be(await TranslateAsync(office, "StatusToAppointmentState", AppointmentStatusCodes.System, status));
            (state is null).Should().Be(status == "entered-in-error");
            if (state is not null && status != "arrived")
                (await TranslateAsync(office, "AppointmentStateToStatus", NationalStates.System, state["code"]!.ToString())).Should().Be(status);
            var verdict = await office.PostAsync("Appointment/$validate", appointment.ToJsonString());
            verdict.Body["issue"]!.AsArray().Should().NotContain(i => i!["severity"]!.ToString() == "error", verdict.Text);
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task Operations_and_the_end_of_a_hold_keep_the_state_in_step(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        foreach (var (id, from, to) in new[] { ("s1", "09:00", "10:00"), ("s2", "10:00", "11:00"), ("s3", "11:00", "12:00") })
            await office.PutSlotAsync(id, "a", from, to);
        async Task<string?> CodeAsync(string id) => State((await office.GetAsync($"Appointment/{id}")).Body)?["code"]!.ToString();

        var booked = await office.PostAsync("Appointment", Claiming("booked", "s1").ToJsonString());
        var states = new List<string?> { await CodeAsync(booked.Id) };
        foreach (var operation in new[] { "$check-in", "$fulfill" })
        {
            (await office.PostAsync($"Appointment/{booked.Id}/{operation}", Office.Parameters())).Status.Should().Be(200);
            states.Add(await CodeAsync(booked.Id));
        }
        var cancelled = await office.PostAsync("Appointment", Claiming("booked", "s2").ToJsonString());
        await office.PostAsync($"Appointment/{cancelled.Id}/$cancel", Office.Parameters());
        states.Add(await CodeAsync(cancelled.Id));
        var hold = await office.PostAsync("Appointment/$hold", Claiming("proposed", "s3").ToJsonString());
        hold.Status.Should().Be(201, hold.Text);
        states.Add(await CodeAsync(hold.Id));
        server.Clock.Advance(TimeSpan.FromHours(1));
        states.Add(await CodeAsync(hold.Id));

        states.Should().Equal("3", "10", "7", "4", "8", "4");
    }

    [DatabaseTheory]
    [EachDatabase("fulfilled", "6", "6")]
    [EachDatabase("fulfilled", "3", "7")]
    [EachDatabase("cancelled", "5", "5")]
    [EachDatabase("booked", "4", "3")]
    [EachDatabase("booked", "99", "3")]
    public async Task State_that_goes_with_the_status_stays_and_one_that_does_not_is_replaced_without_a_claim_too(
        DatabaseEngine engine, string status, string said, string kept)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var appointment = Claiming(status);
        appointment.Remove("meta");
        appointment["_status"] = JsonNode.Parse($$"""
            {"extension":[{"url":"http://example.org/other","valueBoolean":true},
             {"url":"{{FinnishExtensions.State}}","valueCoding":{"system":"{{NationalStates.System}}","code":"{{said}}"} }]}
            """);

        var written = await office.PostAsync("Appointment", appointment.ToJsonString());
        var silent = Claiming(status);
        silent.Remove("meta");
        silent["id"] = written.Id;
        var after = await office.SendAsync(HttpMethod.Put, $"Appointment/{written.Id}", silent.ToJsonString());

        written.Status.Should().Be(201, written.Text);
        State(written.Body)!["code"]!.ToString().Should().Be(kept);
        written.Body["_status"]!["extension"]!.AsArray().Should().HaveCount(2);
        State(after.Body).Should().NotBeNull("it stood there before");
        written.Body["extension"].Should().BeNull("what claims nothing gets no mutability");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Appointment_that_claims_nothing_and_says_nothing_is_stored_as_it_came(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var appointment = Claiming("booked");
        appointment.Remove("meta");

        var written = await office.PostAsync("Appointment", appointment.ToJsonString());

        written.Status.Should().Be(201, written.Text);
        State(written.Body).Should().BeNull();
        written.Body["extension"].Should().BeNull();
    }

    /// <summary>What was said of moving and cancelling, then the status, and what stands.</summary>
    [DatabaseTheory]
    [EachDatabase("", "booked", "true true")]
    [EachDatabase("", "waitlist", "true false")]
    [EachDatabase("", "cancelled", "false false")]
    [EachDatabase("", "arrived", "false false")]
    [EachDatabase(UntilNoon, "booked", "true true 2027-01-29T12:00:00+02:00")]
    [EachDatabase(UntilNoon, "fulfilled", "false false 2027-01-29T12:00:00+02:00")]
    [EachDatabase("""{"url":"Reschedulable","valueBoolean":false}""", "booked", "false")]
    public async Task Mutability_is_what_the_organisation_says_as_far_as_the_status_allows(
        DatabaseEngine engine, string said, string status, string expected)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var appointment = Claiming(status);
        if (said.Length > 0)
            appointment["extension"] = JsonNode.Parse($$"""[{"url":"{{FinnishExtensions.Mutability}}","extension":[{{said}}]}]""");
        appointment["status"] = status == "waitlist" ? status : "booked";

        var written = await office.PostAsync("Appointment", appointment.ToJsonString());
        appointment = written.Body.AsObject();
        appointment["status"] = status;
        written = await office.SendAsync(HttpMethod.Put, $"Appointment/{written.Id}", appointment.ToJsonString());

        written.Status.Should().Be(200, written.Text);
        var mutability = written.Body["extension"]!.AsArray().Single(e => e!["url"]!.ToString() == FinnishExtensions.Mutability)!;
        string.Join(' ', mutability["extension"]!.AsArray()
            .Select(part => (part!["valueBoolean"] ?? part["valueDateTime"])!.ToString())).Should().Be(expected);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Mutability_of_the_generation_of_2020_stays_as_it_came_and_gets_no_other_beside_it(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var appointment = Claiming("booked");
        appointment["extension"] = JsonNode.Parse($$"""[{"url":"{{FinnishExtensions.OldMutability}}","extension":[{{UntilNoon}}]}]""");
        var came = appointment["extension"]!.ToJsonString();

        var written = await office.PostAsync("Appointment", appointment.ToJsonString());
        var cancelled = await office.PostAsync($"Appointment/{written.Id}/$cancel", Office.Parameters());
        var after = await office.GetAsync($"Appointment/{written.Id}");

        written.Status.Should().Be(201, written.Text);
        cancelled.Status.Should().Be(200, cancelled.Text);
        after.Body["status"]!.ToString().Should().Be("cancelled");
        foreach (var stored in new[] { written.Body, after.Body })
            stored["extension"]!.ToJsonString().Should().Be(came);
    }

    [DatabaseTheory]
    [EachDatabase("booked")]
    [EachDatabase("cancelled")]
    public async Task Copy_of_another_systems_booking_is_stored_as_it_came(DatabaseEngine engine, string end)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync("""{"resourceType":"Practitioner","id":"elsewhere"}""");
        var copy = JsonNode.Parse(Office.Appointment("p0", null, "09:00", "10:00", "booked", "copy", "Practitioner/elsewhere"))!.AsObject();
        copy["meta"] = new JsonObject { ["profile"] = new JsonArray(Profile) };

        foreach (var status in new[] { "booked", end })
        {
            copy["status"] = status;
            var written = await office.SendAsync(HttpMethod.Put, "Appointment/copy", copy.ToJsonString());

            written.Status.Should().BeInRange(200, 201, written.Text);
            written.Body["status"]!.ToString().Should().Be(status);
            State(written.Body).Should().BeNull();
            written.Body["extension"].Should().BeNull();
        }
    }

    private static JsonObject Claiming(string status, string? slot = null)
    {
        var (from, to) = slot switch { "s2" => ("10:00", "11:00"), "s3" => ("11:00", "12:00"), _ => ("09:00", "10:00") };
        var appointment = JsonNode.Parse(Office.Appointment("p0", slot, from, to, status, null, "Practitioner/a"))!.AsObject();
        appointment["meta"] = new JsonObject { ["profile"] = new JsonArray(Profile) };
        return appointment;
    }

    private static JsonNode? State(JsonNode appointment) => appointment["_status"]?["extension"]?.AsArray()
        .FirstOrDefault(e => e!["url"]!.ToString() == FinnishExtensions.State)?["valueCoding"];

    /// <summary>The first code that the map gives; null when it gives none.</summary>
    private static async Task<string?> TranslateAsync(Office office, string map, string system, string code)
    {
        var answer = await office.GetAsync(
            $"ConceptMap/$translate?url=https://ajanvaraus.example/fhir/ConceptMap/{map}&system={system}&code={code}");
        answer.Status.Should().Be(200, answer.Text);
        return answer.Body["parameter"]!.AsArray().Where(p => p!["name"]!.ToString() == "match")
            .Select(p => p!["part"]!.AsArray().FirstOrDefault(part => part!["name"]!.ToString() == "concept")?["valueCoding"]?["code"]?.ToString())
            .FirstOrDefault(found => found is not null);
    }
}

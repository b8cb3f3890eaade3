using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Operations;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>A right to book that a professional has granted: docs/scheduling-rules.md, Entitlements.</summary>
public sealed class EntitlementTests
{
    private const string Category = """
        "category":[{"coding":[{"system":"https://ajanvaraus.example/fhir/CodeSystem/service-request-category","code":"entitlement"}]}]
        """;

    [DatabaseTheory, EachDatabase]
    public async Task Entitlement_is_used_by_booking_and_given_back_by_cancelling(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await GrantAsync(office, "e", count: 1);

        var first = await BookAsync(office, "s0", "p0", "e");
        var spent = await BookAsync(office, "s1", "p0", "e");
        await office.PostAsync($"Appointment/{first.Id}/$cancel", Office.Parameters());
        var again = await BookAsync(office, "s1", "p0", "e");

        first.Status.Should().Be(201, first.Text);
        first.Appointment["basedOn"]![0]!["reference"]!.ToString().Should().Be("ServiceRequest/e");
        AssertRefused(spent, "AJV-4155");
        (await office.SlotStatusAsync("s0")).Should().Be("free");
        again.Status.Should().Be(201, again.Text);
    }

    /// <summary>Status, subject, period and client of the booking; the message that refuses it, or null.</summary>
    public static TheoryData<string, string, string, string?> Grants => new()
    {
        { "active", "Patient/p0", """{"start":"2027-02-01","end":"2027-02-01"}""", null },
        { "active", "Patient/p0", """{"end":"2027-12-31"}""", null },
        { "active", "Group/family", """{"start":"2027-01-01"}""", null },
        { "active", "Patient/p1", """{"start":"2027-01-01"}""", "AJV-4153" },
        { "active", "Group/others", """{"start":"2027-01-01"}""", "AJV-4153" },
        { "revoked", "Patient/p0", """{"start":"2027-01-01"}""", "AJV-4152" },
        { "active", "Patient/p0", """{"start":"2027-02-02"}""", "AJV-4154" },
        { "active", "Patient/p0", """{"end":"2027-01-31"}""", "AJV-4154" },
        { "active", "Patient/p0", """{"end":"2027-02-01T08:59:59+02:00"}""", "AJV-4154" },
    };

    [DatabaseTheory, EachDatabaseOf(nameof(Grants))]
    public async Task Entitlement_carries_its_clients_in_its_period_while_it_is_active(
        DatabaseEngine engine, string status, string subject, string period, string? refusal)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        foreach (var (id, member) in new[] { ("family", "p0"), ("others", "p1") })
            await office.PutAsync(new JsonObject
            {
                ["resourceType"] = "Group",
                ["id"] = id,
                ["type"] = "person",
                ["actual"] = true,
                ["member"] = new JsonArray(new JsonObject { ["entity"] = new JsonObject { ["reference"] = $"Patient/{member}" } }),
            }.ToJsonString());
        await GrantAsync(office, "e", 5, status, subject, period);

        var held = await office.PostAsync("Appointment/$hold", Ask("s0", "p0", "e"));

        if (refusal is null)
            held.Status.Should().Be(201, held.Text);
        else
            AssertRefused(held, refusal);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Every_door_asks_for_the_entitlement(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await GrantAsync(office, "e", count: 0);
        var appointment = BasedOn(Office.Appointment("p0", "s0", "09:00", "10:00"), "e");

        var post = await office.PostAsync("Appointment", appointment.ToJsonString());
        var put = await office.SendAsync(HttpMethod.Put, "Appointment/x", With(appointment, "id", "x"));
        var transaction = await office.PostAsync("", new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "transaction",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["resource"] = appointment.DeepClone(),
                ["request"] = new JsonObject { ["method"] = "POST", ["url"] = "Appointment" },
            }),
        }.ToJsonString());
        var unknown = await BookAsync(office, "s0", "p0", "none");

        AssertRefused(post, "AJV-4155");
        AssertRefused(put, "AJV-4155");
        AssertRefused(transaction, "AJV-4155", "Bundle.entry[0].resource.basedOn[0]");
        AssertRefused(unknown, "AJV-4152");
        (await office.SlotStatusAsync("s0")).Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Last_booking_of_an_entitlement_is_made_once_however_many_ask_for_it(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await GrantAsync(office, "e", count: 2);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => Task.Run(() => BookAsync(office, $"s{i}", "p0", "e"))));

        answers.Count(a => a.Status == 201).Should().Be(2);
        answers.Count(a => a.Status == 403).Should().Be(6);
        (await office.CountAsync("Appointment?based-on=ServiceRequest/e&status=booked")).Should().Be(2);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Booking_keeps_its_entitlement_and_is_not_asked_for_it_again_until_it_moves(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await GrantAsync(office, "e", count: 1);
        var held = await office.PostAsync("Appointment/$hold", Ask("s0", "p0", "e"));
        var booked = await office.PostAsync($"Appointment/{held.Id}/$book", Office.Parameters());
        var body = booked.Appointment.AsObject();
        var within = await office.PostAsync($"Appointment/{held.Id}/$reschedule", Office.Parameters(("slot", "Slot/s2")));
        await GrantAsync(office, "e", count: 1, status: "completed");

        var move = await office.PostAsync($"Appointment/{held.Id}/$reschedule", Office.Parameters(("slot", "Slot/s4")));
        var without = (await office.GetAsync($"Appointment/{held.Id}")).Body.AsObject();
        without.Remove("basedOn");
        var taken = await office.SendAsync(HttpMethod.Put, $"Appointment/{held.Id}", without.ToJsonString());
        body = (await office.GetAsync($"Appointment/{held.Id}")).Body.AsObject();
        var arrived = await office.SendAsync(HttpMethod.Put, $"Appointment/{held.Id}", With(body, "status", "arrived"));

        booked.Status.Should().Be(200, booked.Text);
        within.Status.Should().Be(200, within.Text);
        AssertRefused(move, "AJV-4152");
        taken.Status.Should().Be(422, taken.Text);
        taken.Rules.Should().Contain("immutable-element");
        arrived.Status.Should().Be(200, arrived.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R20_With_an_entitlement_is_offered_what_it_still_carries_and_no_more(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await GrantAsync(office, "e", count: 2);
        async Task<int> OffersAsync(string query) =>
            (await Found.FindAsync(office, $"schedule=a&entitlement=ServiceRequest/e&{query}")).Total;

        var untouched = await OffersAsync("patient=Patient/p0");
        var ofAnother = await OffersAsync("patient=Patient/p1");
        var first = await BookAsync(office, "s0", "p0", "e");
        var oneLeft = await OffersAsync("patient=Patient/p0");
        var tooLong = await OffersAsync("patient=Patient/p0&occurrence-count=2&recurrence=R5/P1D");
        await BookAsync(office, "s2", "p0", "e");
        var spent = await OffersAsync("patient=Patient/p0");
        var refused = await BookAsync(office, "s4", "p0", "e");
        var forMove = await OffersAsync($"patient=Patient/p0&ignore-appointment=Appointment/{first.Id}");
        await office.PostAsync($"Appointment/{first.Id}/$cancel", Office.Parameters());
        var givenBack = await OffersAsync("patient=Patient/p0");
        var booked = await BookAsync(office, "s0", "p0", "e");

        untouched.Should().Be(4);
        ofAnother.Should().Be(0, "the client could not book by it");
        oneLeft.Should().Be(3);
        tooLong.Should().Be(0);
        spent.Should().Be(0);
        refused.Status.Should().Be(403, refused.Text);
        forMove.Should().BePositive();
        givenBack.Should().Be(3);
        booked.Status.Should().Be(201, booked.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Other_service_requests_give_and_refuse_nothing(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutAsync("""
            {"resourceType":"ServiceRequest","id":"referral","status":"completed","intent":"order",
             "subject":{"reference":"Patient/p5"}}
            """);

        var booked = await BookAsync(office, "s0", "p0", "referral");

        booked.Status.Should().Be(201, booked.Text);
    }

    /// <summary>Slots s0 to s7 of an hour each from nine, by turns of either professional.</summary>
    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        for (var i = 0; i < 8; i++)
            await office.PutSlotAsync($"s{i}", i % 2 == 0 ? "a" : "b", $"{9 + i:00}:00", $"{10 + i:00}:00");
        return office;
    }

    private static Task GrantAsync(
        Office office, string id, int count, string status = "active", string subject = "Patient/p0",
        string period = """{"start":"2027-01-01","end":"2027-12-31"}""") => office.PutAsync($$"""
        {"resourceType":"ServiceRequest","id":"{{id}}","status":"{{status}}","intent":"order",{{Category}},
         "quantityQuantity":{"value":{{count}} },"subject":{"reference":"{{subject}}"},"occurrencePeriod":{{period}} }
        """);

    private static Task<Answer> BookAsync(Office office, string slot, string patient, string entitlement) =>
        office.PostAsync("Appointment/$book", Ask(slot, patient, entitlement));

    private static string Ask(string slot, string patient, string entitlement) => Office.Parameters(
        ("slot", $"Slot/{slot}"), ("patient", $"Patient/{patient}"), ("entitlement", $"ServiceRequest/{entitlement}"));

    private static JsonObject BasedOn(string appointment, string entitlement)
    {
        var json = JsonNode.Parse(appointment)!.AsObject();
        json["basedOn"] = new JsonArray(new JsonObject { ["reference"] = $"ServiceRequest/{entitlement}" });
        return json;
    }

    private static string With(JsonObject resource, string element, string value)
    {
        var copy = resource.DeepClone();
        copy[element] = value;
        return copy.ToJsonString();
    }

    private static void AssertRefused(Answer refused, string message, string expression = "Appointment.basedOn[0]")
    {
        refused.Status.Should().Be(403, refused.Text);
        refused.IssueCodes.Should().Equal("forbidden");
        refused.Rules.Should().Contain("no-entitlement").And.Contain(message);
        refused.Body["issue"]![0]!["expression"]![0]!.ToString().Should().Be(expression);
    }
}

using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Booking;

using FluentAssertions.Execution;

namespace Ajanvaraus.Fhir.Server.Tests.Operations;

/// <summary>Whom <c>$find</c> chooses and what it leaves out: people, places, hours, series, openings, and why not.</summary>
public sealed class FindChoiceTests
{
    private static readonly (string Query, string[] Slots)[] Searches =
    [
        ("gender=female", ["a9", "a10"]),
        ("gender=male", ["b9"]),
        ("gender=other", []),
        ("language=sv", ["b9"]),
        ("language=sv,fi&gender=female", ["a9", "a10"]),
        ("area=Joensuu", ["a9", "a10"]),
        ("area=80100", ["a9", "a10"]),
        ("area=Helsinki", []),
        ("timing=mon,10:00", ["a10"]),
        ("timing=tue", []),
        ("timing=MORN&practitioner=a", ["a9", "a10"]),
        ("timing=AFT", []),
        ("schedule=group&seats=2", ["g"]),
        ("schedule=group&seats=4", []),
        ("per-professional=1", ["a9"]),
        ("per-professional=1&schedule=a", ["a9"]),
        ("audience=citizen&schedule=a", ["a9", "a10"]),
        ("audience=citizen&schedule=late", ["staff-none"]),
        ("schedule=late", ["staff", "staff-none"]),
    ];

    [DatabaseTheory, EachDatabase]
    public async Task Each_choice_finds_its_slots(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);

        using var scope = new AssertionScope();
        foreach (var (query, slots) in Searches)
        {
            var all = query.Contains("schedule=", StringComparison.Ordinal) || query.Contains("practitioner=", StringComparison.Ordinal)
                ? query
                : query.Contains("area", StringComparison.Ordinal) ? query : $"{query}&service-type=ohjaus";
            var found = await Found.FindAsync(office, all);

            found.Answer.Status.Should().Be(200, found.Answer.Text);
            SlotsOf(found).Should().Equal(slots, query);
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_slot_that_opens_later_is_neither_offered_nor_booked_by_its_name_until_then(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);
        await office.PutAsync(Slot("late", "late", "12:00", "13:00", opensAt: "2026-11-23T09:00:00+02:00"));

        var before = await Found.FindAsync(office, "schedule=late&timing=12:00");
        var refused = await BookAsync(office, "late");
        server.Clock.Advance(TimeSpan.FromHours(1));
        var after = await Found.FindAsync(office, "schedule=late&timing=12:00");
        var booked = await BookAsync(office, "late");

        SlotsOf(before).Should().BeEmpty();
        refused.Status.Should().Be(409, refused.Text);
        refused.Rules.Should().Contain("outside-availability");
        SlotsOf(after).Should().Equal("late");
        booked.Status.Should().Be(201, booked.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R57_A_series_is_offered_where_all_its_times_are_free(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);
        foreach (var (id, day) in new[] { ("w2", "2027-02-08"), ("w3", "2027-02-15") })
            foreach (var hour in new[] { 9, 10 })
                await office.PutAsync(Slot($"{id}-{hour}", "a", "09:00", "10:00").Replace(
                    $"{Office.Day}T09:00", $"{day}T{hour:00}:00", StringComparison.Ordinal).Replace(
                    $"{Office.Day}T10:00", $"{day}T{hour + 1:00}:00", StringComparison.Ordinal));
        await BookAsync(office, "w3-9");

        var weekly = await Found.FindAsync(office, "schedule=a&occurrence-count=3");
        var two = await Found.FindAsync(office, "schedule=a&recurrence=R2/P1W");
        var fortnightly = await office.PostAsync("Appointment/$find", $$"""
            {"resourceType":"Parameters","parameter":[{"name":"start","valueDate":"{{Office.Day}}" },{"name":"end","valueDate":"{{Office.Day}}" },
             {"name":"schedule","valueReference":{"reference":"Schedule/a"} },{"name":"_count","valueInteger":1},
             {"name":"recurrence","valueTiming":{"repeat":{"count":2,"period":2,"periodUnit":"wk"} } }]}
            """);

        SlotsOf(weekly).Should().Equal("a10");
        weekly.Matches[0]["extension"]!.AsArray().Select(e => e!["valuePeriod"]!["start"]!.ToString())
            .Should().Equal("2027-02-08T10:00:00+02:00", "2027-02-15T10:00:00+02:00");
        SlotsOf(two).Should().Equal("a9", "a10");
        SlotsOf(new Found(fortnightly)).Should().Equal(["a10"], fortnightly.Text);
        new Found(fortnightly).Link("self").Should().Contain("recurrence=R2");
    }

    [DatabaseTheory, EachDatabase]
    public async Task N5_Explain_tells_which_rule_hides_how_many_times_and_nobodys_data(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);
        await BookAsync(office, "a9");
        await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/a10"), ("patient", "Patient/p2")));
        await office.PutAsync(Slot("away", "a", "12:00", "13:00", status: "busy-unavailable"));
        await office.PutAsync(Slot("opens", "a", "13:00", "14:00", opensAt: "2027-01-20T09:00:00+02:00"));
        await office.PutAsync(Slot("other", "a", "14:00", "15:00").Replace("ohjaus", "muu", StringComparison.Ordinal));
        await office.PutAsync(Slot("short", "a", "15:00", "15:30"));

        var found = await Found.FindAsync(office, "schedule=a&service-type=ohjaus&duration=60&explain=true");
        var issues = found.Answer.Body["entry"]!.AsArray().Single(e => e!["search"]!["mode"]!.ToString() == "outcome")!
            ["resource"]!["issue"]!.AsArray();

        found.Matches.Should().BeEmpty();
        found.Remarks.Should().BeEquivalentTo("AJV-4161", "AJV-4163", "AJV-4166", "AJV-4167", "AJV-4168", "AJV-4170");
        issues.Should().OnlyContain(i => i!["severity"]!.ToString() == "information");
        found.Answer.Text.Should().Contain("Schedule/a").And.NotContain("Patient/");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Own_worker_is_offered_first_and_then_who_has_the_fewest_bookings(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);
        await office.PutAsync(Slot("a14", "a", "14:00", "15:00"));
        await office.PutAsync("""
            {"resourceType":"Patient","id":"p5","active":true,"generalPractitioner":[{"reference":"Practitioner/a"}]}
            """);
        await BookAsync(office, "a14");

        var any = await Found.FindAsync(office, "service-type=ohjaus&timing=09:00");
        var own = await Found.FindAsync(office, "service-type=ohjaus&timing=09:00&patient=Patient/p5");

        SlotsOf(any).Should().Equal("b9");
        SlotsOf(own).Should().Equal("a9");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Entitlement_narrows_the_search_to_its_period(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FillAsync(server);
        await PutEntitlementAsync(office, "now", "active", Office.Day);
        await PutEntitlementAsync(office, "later", "active", "2027-03-01");
        await PutEntitlementAsync(office, "revoked", "revoked", Office.Day);

        (await Found.FindAsync(office, "schedule=a&entitlement=ServiceRequest/now")).Total.Should().Be(2);
        (await Found.FindAsync(office, "schedule=a&entitlement=ServiceRequest/later")).Total.Should().Be(0);
        (await Found.FindAsync(office, "schedule=a&entitlement=ServiceRequest/revoked")).Total.Should().Be(0);
        (await Found.FindAsync(office, "schedule=a&entitlement=ServiceRequest/none")).Answer.Status.Should().Be(422);
    }

    [DatabaseTheory]
    [EachDatabase("recurrence=weekly")]
    [EachDatabase("recurrence=R0/P1W")]
    [EachDatabase("recurrence=R5/P400D")]
    [EachDatabase("occurrence-count=1000")]
    [EachDatabase("timing=someday")]
    [EachDatabase("timing=25:00")]
    [EachDatabase("seats=0")]
    [EachDatabase("per-professional=many")]
    [EachDatabase("explain=perhaps")]
    public async Task A_value_that_cannot_be_is_422(DatabaseEngine engine, string query)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = new Office(server.Http);

        var refused = await office.GetAsync($"Appointment/$find?start={Office.Day}&{query}");

        refused.Status.Should().Be(422, refused.Text);
        refused.Body["issue"]![0]!["expression"]![0]!.ToString().Should().Be(query[..query.IndexOf('=')]);
    }

    private static string[] SlotsOf(Found found) =>
        [.. found.Matches.Select(m => m["slot"]![0]!["reference"]!.ToString()["Slot/".Length..])];

    private static Task<Answer> BookAsync(Office office, string slot) => office.PostAsync(
        "Appointment/$book", Office.Parameters(("slot", $"Slot/{slot}"), ("patient", "Patient/p1")));

    private static Task PutEntitlementAsync(Office office, string id, string status, string from) => office.PutAsync($$"""
        {"resourceType":"ServiceRequest","id":"{{id}}","status":"{{status}}","intent":"order","subject":{"reference":"Patient/p1"},
         "category":[{"coding":[{"system":"https://ajanvaraus.example/fhir/CodeSystem/service-request-category","code":"entitlement"}]}],
         "occurrencePeriod":{"start":"{{from}}"} }
        """);

    /// <summary>Slots of the day: a9, a10 of a woman in Joensuu, b9 of a man who speaks Swedish, a group of three seats.</summary>
    private static async Task<Office> FillAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(Professional("a", "female", "fi"));
        await office.PutAsync(Professional("b", "male", "sv-FI"));
        await office.PutAsync("""
            {"resourceType":"Location","id":"unit","status":"active","name":"Torikatu","address":{"city":"Joensuu","postalCode":"80100"}}
            """);
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/a"},{"reference":"Location/unit"}]}
            """);
        await office.PutAsync("""{"resourceType":"HealthcareService","id":"h","active":true}""");
        foreach (var id in new[] { "group", "late" })
            await office.PutAsync($$"""
                {"resourceType":"Schedule","id":"{{id}}","active":true,"actor":[{"reference":"HealthcareService/h"}]}
                """);
        await office.PutAsync(Slot("a9", "a", "09:00", "10:00"));
        await office.PutAsync(Slot("a10", "a", "10:00", "11:00"));
        await office.PutAsync(Slot("b9", "b", "09:00", "10:00"));
        await office.PutAsync(Slot("staff", "late", "09:00", "10:00", audience: "professional").Replace("ohjaus", "muu", StringComparison.Ordinal));
        await office.PutAsync(Slot("staff-none", "late", "10:00", "11:00").Replace("ohjaus", "muu", StringComparison.Ordinal));
        var group = JsonNode.Parse(Slot("g", "group", "09:00", "10:00").Replace("ohjaus", "ryhma", StringComparison.Ordinal))!;
        group["extension"] = JsonNode.Parse("""
            [{"url":"http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity","valueInteger":3}]
            """);
        await office.PutAsync(group.ToJsonString());
        return office;
    }

    private static string Professional(string id, string gender, string language) => $$"""
        {"resourceType":"Practitioner","id":"{{id}}","active":true,"gender":"{{gender}}",
         "communication":[{"coding":[{"system":"urn:ietf:bcp:47","code":"{{language}}"}]}]}
        """;

    private static string Slot(
        string id, string schedule, string from, string to, string status = "free", string? audience = null,
        string? opensAt = null)
    {
        var slot = JsonNode.Parse($$"""
            {"resourceType":"Slot","id":"{{id}}","schedule":{"reference":"Schedule/{{schedule}}"},"status":"{{status}}",
             "serviceType":[{"coding":[{"system":"http://t","code":"ohjaus"}]}],
             "start":"{{Office.At(from)}}","end":"{{Office.At(to)}}"}
            """)!;
        const string Base = "https://ajanvaraus.example/fhir/StructureDefinition/";
        if (audience is not null)
            slot["extension"] = new JsonArray(new JsonObject { ["url"] = Base + "audience", ["valueCode"] = audience });
        if (opensAt is not null)
            slot["extension"] = new JsonArray(new JsonObject { ["url"] = Base + "opens-at", ["valueInstant"] = opensAt });
        return slot.ToJsonString();
    }
}

using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Tests.Operations;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Searching Slots finds the times that week templates open among those that are stored.</summary>
public sealed class ComputedSlotSearchTests
{
    private const string Start = "start=ge2027-02-01&start=lt2027-02-02";

    [DatabaseTheory, EachDatabase]
    public async Task Computed_slots_are_found_with_stored_ones_in_order_of_time_page_by_page(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutSlotAsync("morning", "a", "08:00", "09:00");
        await office.PutSlotAsync("noon", "a", "09:30", "09:45");
        await office.PutSlotAsync("evening", "a", "17:00", "18:00");

        foreach (var (sort, expected) in new[]
        {
            ("start", new[] { "08:00", "09:00", "09:30", "09:45", "10:00", "17:00" }),
            ("-start", ["17:00", "10:00", "09:45", "09:30", "09:00", "08:00"]),
            ("_id", ["17:00", "08:00", "09:30", "09:00", "09:45", "10:00"]),
        })
        foreach (var count in new[] { 1, 2, 3, 5, 6, 20 })
        {
            var walked = await WalkAsync(office, $"Slot?schedule=Schedule/a&status=free&{Start}&_sort={sort}&_count={count}&_total=accurate");
            walked.Starts.Should().Equal(expected, $"{sort}, {count} a page");
            walked.Total.Should().Be(6);
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task Computed_slots_are_found_beside_what_others_contain_where_both_are_asked_for(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutAsync("""
            {"resourceType":"Appointment","id":"holder","status":"proposed","start":"2027-02-01T12:00:00+02:00","end":"2027-02-01T12:10:00+02:00","participant":[{"actor":{"display":"x"},"status":"accepted"}],
             "slot":[{"reference":"#inner"}],"contained":[{"resourceType":"Slot","id":"inner","schedule":{"reference":"Schedule/a"},
              "status":"free","start":"2027-02-01T09:30:00+02:00","end":"2027-02-01T09:40:00+02:00"}]}
            """);
        const string search = $"Slot?schedule=Schedule/a&status=free&{Start}";

        foreach (var count in new[] { 1, 2, 20 })
        {
            (await WalkAsync(office, $"{search}&_contained=both&_containedType=contained&_sort=start&_count={count}&_total=accurate"))
                .Starts.Should().Equal("09:00", "09:30", "09:30", "10:00");
            var containers = await WalkAsync(office, $"{search}&_contained=both&_count={count}&_total=accurate");
            (containers.Total, containers.Starts.Length).Should().Be((4, 4));
        }
        (await WalkAsync(office, $"{search}&_contained=true&_containedType=contained&_total=accurate")).Total.Should().Be(1);
        (await WalkAsync(office, $"{search}&_contained=true&_total=accurate")).Total.Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Computed_slots_meet_the_criteria_of_a_search_and_its_includes(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        async Task<int> Count(string query) => (await WalkAsync(office, $"Slot?{Start}&{query}")).Starts.Length;

        (await Count("schedule=a")).Should().Be(3);
        (await Count("schedule=b")).Should().Be(0);
        (await Count("schedule.actor=Practitioner/a")).Should().Be(3);
        (await Count("schedule.actor:Practitioner.name=nobody")).Should().Be(0);
        (await Count("status=busy")).Should().Be(0);
        (await Count("service-type=http://t|sosiaalityo")).Should().Be(3);
        (await Count("service-type=http://t|other")).Should().Be(0);
        (await Count("start=ge2027-02-01T09:30:00%2B02:00")).Should().Be(2);
        (await Count("period=2027-02-01T09:40:00%2B02:00")).Should().Be(1);
        (await WalkAsync(office, "Slot?schedule=a&_summary=count&" + Start)).Total.Should().Be(3);
        (await WalkAsync(office, "Slot?schedule=a&start=lt2020-01-01")).Starts.Should().BeEmpty("what has passed is not offered");

        var with = await office.GetAsync($"Slot?schedule=a&{Start}&_include=Slot:schedule&_include:iterate=Schedule:actor");
        new Found(with).Included.Select(r => $"{r["resourceType"]}/{r["id"]}").Should().BeEquivalentTo("Schedule/a", "Practitioner/a");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R75_search_by_calendar_without_start_begins_now_and_stays_bounded(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine, "2027-02-01T09:10:00+02:00");
        var office = await OpenAsync(server);

        var found = await WalkAsync(office, "Slot?schedule=a&status=free&_sort=start&_count=3");

        found.Days.Should().Equal("2027-02-01", "2027-02-08", "2027-02-15", "2027-02-22", "2027-03-01");
        found.Starts[..2].Should().Equal("09:30", "10:00");
        found.Starts[^1].Should().Be("09:00", "four weeks from now end before the next");
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_a_search_finds_is_booked_and_found_no_more(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var query = $"Slot?schedule=a&status=free&{Start}";
        var slot = new Found(await office.GetAsync(query)).Matches[1];

        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", slot["id"]!.ToString(), "09:30", "10:00"));

        booked.Status.Should().Be(201, booked.Text);
        (await WalkAsync(office, query)).Starts.Should().Equal("09:00", "10:00");
        (await WalkAsync(office, $"Slot?schedule=a&status=busy&{Start}")).Starts.Should().Equal("09:30");
        (await office.GetAsync($"Slot/{slot["id"]}")).Body["status"]!.ToString().Should().Be("busy");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Computed_slots_claim_the_profile_where_they_meet_it_as_those_of_an_applied_template_do(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var strange = ApplyTemplateTests.Entry("mon", "13:00", "13:30");
        strange["extension"]!.AsArray().Add(new JsonObject { ["url"] = "audience", ["valueCode"] = "passers-by" });
        await office.PutAsync(ApplyTemplateTests.Template("week", ApplyTemplateTests.Entry("mon", "09:00", "09:30"), strange));
        await office.PostAsync("Schedule/b/$apply-template?start=2027-02-01&end=2027-02-01&template=Basic/week", Office.Parameters());

        var computed = new Found(await office.GetAsync($"Slot?schedule=a&{Start}&_sort=start")).Matches;
        var applied = new Found(await office.GetAsync($"Slot?schedule=b&{Start}&_sort=start")).Matches;
        var offered = new Found(await office.GetAsync($"Slot/$find?schedule=a&start={Office.Day}&end={Office.Day}")).Matches;
        var read = (await office.GetAsync($"Slot/{computed[0]["id"]}")).Body;
        var byProfile = new Found(await office.GetAsync($"Slot?schedule=a&{Start}&_profile={Canonicals.SlotProfile}")).Matches;
        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", computed[0]["id"]!.ToString(), "09:00", "09:30"));
        var stored = (await office.GetAsync($"Slot/{computed[0]["id"]}")).Body;

        computed.Select(Claim).Should().Equal(Canonicals.SlotProfile, null);
        applied.Select(Claim).Should().Equal(computed.Select(Claim));
        offered.Select(Claim).Should().Equal(computed.Select(Claim));
        Claim(read).Should().Be(Canonicals.SlotProfile);
        byProfile.Select(s => s["id"]!.ToString()).Should().Equal(computed[0]["id"]!.ToString());
        booked.Status.Should().Be(201, booked.Text);
        stored["status"]!.ToString().Should().Be("busy");
        foreach (var claiming in new[] { read, stored })
        {
            Claim(claiming).Should().Be(Canonicals.SlotProfile);
            var verdict = await office.PostAsync("Slot/$validate", claiming.ToJsonString());
            verdict.Body["issue"]!.AsArray().Should().NotContain(i => i!["severity"]!.ToString() == "error", verdict.Text);
        }
    }

    /// <summary>Beside computed Slots a number to leave out would count what is stored only.</summary>
    [DatabaseTheory, EachDatabase]
    public async Task Offset_is_refused_where_computed_slots_are_found_and_served_where_none_are(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutSlotAsync("first", "b", "09:00", "09:30");
        await office.PutSlotAsync("second", "b", "09:30", "10:00");

        var computed = await office.GetAsync($"Slot?schedule=a&{Start}&_offset=1");
        var stored = new Found(await office.GetAsync($"Slot?schedule=b&{Start}&_sort=start&_offset=1"));
        var none = await office.GetAsync($"Slot?schedule=a&{Start}&_offset=0");

        computed.Status.Should().Be(400, computed.Text);
        computed.Body["resourceType"]!.ToString().Should().Be("OperationOutcome");
        computed.Body["issue"]![0]!["expression"]![0]!.ToString().Should().Be("http._offset");
        stored.Matches.Select(s => s["id"]!.ToString()).Should().Equal("second");
        new Found(none).Matches.Should().HaveCount(3);
    }

    private static string? Claim(JsonNode slot) => slot["meta"]?["profile"]?[0]!.ToString();

    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(ApplyTemplateTests.Template("week", ApplyTemplateTests.Entry("mon", "09:00", "10:30")));
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/a"}],
             "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/availability-template",
                           "valueReference":{"reference":"Basic/week"} }]}
            """);
        return office;
    }

    private static async Task<(string[] Starts, string[] Days, int? Total)> WalkAsync(Office office, string query)
    {
        var (starts, total) = (new List<string>(), default(int?));
        for (var next = query; next is not null;)
        {
            var answer = await office.GetAsync(next);
            answer.Status.Should().Be(200, answer.Text);
            var page = new Found(answer);
            starts.AddRange(page.Matches.Select(m => m["start"]!.ToString()));
            total ??= answer.Body["total"] is JsonValue value ? value.GetValue<int>() : null;
            next = page.Next;
        }
        return ([.. starts.Select(s => s[11..16])], [.. starts.Select(s => s[..10]).Distinct()], total);
    }
}

using System.Text.Json.Nodes;

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

using System.Net;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>What clients of other servers missed in their search, over HTTP.</summary>
public sealed class SearchLessonTests(TestServer server) : IClassFixture<TestServer>
{
    [DatabaseTheory, EachDatabase]
    public async Task R72_A_time_that_started_before_and_still_runs_is_found_by_overlap(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        await SlotAsync(here, "r72", "long", "2026-11-23T08:00:00Z", "2026-11-23T12:00:00Z");
        await SlotAsync(here, "r72", "before", "2026-11-23T07:00:00Z", "2026-11-23T10:00:00Z");
        await SlotAsync(here, "r72", "after", "2026-11-23T11:00:00Z", "2026-11-23T13:00:00Z");
        const string window = "ge2026-11-23T10:00:00Z&{0}=lt2026-11-23T11:00:00Z";

        var overlapping = await IdsAsync(here, "Slot?schedule=r72&period=" + string.Format(window, "period"));
        var starting = await IdsAsync(here, "Slot?schedule=r72&start=" + string.Format(window, "start"));
        var ending = await IdsAsync(here, "Slot?schedule=r72&end=2026-11-23T12:00:00Z");
        var now = await IdsAsync(here, "Slot?schedule=r72&period=2026-11-23T09:30:00Z");

        overlapping.Should().Equal("long");
        starting.Should().BeEmpty("start stays as R4 defines it");
        ending.Should().Equal("long");
        now.Should().BeEquivalentTo("long", "before");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R72_An_appointment_is_found_by_overlap_and_by_its_end(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        (await here.SendAsync("PUT", "Appointment/r72", """
            {"resourceType":"Appointment","id":"r72","status":"proposed","start":"2026-11-23T08:00:00Z",
             "end":"2026-11-23T12:00:00Z","participant":[{"actor":{"display":"Joku"},"status":"accepted"}]}
            """)).Dispose();

        var overlapping = await IdsAsync(here, "Appointment?_id=r72&period=2026-11-23T11:59:59Z");
        var over = await IdsAsync(here, "Appointment?_id=r72&period=2026-11-23T12:00:00Z");
        var ending = await IdsAsync(here, "Appointment?_id=r72&end=le2026-11-23T12:00:00Z");
        var starting = await IdsAsync(here, "Appointment?_id=r72&date=ge2026-11-23T09:00:00Z");

        overlapping.Should().Equal("r72");
        over.Should().BeEmpty("its end is not part of it");
        ending.Should().Equal("r72");
        starting.Should().BeEmpty("date stays the start, as R4 defines it");
    }

    /// <summary>Clocks go forward on 29 March and back on 25 October 2026: days of 23 and 25 hours.</summary>
    [DatabaseTheory]
    [EachDatabase("2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z")]
    [EachDatabase("2026-10-25", "2026-10-24T21:00:00Z", "2026-10-25T22:00:00Z")]
    [EachDatabase("2026-11-22", "2026-11-21T22:00:00Z", "2026-11-22T22:00:00Z")]
    [Rule("search", "date", "A date without time is that day of the server's zone, also when clocks change.")]
    public async Task R26_A_date_means_the_local_day(DatabaseEngine engine, string day, string start, string end)
    {
        var here = await server.OnAsync(engine);
        var calendar = "r26-" + day;
        var (first, after) = (DateTimeOffset.Parse(start), DateTimeOffset.Parse(end));
        foreach (var (id, at) in new[]
                 {
                     ("before", first.AddMinutes(-30)), ("first", first), ("last", after.AddMinutes(-30)), ("after", after),
                 })
            await SlotAsync(here, calendar, $"{day}-{id}", Text(at), Text(at.AddMinutes(30)));
        string[] ofTheDay = [$"{day}-first", $"{day}-last"];

        (await IdsAsync(here, $"Slot?schedule={calendar}&start={day}")).Should().BeEquivalentTo(ofTheDay);
        (await IdsAsync(here, $"Slot?schedule={calendar}&period={day}")).Should().BeEquivalentTo(ofTheDay);
        (await IdsAsync(here, $"Slot?schedule={calendar}&start=ge{day}&start=le{day}")).Should().BeEquivalentTo(ofTheDay);
        (await IdsAsync(here, $"Slot?schedule={calendar}&start=lt{day}")).Should().Equal($"{day}-before");
        (await IdsAsync(here, $"Slot?schedule={calendar}&start=gt{day}")).Should().Equal($"{day}-after");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R75_A_search_without_start_stays_bounded_by_its_page(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        for (var n = 0; n < 60; n++)
        {
            var at = DateTimeOffset.Parse("2026-12-01T06:00:00Z").AddHours(n);
            await SlotAsync(here, "r75", $"r75-{n}", Text(at), Text(at.AddMinutes(30)));
        }

        using var found = await here.SendAsync("GET", "Slot?schedule=r75");

        var bundle = await TestServer.ResourceOf(found);
        bundle.All("entry").Should().HaveCount(50);
        bundle.All("link").Should().Contain(link => link.Text("relation") == "next");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R76_A_chain_over_the_calendar_finds_the_times_of_its_owner(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        await SlotAsync(here, "r76", "r76", "2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z");

        (await IdsAsync(here, "Slot?schedule.actor=Practitioner/of-r76&start=2026-11-23")).Should().Equal("r76");
        (await IdsAsync(here, "Slot?schedule.actor:Practitioner.name=omistaja-r76")).Should().Equal("r76");
        (await IdsAsync(here, "Practitioner?_has:Schedule:actor:_has:Slot:schedule:_id=r76")).Should().Equal("of-r76");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R81_An_unknown_extra_parameter_is_a_warning_and_not_an_error(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        await SlotAsync(here, "r81", "r81", "2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z");

        using var found = await here.SendAsync("GET", "Slot?schedule=r81&searchFilter=urn:x|1");

        found.StatusCode.Should().Be(HttpStatusCode.OK);
        var entries = (await TestServer.ResourceOf(found)).All("entry").ToList();
        entries.Select(e => e["search"]!.Text("mode")).Should().Equal("match", "outcome");
        entries[1]["resource"]!["issue"]!.Text("severity").Should().Be("warning");
    }

    private static async Task SlotAsync(TestServer here, string calendar, string id, string start, string end)
    {
        (await here.SendAsync("PUT", $"Practitioner/of-{calendar}",
            $$"""{"resourceType":"Practitioner","id":"of-{{calendar}}","name":[{"family":"omistaja-{{calendar}}"}]}""")).Dispose();
        (await here.SendAsync("PUT", $"Schedule/{calendar}",
            $$"""{"resourceType":"Schedule","id":"{{calendar}}","actor":[{"reference":"Practitioner/of-{{calendar}}"}]}""")).Dispose();
        using var put = await here.SendAsync("PUT", $"Slot/{id}", $$"""
            {"resourceType":"Slot","id":"{{id}}","schedule":{"reference":"Schedule/{{calendar}}"},"status":"free",
             "start":"{{start}}","end":"{{end}}"}
            """);
        put.StatusCode.Should().BeOneOf(HttpStatusCode.Created, HttpStatusCode.OK);
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");

    private static async Task<List<string>> IdsAsync(TestServer here, string url)
    {
        using var found = await here.SendAsync("GET", url);
        var bundle = await TestServer.ResourceOf(found);
        bundle.Text("type").Should().Be("searchset", url);
        return [.. bundle.All("entry").Select(e => e["resource"]!.Id!)];
    }
}

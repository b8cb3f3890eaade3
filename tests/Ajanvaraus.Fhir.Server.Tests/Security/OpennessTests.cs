using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>What colleagues are told of each other's calendars: free or busy, times and places, all; and who looks where they are.</summary>
public sealed class OpennessTests
{
    private const string Week = "Schedule/$week?start=2026-11-23&schedule=Schedule/1";
    private const string Now = "Schedule/$whereabouts?schedule=Schedule/1&schedule=Schedule/2";

    /// <summary>A colleague of the same unit with another service task.</summary>
    private static string Colleague(AccessWorld world) => world.Staff("ammattilainen", "3", "a", "lastensuojelu");

    [DatabaseTheory]
    [EachDatabase("", 0, 0)]
    [EachDatabase("free-busy", 0, 0)]
    [EachDatabase("times-and-places", 2, 0)]
    [EachDatabase("all", 2, 1)]
    public async Task R30_A_calendar_says_how_much_of_it_colleagues_are_told(DatabaseEngine engine, string openness, int told, int whole)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        await OpenAsync(world, "1", openness);
        await world.LoadAsync("Appointment/internal", Internal("internal", "1"));

        var week = await ResourcesAsync(world, Colleague(world), Week);
        var own = await ResourcesAsync(world, world.Staff("ammattilainen", "1", "a", "lapsiperheet"), Week);
        var away = await ResourcesAsync(world, world.Staff("ammattilainen", "2", "b", "lapsiperheet"), Week);
        var desk = await ResourcesAsync(world, world.Staff("ajanvaraus", "9", "a", "lastensuojelu"), Week);

        Appointments(week).Should().HaveCount(told);
        Appointments(week).Count(a => a["description"] is not null).Should().Be(whole);
        week.Select(r => r.ToJsonString()).Should().NotContain(text => text.Contains("Patient/") || text.Contains("canary"));
        foreach (var part in Appointments(week).Where(a => (string)a["id"]! == "a1"))
        {
            part["participant"]!.AsArray().Select(p => (string)p!["actor"]!["reference"]!).Should().Equal("Practitioner/1", "Location/a");
            part["start"]!.ToString().Should().Be("2026-11-24T09:00:00+02:00");
            part["meta"]!["tag"]![0]!["code"]!.ToString().Should().Be("SUBSETTED");
        }
        Appointments(own).Should().HaveCount(3, "a3 is of a client whose whereabouts are kept, and shown to who takes part");
        Appointments(away).Should().BeEmpty("openness is for the unit");
        Appointments(desk).Should().BeEmpty("the desk has no row that is told a part");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R30_A_part_is_told_by_the_week_alone(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        await OpenAsync(world, "1", "all");
        var colleague = Colleague(world);

        (await world.GetAsync(colleague, "Appointment/a1")).Status.Should().Be(404);
        (await world.FoundAsync(colleague, "Appointment?actor=Practitioner/1")).Should().BeEmpty();
        (await world.FoundAsync(colleague, "Schedule?_id=1&_revinclude=Appointment:actor")).Should().Equal("Schedule/1");
        using var changed = await world.SendAsync(
            colleague, HttpMethod.Put, "Appointment/a1", AccessWorld.Appointment("a1", "1", "1", "a", "lapsiperheet", "24"));
        ((int)changed.StatusCode).Should().BeOneOf(403, 404);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R30_Why_somebody_is_away_is_told_to_who_keeps_the_calendar(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        await world.LoadAsync("Slot/away", """
            {"resourceType":"Slot","id":"away","schedule":{"reference":"Schedule/1"},"status":"busy-unavailable","comment":"canarydentist",
            "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/absence-kind","valueCode":"sairaus"}],
            "start":"2026-11-24T12:00:00+02:00","end":"2026-11-24T13:00:00+02:00"}
            """);
        var paths = new[] { "Slot/away", "Slot/away/_history/1", "Slot/away/_history", "Slot?schedule=Schedule/1&_count=50", Week };
        var know = new[]
        {
            world.Staff("ammattilainen", "1", "a", "lapsiperheet"), world.Staff("ammattilainen", "1", "a", "lapsiperheet", "user/*.rs"),
            world.Staff("esihenkilo", "9", "a", "lapsiperheet"), world.Loader,
        };
        var doNot = new[] { Colleague(world), world.Staff("ajanvaraus", "9", "a", "lapsiperheet"), world.Citizen("1"), world.Staff("esihenkilo", "9", "b", "lapsiperheet") };

        foreach (var path in paths)
        {
            foreach (var token in know)
                (await world.GetAsync(token, path)).Body.Should().Contain("canarydentist", path).And.Contain("sairaus");
            foreach (var token in doNot)
                (await world.GetAsync(token, path)).Body.Should().NotContain("canarydentist", path).And.NotContain("sairaus");
        }
        (await world.FoundAsync(know[0], "Slot?_content=canarydentist")).Should().Equal("Slot/away");
        (await world.FoundAsync(doNot[0], "Slot?_content=canarydentist")).Should().BeEmpty();
        (await world.FoundAsync(doNot[0], "Slot?status=busy-unavailable")).Should().Equal(["Slot/away"], "that the time cannot be booked everybody knows");
        (await world.GetAsync(doNot[0], "Slot/away")).Body.Should().Contain("SUBSETTED").And.Contain("2026-11-24T12:00:00+02:00");

        await world.LoadAsync("Slot/away", """
            {"resourceType":"Slot","id":"away","schedule":{"reference":"Schedule/1"},"status":"free",
            "start":"2026-11-24T12:00:00+02:00","end":"2026-11-24T13:00:00+02:00"}
            """);
        (await world.GetAsync(doNot[0], "Slot/away/_history/1")).Body.Should().NotContain("canarydentist", "an older version is as it was");
        (await world.GetAsync(know[0], "Slot/away/_history/1")).Body.Should().Contain("canarydentist");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R30_Where_somebody_is_now_is_a_right_of_its_own_and_stands_in_the_log(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        var lead = world.Staff("esihenkilo", "9", "a", "lapsiperheet");

        var before = await ResourcesAsync(world, lead, Now);
        world.MoveTo("2026-11-25T09:30:00+02:00");
        lead = world.Staff("esihenkilo", "9", "a", "lapsiperheet");
        var during = await ResourcesAsync(world, lead, Now);
        world.MoveTo("2026-11-25T10:00:00+02:00");
        lead = world.Staff("esihenkilo", "9", "a", "lapsiperheet");
        var after = await ResourcesAsync(world, lead, Now);

        before.Should().BeEmpty();
        after.Should().BeEmpty();
        var visit = during.Should().ContainSingle().Subject;
        ((string)visit["id"]!, (string)visit["end"]!).Should().Be(("a3", "2026-11-25T10:00:00+02:00"));
        visit.ToJsonString().Should().Contain("Location/a").And.NotContain("Patient/").And.NotContain("canary");
        foreach (var token in new[] { world.Staff("ammattilainen", "1", "a", "lapsiperheet"), world.Staff("ajanvaraus", "9", "a", "lapsiperheet"), world.Citizen("1") })
            (await world.GetAsync(token, Now)).Status.Should().Be(403);
        (await ResourcesAsync(world, world.Staff("esihenkilo", "9", "b", "lapsiperheet"), Now)).Should().BeEmpty();
        var log = await ResourcesAsync(world, world.Program("lokivalvonta"), "AuditEvent?_count=100");
        var looks = log.Where(e => e["subtype"]!.AsArray().Any(s => (string)s!["code"]! == "whereabouts")).ToList();
        looks.Count(e => (string)e["outcome"]! == "0").Should().Be(4, "who found nobody has looked, too");
        looks.Count(e => (string)e["outcome"]! == "8").Should().Be(3);
    }

    private static Task OpenAsync(AccessWorld world, string worker, string openness) => world.LoadAsync($"Schedule/{worker}", $$"""
        {"resourceType":"Schedule","id":"{{worker}}","actor":[{"reference":"Practitioner/{{worker}}" }]{{(openness.Length == 0 ? "" : $$"""
        ,"extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/calendar-openness","valueCode":"{{openness}}"}]
        """)}} }
        """);

    private static string Internal(string id, string worker) => $$"""
        {"resourceType":"Appointment","id":"{{id}}","status":"booked","description":"Papers","start":"2026-11-26T12:00:00+02:00",
        "end":"2026-11-26T13:00:00+02:00","participant":[{"actor":{"reference":"Practitioner/{{worker}}" },"status":"accepted"},
        {"actor":{"reference":"Location/a"},"status":"accepted"}]}
        """;

    private static IEnumerable<JsonNode> Appointments(IEnumerable<JsonNode> resources) =>
        resources.Where(r => (string)r["resourceType"]! == "Appointment");

    private static async Task<List<JsonNode>> ResourcesAsync(AccessWorld world, string token, string url)
    {
        var (status, body) = await world.GetAsync(token, url);
        status.Should().Be(200, body);
        return [.. (JsonNode.Parse(body)!["entry"]?.AsArray() ?? []).Select(e => e!["resource"]!)];
    }
}

using System.Text;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Security;

namespace Ajanvaraus.Fhir.Server.Tests.Audit;

/// <summary>AuditEvents have the shape of IHE BALP 1.1.4: https://profiles.ihe.net/ITI/BALP/content.html .</summary>
public sealed class AuditShapeTests
{
    private const string Balp = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private const string Source = "110153";
    private const string Destination = "110152";

    [Fact]
    public async Task G59_Each_event_meets_the_pattern_that_it_claims()
    {
        await using var world = await AccessWorld.StartAsync(DatabaseEngine.Sqlite);
        await UseAsync(world);

        var events = await world.EventsAsync(world.Officer(), "AuditEvent?_count=200");

        var patterns = events.Select(PatternOf).ToList();
        patterns.Distinct().Should().Contain(["PatientRead", "PatientQuery", "PatientCreate", "PatientUpdate", "PatientDelete", "Create", "Query", ""]);
        events.SelectMany(Faults).Should().BeEmpty();
        foreach (var told in events.GroupBy(e => $"{PatternOf(e)} {e["outcome"]} {e["subtype"]}").Select(g => g.First()))
        {
            using var response = await world.SendAsync(world.Officer(), HttpMethod.Post, "AuditEvent/$validate", told.ToJsonString());
            var outcome = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            outcome["issue"]!.AsArray().Select(i => (string)i!["severity"]!).Should().NotContain(["error", "fatal"], outcome.ToJsonString());
        }
    }

    [Fact]
    public async Task Search_is_kept_as_it_was_asked()
    {
        await using var world = await AccessWorld.StartAsync(DatabaseEngine.Sqlite);
        var desk = world.Staff("ajanvaraus", "9", "b", "lapsiperheet");
        using var response = await world.SendAsync(
            desk, HttpMethod.Get, "Patient?family=Client1&_count=5", edit: r => AuditWorld.Named(r, "search"));

        var told = (await world.EventsOfAsync("search")).Should().ContainSingle().Subject;

        QueryOf(told).Should().Be("Patient?family=Client1&_count=5");
        AuditWorld.ClientOf(told).Should().Be("1");
    }

    [Fact]
    public async Task Log_is_found_by_client_agent_entity_time_action_and_outcome()
    {
        await using var world = await AccessWorld.StartAsync(DatabaseEngine.Sqlite);
        await UseAsync(world);
        var all = await world.EventsAsync(world.Officer(), "AuditEvent?date=lt2100&_count=200");
        async Task<int> Count(string criteria) => (await world.EventsAsync(world.Officer(), $"AuditEvent?date=le2027&{criteria}&_count=7")).Count;
        int Expected(Func<JsonNode, bool> meets) => all.Count(meets);

        (await Count("patient=Patient/1&action=R")).Should().BePositive().And.Be(Expected(e => IsOf(e, "1") && (string)e["action"]! == "R"));
        (await Count("entity=Patient/2,Patient/4&action=C")).Should().BePositive()
            .And.Be(Expected(e => AuditWorld.ClientOf(e) is "2" or "4" && (string)e["action"]! == "C"));
        (await Count("agent=Practitioner/1")).Should().BePositive().And.Be(Expected(e => e["agent"]!.ToJsonString().Contains("\"Practitioner/1\"")));
        (await Count("entity=Appointment/a1")).Should().BePositive().And.Be(Expected(e => AuditWorld.DataOf(e)?.StartsWith("Appointment/a1/") == true
            || AuditWorld.DataOf(e) == "Appointment/a1"));
        (await Count("outcome=8")).Should().BePositive().And.Be(Expected(e => (string)e["outcome"]! == "8"));
        (await Count("subtype=read")).Should().BePositive().And.Be(Expected(e => e["subtype"]!.ToJsonString().Contains("\"read\"")));
        (await Count("date=gt2100")).Should().Be(0);
        var oldest = await world.EventsAsync(world.Officer(), "AuditEvent?_sort=date&date=le2027&_count=200");
        oldest.Select(e => (string)e["recorded"]!).Should().BeInAscendingOrder(StringComparer.Ordinal);
        all.Select(e => (string)e["recorded"]!).Should().BeInDescendingOrder(StringComparer.Ordinal);
        var total = await world.GetAsync(world.Officer(), "AuditEvent?patient=Patient/1&agent=Practitioner/1&_summary=count");
        ((int)JsonNode.Parse(total.Body)!["total"]!).Should().BePositive()
            .And.Be(Expected(e => IsOf(e, "1") && e["agent"]!.ToJsonString().Contains("\"Practitioner/1\"")));
        (await world.GetAsync(world.Officer(), "AuditEvent?_sort=agent")).Status.Should().Be(400);
    }

    /// <summary>A bit of everything.</summary>
    private static async Task UseAsync(AccessWorld world)
    {
        var professional = world.Staff("ammattilainen", "1", "a", "lapsiperheet");
        foreach (var token in (string[])[professional, world.Citizen("1"), world.Loader, world.Representative("4")])
            foreach (var url in (string[])
                ["Patient/1", "Patient/1/_history/1", "Appointment", "Appointment?status=cancelled", "Patient/2", "Appointment/a1", "Patient/1/_history", "Basic", "Flag", "Patient/4"])
                _ = await world.GetAsync(token, url);
        var booking = AccessWorld.Appointment("new", "1", "1", "a", "lapsiperheet", "30");
        foreach (var (method, url, body) in ((HttpMethod, string, string?)[])
            [(HttpMethod.Put, "Appointment/new", booking), (HttpMethod.Put, "Appointment/new", booking.Replace("canary-new", "other")), (HttpMethod.Delete, "Appointment/new", null)])
        {
            using var response = await world.SendAsync(world.Loader, method, url, body);
            response.IsSuccessStatusCode.Should().BeTrue(await response.Content.ReadAsStringAsync());
        }
    }

    private static bool IsOf(JsonNode told, string client) =>
        AuditWorld.ClientOf(told) == client || told["agent"]!.ToJsonString().Contains($"\"Patient/{client}\"");

    private static string PatternOf(JsonNode told) => told["meta"]!["profile"]!.AsArray()
        .Select(p => (string)p!).Where(p => p.StartsWith(Balp, StringComparison.Ordinal)).Select(p => p[Balp.Length..]).SingleOrDefault() ?? "";

    private static string? QueryOf(JsonNode told) => AuditWorld.Entities(told)
        .Where(e => e["query"] is not null).Select(e => Encoding.UTF8.GetString(Convert.FromBase64String((string)e["query"]!))).SingleOrDefault();

    /// <summary>What BALP asks of its patterns, element by element.</summary>
    private static IEnumerable<string> Faults(JsonNode told)
    {
        var pattern = PatternOf(told);
        if (pattern.Length == 0)
            yield break;
        var what = pattern.Replace("Patient", "");
        var agents = told["agent"]!.AsArray().ToLookup(a => (string)a!["type"]!["coding"]![0]!["code"]!);
        var entities = AuditWorld.Entities(told).ToList();
        if ((string)told["action"]! != (what switch { "Read" => "R", "Create" => "C", "Update" => "U", "Delete" => "D", _ => "E" }))
            yield return $"{pattern}: action {told["action"]}";
        if ((string)told["outcome"]! != "0" || (string)told["type"]!["code"]! != "rest")
            yield return $"{pattern}: outcome or type";
        foreach (var machine in (string[])[Source, Destination])
            if (agents[machine].Count() != 1 || agents[machine].Single()!["who"] is null || agents[machine].Single()!["network"]?["address"] is null)
                yield return $"{pattern}: agent {machine}";
        // The server is the source of what is read, and the destination of all else.
        if ((string)agents[what == "Read" ? Source : Destination].Single()!["who"]!["identifier"]!["value"]! != "Ajanvaraus.Fhir")
            yield return $"{pattern}: server";
        if (agents[what is "Read" or "Query" ? "IRCP" : "AUT"].Any(u => u!["network"] is not null || !(bool)u["requestor"]!)
            || agents[what is "Read" or "Query" ? "AUT" : "IRCP"].Any())
            yield return $"{pattern}: user";
        if (entities.Count(e => (string?)e["role"]?["code"] == "4" && e["what"] is not null) != (what == "Query" ? 0 : 1))
            yield return $"{pattern}: data";
        if (entities.Count(e => (string?)e["role"]?["code"] == "24" && e["query"] is not null && e["what"] is null) != (what == "Query" ? 1 : 0))
            yield return $"{pattern}: query";
        if (entities.Count(e => (string?)e["role"]?["code"] == "1" && (string?)e["type"]?["code"] == "1") != (pattern.StartsWith("Patient", StringComparison.Ordinal) ? 1 : 0))
            yield return $"{pattern}: patient";
    }
}

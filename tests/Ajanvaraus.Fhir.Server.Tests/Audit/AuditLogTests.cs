using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Security;

namespace Ajanvaraus.Fhir.Server.Tests.Audit;

/// <summary>Who did what to whose data is written down: docs/security.md, the log.</summary>
public sealed class AuditLogTests
{
    [DatabaseTheory, EachDatabase]
    public async Task G59_Every_access_has_one_entry_that_names_each_client(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        var asked = new Dictionary<string, Asked>();
        foreach (var (who, token) in Callers(world))
            foreach (var url in AccessRequests.Reads().Concat(AccessRequests.OfClient("1")))
            {
                var id = $"r{asked.Count.ToString(CultureInfo.InvariantCulture)}";
                using var response = await world.SendAsync(token, HttpMethod.Get, url, edit: r => r.Headers.Add("X-Request-Id", id));
                asked[id] = new Asked(who, url, response.StatusCode, ClientsIn(await response.Content.ReadAsStringAsync()));
            }

        var log = await LogAsync(world);

        asked.Should().HaveCountGreaterThan(500);
        foreach (var (id, request) in asked)
        {
            var events = log[id].ToList();
            if (request.Status == HttpStatusCode.Forbidden)
                events.Should().OnlyContain(e => (string)e["outcome"]! == "8").And.NotBeEmpty(request.Url);
            else if (request.Clients.Count > 0)
                events.Select(ClientOf).OfType<string>().Should().BeEquivalentTo(request.Clients, $"{request.Who} asked {request.Url}");
            events.Select(EntryOf).Distinct().Count().Should().BeLessThanOrEqualTo(1, request.Url);
        }
    }

    private sealed record Asked(string Who, string Url, HttpStatusCode Status, IReadOnlySet<string> Clients);

    private static (string Who, string Token)[] Callers(AccessWorld world) =>
    [
        ("professional", world.Staff("ammattilainen", "1", "a", "lapsiperheet")),
        ("desk", world.Staff("ajanvaraus", "9", "b", "lapsiperheet")),
        ("citizen", world.Citizen("1")),
        ("program", world.Loader),
    ];

    /// <summary>All AuditEvents by the request that they tell of.</summary>
    internal static async Task<ILookup<string, JsonNode>> LogAsync(AccessWorld world)
    {
        var token = world.Staff("lokivalvonta", "9", "a", "lapsiperheet");
        var events = new List<JsonNode>();
        for (string? url = "AuditEvent?_count=200&date=lt2100"; url is not null;)
        {
            var (status, body) = await world.GetAsync(token, url);
            status.Should().Be(200, body);
            var bundle = JsonNode.Parse(body)!;
            events.AddRange((bundle["entry"]?.AsArray() ?? []).Select(e => e!["resource"]!));
            url = (bundle["link"]?.AsArray() ?? []).Where(l => (string)l!["relation"]! == "next").Select(l => (string?)l!["url"]).FirstOrDefault();
        }
        return events.ToLookup(RequestOf);
    }

    internal static string RequestOf(JsonNode told) => told["entity"]!.AsArray()
        .Where(e => (string?)e!["type"]?["code"] == "XrequestId").Select(e => (string)e!["what"]!["identifier"]!["value"]!).FirstOrDefault() ?? "";

    internal static string? ClientOf(JsonNode told) => told["entity"]!.AsArray()
        .Where(e => (string?)e!["type"]?["code"] == "1").Select(e => ((string)e!["what"]!["reference"]!)["Patient/".Length..]).SingleOrDefault();

    /// <summary>Chain and number.</summary>
    private static string EntryOf(JsonNode told) => ((string)told["id"]!)[..((string)told["id"]!).LastIndexOf('-')];

    /// <summary>Found by reading the JSON, unlike the server does.</summary>
    private static HashSet<string> ClientsIn(string body)
    {
        var clients = new HashSet<string>();
        if (body.StartsWith('{'))
            Gather(JsonNode.Parse(body)!, clients);
        return clients;
    }

    private static void Gather(JsonNode? node, HashSet<string> clients)
    {
        if (node is JsonArray items)
            foreach (var item in items)
                Gather(item, clients);
        if (node is not JsonObject element)
            return;
        if ((string?)element["resourceType"] == "Patient" && (string?)element["id"] is { } id)
            clients.Add(id);
        if (element["reference"] is JsonValue value && ((string)value!).StartsWith("Patient/", StringComparison.Ordinal))
            clients.Add(((string)value!).Split('/')[1]);
        foreach (var (_, child) in element)
            Gather(child, clients);
    }
}

using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Persistence.Audit;
using Ajanvaraus.Fhir.Server.Tests.Security;

namespace Ajanvaraus.Fhir.Server.Tests.Audit;

/// <summary>The log of a county, as the one who looks after it reads it.</summary>
internal static class AuditWorld
{
    public static string Officer(this AccessWorld world) => world.Staff("lokivalvonta", "9", "a", "lapsiperheet");

    /// <summary>AuditEvents of a search, all pages, in its order.</summary>
    public static async Task<List<JsonNode>> EventsAsync(this AccessWorld world, string token, string search)
    {
        var events = new List<JsonNode>();
        for (string? url = search; url is not null;)
        {
            var (status, body) = await world.GetAsync(token, url);
            status.Should().Be(200, body);
            var bundle = JsonNode.Parse(body)!;
            events.AddRange((bundle["entry"]?.AsArray() ?? []).Select(e => e!["resource"]!));
            url = bundle["link"]!.AsArray().Where(l => (string)l!["relation"]! == "next").Select(l => (string?)l!["url"]).FirstOrDefault();
        }
        return events;
    }

    /// <summary>What the log tells of one request.</summary>
    public static async Task<List<JsonNode>> EventsOfAsync(this AccessWorld world, string request) =>
        (await world.EventsAsync(world.Officer(), "AuditEvent?_count=200")).FindAll(e => RequestOf(e) == request);

    public static string RequestOf(JsonNode told) => Entities(told)
        .Where(e => (string?)e["type"]?["code"] == "XrequestId").Select(e => (string)e["what"]!["identifier"]!["value"]!).FirstOrDefault() ?? "";

    public static string? ClientOf(JsonNode told) => Entities(told)
        .Where(e => (string?)e["type"]?["code"] == "1").Select(e => ((string)e["what"]!["reference"]!)["Patient/".Length..]).SingleOrDefault();

    public static string? DataOf(JsonNode told) => Entities(told)
        .Where(e => (string?)e["role"]?["code"] == "4").Select(e => (string)e["what"]!["reference"]!).SingleOrDefault();

    /// <summary>Tells the entry of an AuditEvent, which its id hides.</summary>
    public static async Task<Func<JsonNode, AuditPlace>> EntriesAsync(this AccessWorld world)
    {
        var seal = await world.Server.Store.WriteAsync<AuditSeal>(async session => await session.Audit.PrepareAsync(), CancellationToken.None);
        return told => seal.Value!.Find((string)told["id"]!)!.Value.Place;
    }

    public static IEnumerable<JsonNode> Entities(JsonNode told) => told["entity"]!.AsArray().Select(e => e!);

    public static void Named(HttpRequestMessage request, string id) => request.Headers.Add("X-Request-Id", id);
}

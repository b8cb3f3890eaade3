using System.Net;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Rest;

namespace Ajanvaraus.Fhir.Server.Tests.Jobs;

/// <summary>Asks for work in the background and waits for it, as a client does.</summary>
internal static class Work
{
    /// <summary>Begins it and gives the address of its state.</summary>
    public static async Task<string> StartAsync(
        TestServer server, string method, string url, string? body = null, params string[] headers)
    {
        using var accepted = await server.SendAsync(method, url, body, [.. headers, "Prefer: respond-async"]);
        accepted.StatusCode.Should().Be(HttpStatusCode.Accepted, await accepted.Content.ReadAsStringAsync());
        return accepted.Content.Headers.ContentLocation!.ToString();
    }

    /// <summary>Asks until there is a result.</summary>
    public static async Task<HttpResponseMessage> ResultAsync(TestServer server, string address)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var response = await server.SendAsync("GET", address);
            if (response.StatusCode != HttpStatusCode.Accepted)
                return response;
            response.Headers.Contains("X-Progress").Should().BeTrue();
            response.Headers.RetryAfter.Should().NotBeNull();
            response.Dispose();
            await Task.Delay(50, late.Token);
        }
    }

    public static async Task<JsonNode> ManifestAsync(TestServer server, string address)
    {
        using var response = await ResultAsync(server, address);
        response.StatusCode.Should().Be(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        response.Content.Headers.Expires.Should().NotBeNull();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>The lines of all files of a type.</summary>
    public static async Task<List<JsonNode>> LinesAsync(
        TestServer server, JsonNode manifest, string type, string list = "output")
    {
        var lines = new List<JsonNode>();
        foreach (var file in manifest[list]!.AsArray().Where(f => (string?)f!["type"] == type))
        {
            using var response = await server.SendAsync("GET", (string)file!["url"]!, null, "Accept: application/fhir+ndjson");
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            response.Content.Headers.ContentType!.MediaType.Should().Be("application/fhir+ndjson");
            var text = await response.Content.ReadAsStringAsync();
            var found = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
            found.Should().HaveCount((int)file["count"]!);
            lines.AddRange(found);
        }
        return lines;
    }
}

using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>The description of the API is one that clients can be generated from, and its examples work.</summary>
public sealed class OpenApiTests(TestServer server) : IClassFixture<TestServer>
{
    /// <summary>They need a time and a booking of their own, in the state that they end: the tour and AbsenceTests run them.</summary>
    private static readonly string[] OfBookings =
    [
        "$hold", "$book", "$confirm", "$release", "$cancel", "$reschedule", "$apply-template", "$check-in", "$no-show", "$fulfill",
        "$undo",
    ];

    /// <summary>What they are asked about is made by other requests first.</summary>
    private static readonly string[] OfOthers = ["/_async/", "$reassign", "$translate", "ValueSet/{id}", "CodeSystem/{id}", "ConceptMap/{id}", "Group/{id}"];

    private static readonly string[] InOrder = ["put", "post", "patch", "get", "delete"];

    private async Task<JsonObject> DocumentAsync()
    {
        using var response = await server.SendAsync("GET", "/swagger/v1/swagger.json");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    private static IEnumerable<(string Path, string Method, JsonNode Item, JsonNode Operation)> Operations(JsonObject document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(o => InOrder.Contains(o.Key)).Select(o => (path.Key, o.Key, path.Value!, o.Value!)));

    [Fact]
    public async Task Description_names_each_method_once_and_declares_what_paths_hold()
    {
        var operations = Operations(await DocumentAsync()).ToList();

        operations.Select(o => (string)o.Operation["operationId"]!).Should().OnlyHaveUniqueItems()
            .And.AllSatisfy(id => id.Should().MatchRegex("^[a-z][A-Za-z0-9]*$"));
        foreach (var (path, _, item, _) in operations)
        {
            var held = path.Split('/').Where(s => s.StartsWith('{')).Select(s => s[1..^1]);
            (item["parameters"]?.AsArray() ?? []).Select(p => (string)p!["name"]!).Should().BeEquivalentTo(held, path);
        }
    }

    [Fact]
    public async Task Writes_take_a_key_and_conditions()
    {
        var operations = Operations(await DocumentAsync()).ToDictionary(
            o => $"{o.Method} {o.Path}", o => o.Operation["parameters"]!.AsArray().Select(p => (string)p!["name"]!).ToList());

        operations["post /fhir/Slot"].Should().Contain(["Idempotency-Key", "If-None-Exist", "Prefer"]);
        operations["patch /fhir/Slot"].Should().Contain(["Idempotency-Key", "criteria"]);
        operations["put /fhir/Slot/{id}"].Should().Contain(["Idempotency-Key", "If-Match"]);
        operations["post /fhir/Slot/_search"].Should().NotContain("Idempotency-Key");
        operations.Keys.Should().Contain(["get /fhir/Patient/{id}/{member}", "get /fhir/_async/{job}", "delete /fhir/{type}"]);
    }

    [Fact]
    public async Task Every_example_works_as_it_stands()
    {
        var operations = Operations(await DocumentAsync())
            .Where(o => !OfBookings.Any(name => o.Path.EndsWith(name, StringComparison.Ordinal)))
            .Where(o => !OfOthers.Any(o.Path.Contains))
            .OrderBy(o => Array.IndexOf(InOrder, o.Method))
            .ThenBy(o => o.Path.Contains("{id}", StringComparison.Ordinal) ? 0 : 1).ToList();

        var failures = new List<string>();
        foreach (var (path, method, item, operation) in operations)
        {
            var (url, body) = Request(path, item, operation);
            var isForm = operation["requestBody"]?["content"]?["application/x-www-form-urlencoded"] is not null;
            using var response = await server.SendAsync(
                method.ToUpperInvariant(), url, isForm ? "" : body,
                isForm ? ["Content-Type: application/x-www-form-urlencoded"]
                : path.EndsWith("$export", StringComparison.Ordinal) ? ["Prefer: respond-async"] : []);
            if (!response.IsSuccessStatusCode)
                failures.Add($"{method} {url}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        failures.Should().BeEmpty();
        operations.Should().HaveCountGreaterThan(100);
    }

    private static (string Url, string? Body) Request(string path, JsonNode item, JsonNode operation)
    {
        foreach (var held in item["parameters"]?.AsArray() ?? [])
            path = path.Replace($"{{{held!["name"]}}}", (string?)held["example"] ?? "");
        var query = operation["parameters"]!.AsArray().Where(p => (string)p!["in"]! == "query" && p["example"] is not null)
            .Select(p => $"{p!["name"]}={Uri.EscapeDataString((string)p["example"]!)}");
        var body = operation["requestBody"]?["content"]?["application/fhir+json"]?["example"];
        var asked = string.Join('&', query);
        return (asked.Length > 0 ? $"{path}?{asked}" : path, body?.ToJsonString());
    }
}

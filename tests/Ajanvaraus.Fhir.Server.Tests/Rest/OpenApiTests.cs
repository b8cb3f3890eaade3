using System.Text;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>The description of the API is one that clients can be generated from, and its examples work.</summary>
public sealed class OpenApiTests(TestServer server) : IClassFixture<TestServer>
{
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

    /// <summary>Those that follow work in the background, whose address no example can know.</summary>
    private static bool IsOfWork(string path) => path.Contains("/_async/", StringComparison.Ordinal);

    private static string? Needs(JsonNode operation) => (string?)operation["description"];

    [Fact]
    public async Task Every_example_works_as_it_stands()
    {
        var operations = Operations(await DocumentAsync())
            .Where(o => Needs(o.Operation)?.Contains('/') != true && !IsOfWork(o.Path))
            .OrderBy(o => Array.IndexOf(InOrder, o.Method))
            .ThenBy(o => o.Path.Contains("{id}", StringComparison.Ordinal) ? 0 : 1).ToList();

        var failures = new List<string>();
        foreach (var (path, method, item, operation) in operations)
            await SendAsync(server.Client, path, method, item, operation, failures);

        failures.Should().BeEmpty();
        operations.Should().HaveCountGreaterThan(100);
    }

    [Fact]
    public async Task Every_example_that_needs_something_works_once_it_is_there()
    {
        var operations = Operations(await DocumentAsync()).Where(o => Needs(o.Operation)?.Contains('/') == true).ToList();

        var failures = new List<string>();
        foreach (var (path, method, item, operation) in operations)
        {
            // A booking is in another state after each of them.
            await using var here = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
            await OpenApiFixture.FillAsync(here.Http, Needs(operation)!);
            await SendAsync(here.Http, path, method, item, operation, failures);
        }

        failures.Should().BeEmpty();
        operations.Select(o => o.Path[(o.Path.LastIndexOf('/') + 1)..]).Distinct().Should().Contain(
        [
            "$hold", "$book", "$confirm", "$release", "$cancel", "$reschedule", "$check-in", "$no-show", "$fulfill", "$undo",
            "$absence", "$end-absence", "$week", "$call-off", "$reassign", "$apply-template", "$find", "$translate", "$expand", "$validate-code", "$subsumes", "$export",
        ]);
    }

    [Fact]
    public async Task Work_is_followed_and_given_up_by_the_addresses_that_are_described()
    {
        var operations = Operations(await DocumentAsync()).Where(o => IsOfWork(o.Path)).ToList();
        (await server.SendAsync("PUT", "Basic/esimerkki", """
            {"resourceType":"Basic","id":"esimerkki","code":{"text":"x"}}
            """)).Dispose();
        var address = await Jobs.Work.StartAsync(server, "GET", "$export?_type=Basic");
        var manifest = await Jobs.Work.ManifestAsync(server, address);
        var job = address[(address.LastIndexOf('/') + 1)..];
        var file = ((string)manifest["output"]![0]!["url"]!).Split('/')[^1];

        foreach (var (path, method, _, _) in operations.OrderBy(o => Array.IndexOf(InOrder, o.Method)))
        {
            var url = path.Replace("{job}", job, StringComparison.Ordinal).Replace("{file}", file, StringComparison.Ordinal);
            using var answer = await server.SendAsync(method.ToUpperInvariant(), url);
            answer.IsSuccessStatusCode.Should().BeTrue($"{method} {url}");
        }

        operations.Should().HaveCount(3);
    }

    private static async Task SendAsync(
        HttpClient client, string path, string method, JsonNode item, JsonNode operation, List<string> failures)
    {
        var (url, body) = Request(path, item, operation);
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), url);
        if (operation["requestBody"]?["content"]?["application/x-www-form-urlencoded"] is not null)
            request.Content = new FormUrlEncodedContent([]);
        else if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/fhir+json");
        if (Needs(operation)?.Contains("respond-async", StringComparison.Ordinal) == true)
            request.Headers.Add("Prefer", "respond-async");
        using var response = await client.SendAsync(request);
        if (!response.IsSuccessStatusCode)
            failures.Add($"{method} {url}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
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

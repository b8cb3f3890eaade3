using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>What comes in great numbers, and what comes from another county, is held to the same rules.</summary>
public sealed class IsolationTests
{
    private const string Label =
        "\"meta\":{\"security\":[{\"system\":\"https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs\",\"code\":\"TURVAKIELTO\"}]},";

    [DatabaseTheory, EachDatabase]
    public async Task G54_An_import_neither_sets_nor_removes_labels(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        string Line(string id, string label, string name) => $$"""{"resourceType":"Patient","id":"{{id}}",{{label}}"name":[{"family":"{{name}}" }],"managingOrganization":{"reference":"Organization/a"} }""";
        var lines = string.Join('\n', Line("3", "", "Unlabelled"), Line("4", Label, "Labelled"), Line("new", Label, "Labelled"), Line("2", "", "Renamed"));
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle", ["type"] = "batch",
            ["entry"] = new JsonArray([.. lines.Split('\n').Select(line => new JsonObject
            {
                ["resource"] = JsonNode.Parse(line),
                ["request"] = new JsonObject { ["method"] = "PUT", ["url"] = $"Patient/{JsonNode.Parse(line)!["id"]}" },
            })]),
        };

        var manifest = await ImportAsync(world, lines);
        using var batch = await world.SendAsync(world.Loader, HttpMethod.Post, "", bundle.ToJsonString());
        var answers = JsonNode.Parse(await batch.Content.ReadAsStringAsync())!["entry"]!.AsArray().Select(e => ((string)e!["response"]!["status"]!)[..3]);
        using var mayNot = await world.SendAsync(world.Program("vaestotiedot"), HttpMethod.Post, "$import", "{}");

        manifest.Should().Contain("\"error\"");
        answers.Should().Equal("403", "403", "403", "200");
        mayNot.StatusCode.Should().Be(HttpStatusCode.Forbidden, "only who carries all data imports");
        var labelled = await world.FoundAsync(world.Program("vaestotiedot"), "Patient?_security=TURVAKIELTO");
        labelled.Should().Equal("Patient/3");
        (await world.GetAsync(world.Loader, "Patient/3")).Body.Should().NotContain("Unlabelled");
        (await world.GetAsync(world.Loader, "Patient/2")).Body.Should().Contain("Renamed", "what has no label is imported");
        (await world.GetAsync(world.Loader, "Patient/new")).Status.Should().Be(404);
    }

    [DatabaseTheory, EachDatabase]
    public async Task G55_Tokens_of_one_county_open_nothing_of_another(DatabaseEngine engine)
    {
        await using var one = await AccessWorld.StartAsync(engine);
        await using var other = await AccessWorld.StartAsync(engine);
        var clock = new FakeClock("2026-11-23T08:00:00+02:00");
        await using var both = await TestIssuer.StartAsync(clock);
        await using var elsewhere = await FhirServer.StartAsync(engine, with: options => options with
        {
            IsOpen = false,
            Tokens = new TokenOptions { Issuers = [new IssuerOptions(both.Name)], Audiences = ["https://other.county.example/fhir"] },
        });
        string[] tokens =
        [
            one.Loader, one.Program("vaestotiedot"), one.Citizen("1"), one.Representative("4"), one.Staff("ajanvaraus", "9", "a", "lapsiperheet"),
            one.Staff("esihenkilo", "3", "a", "lapsiperheet"), one.Staff("ammattilainen", "1", "a", "lapsiperheet"), one.Staff("lokivalvonta", "9", "a", "x"),
        ];
        var opened = new List<string>();
        var asked = 0;

        foreach (var token in tokens)
            foreach (var url in AccessRequests.Reads().Concat(AccessRequests.OfClient("1")))
            {
                asked++;
                if ((await other.GetAsync(token, url)).Status != 401)
                    opened.Add(url);
            }
        using var shared = new HttpRequestMessage(HttpMethod.Get, "Patient");
        shared.Headers.Authorization = new AuthenticationHeaderValue("Bearer", both.Sign(both.Claims("system/*.cruds")));
        using var forTheFirst = await elsewhere.Http.SendAsync(shared);

        asked.Should().BeGreaterThan(1000);
        opened.Should().BeEmpty("each county has a database, servers and an issuer of its own");
        forTheFirst.StatusCode.Should().Be(HttpStatusCode.Unauthorized, "an issuer of several counties says for which a token is");
    }

    /// <returns>The manifest of the import.</returns>
    private static async Task<string> ImportAsync(AccessWorld world, string lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "$import") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(lines)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", world.Loader);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+ndjson");
        using var accepted = await world.Server.Http.SendAsync(request);
        accepted.StatusCode.Should().Be(HttpStatusCode.Accepted, await accepted.Content.ReadAsStringAsync());
        var address = accepted.Content.Headers.ContentLocation!.ToString();
        for (; ; )
        {
            var (status, body) = await world.GetAsync(world.Loader, address);
            if (status != 202)
                return body;
            await Task.Delay(50);
        }
    }
}

using System.Net;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Server.Capability;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>Everything that the CapabilityStatement names answers, and everything that answers is named.</summary>
public sealed class CapabilityWalkTests(TestServer server) : IClassFixture<TestServer>
{
    private async Task<ElementNode> RestAsync()
    {
        using var response = await server.SendAsync("GET", "metadata");
        return (await TestServer.ResourceOf(response))["rest"]!;
    }

    private async Task<HttpStatusCode> StatusAsync(string method, string url, string? body = null)
    {
        using var response = await server.SendAsync(method, url, body, "Prefer: handling=strict");
        return response.StatusCode;
    }

    [Fact]
    [Rule("http", "capabilities", "Every interaction that is named answers.")]
    public async Task Every_interaction_that_is_named_answers_at_every_type()
    {
        foreach (var resource in (await RestAsync()).All("resource"))
        {
            var type = resource.Text("type")!;
            foreach (var interaction in resource.All("interaction").Select(i => i.Text("code")))
            {
                var (method, url, body) = interaction switch
                {
                    "read" => ("GET", $"{type}/walk-none", null),
                    "vread" => ("GET", $"{type}/walk-none/_history/1", null),
                    "update" => ("PUT", $"{type}/walk-none", "{}"),
                    "patch" => ("PATCH", $"{type}/walk-none", "{}"),
                    "delete" => ("DELETE", $"{type}/walk-none", null),
                    "history-instance" => ("GET", $"{type}/walk-none/_history", null),
                    "history-type" => ("GET", $"{type}/_history?_count=0", null),
                    "create" => ("POST", type, "{}"),
                    "search-type" => ("GET", $"{type}?_summary=count", (string?)null),
                    _ => throw new InvalidOperationException($"{interaction} is not known to this test"),
                };

                var status = await StatusAsync(method, url, body);

                // An empty object is no resource, and there is none of that id: both are told by the interaction itself.
                status.Should().BeOneOf(
                    [HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.BadRequest, HttpStatusCode.NotFound],
                    $"{interaction} of {type}");
            }
        }
    }

    [Fact]
    [Rule("http", "capabilities", "Every search parameter that is named is searched by.")]
    public async Task Every_search_parameter_that_is_named_is_searched_by()
    {
        foreach (var resource in (await RestAsync()).All("resource"))
        {
            // One search with all of them: what is not known is an error under strict handling.
            var type = resource.Text("type")!;
            var simple = resource.All("searchParam")
                .Where(p => p.Text("type") is not ("composite" or "special") && p.Text("name") is not ("_id" or "_lastUpdated"))
                .Select(p => Asked(type, p.Text("name")!));
            foreach (var some in simple.Chunk(20))
                (await StatusAsync("GET", $"{type}?{string.Join('&', some)}&_summary=count")).Should().Be(HttpStatusCode.OK, type);
            foreach (var include in resource.All("searchInclude").Select(i => i.Value!).Chunk(20))
                (await StatusAsync("GET", $"{type}?{string.Join('&', include.Select(i => "_include=" + i))}&_count=1"))
                    .Should().Be(HttpStatusCode.OK, type);
        }
    }

    /// <summary>What stands for a chain, or searches in words, has no value of its own that could be missing.</summary>
    private static string Asked(string type, string name) =>
        OwnSearchParameters.Aliases.FirstOrDefault(a => a.ResourceType == type && a.Code == name) is { } alias
            ? alias.Type switch
            {
                "reference" => $"{name}=HealthcareService/none",
                "date" => $"{name}=2027-01-01",
                _ => $"{name}=true",
            }
            : name is "_text" or "_content" ? $"{name}=sana" : $"{name}:missing=true";

    [Fact]
    [Rule("search", "conformance", "The parameters of every type and of the result are named for the server, and all of them work.")]
    public async Task Every_search_parameter_that_is_named_for_the_server_works_on_a_type_and_over_types()
    {
        var named = (await RestAsync()).All("searchParam").Select(p => p.Text("name")!).ToList();

        foreach (var name in named)
        {
            var asked = name switch
            {
                "_id" => "_id=a",
                "_lastUpdated" => "_lastUpdated=ge2026",
                "_text" or "_content" => $"{name}=sana",
                "_filter" => "_filter=_id eq \"a\"",
                "_has" => "_has:Provenance:target:_id=a",
                "_list" => "_list=a",
                "_type" => null,
                "_sort" => "_sort=-_lastUpdated",
                "_count" => "_count=1",
                "_offset" => "_offset=1",
                "_total" => "_total=accurate",
                "_summary" => "_summary=text",
                "_elements" => "_elements=id",
                "_contained" => "_contained=both",
                "_containedType" => "_contained=true&_containedType=contained",
                "_include" => "_include=*",
                "_revinclude" => "_revinclude=Provenance:target",
                _ => $"{name}:missing=false",
            };
            var over = await StatusAsync("GET", $"?_type=Patient,Slot&{asked}");
            var ofType = asked is null ? HttpStatusCode.OK : await StatusAsync("GET", $"Slot?{asked}");

            over.Should().Be(HttpStatusCode.OK, name);
            ofType.Should().Be(HttpStatusCode.OK, name);
        }
        named.Should().OnlyHaveUniqueItems().And.Contain(["_id", "_source", "_filter", "_has", "_list", "_type", "_contained"])
            .And.NotContain("_query", "no query is named that a server could know");
    }

    [Fact]
    [Rule("http", "capabilities", "Every operation that is named answers, and every one that answers is named.")]
    public async Task Every_operation_that_is_registered_is_named_where_it_answers_and_only_there()
    {
        var rest = await RestAsync();
        var named = rest.All("resource")
            .SelectMany(r => r.All("operation").Select(o => (Type: r.Text("type")!, Name: o.Text("name")!)))
            .Concat(rest.All("operation").Select(o => (Type: "", Name: o.Text("name")!))).ToHashSet();
        var registered = server.Operations.Items.Select(o => o.Registration).SelectMany(r =>
            (r.ResourceTypes.IsEmpty ? R4.Definitions.ResourceTypes.Where(t => t != "SubscriptionStatus") : r.ResourceTypes)
                .Where(_ => (r.Levels & (OperationLevels.Type | OperationLevels.Instance)) != 0).Select(type => (type, r.Name))
                .Concat(r.Levels.HasFlag(OperationLevels.System) ? [("", r.Name)] : [])).ToHashSet();

        named.Should().BeEquivalentTo(registered);
        foreach (var (type, name) in named.Where(n => n.Type is "" or "Appointment" or "Slot" or "Schedule" or "Patient" or "Group"
            or "ValueSet" or "CodeSystem" or "ConceptMap" or "Bundle"))
        {
            var urls = type.Length == 0 ? [$"${name}"] : (string[])[$"{type}/${name}", $"{type}/walk-none/${name}"];
            var answers = new List<HttpStatusCode>();
            foreach (var url in urls)
                // DELETE is no method of an operation: 405 says that there is one.
                answers.Add(await StatusAsync("DELETE", url));
            answers.Should().Contain(HttpStatusCode.MethodNotAllowed, $"{type}/${name}");
        }
    }

    [Fact]
    public async Task Definitions_of_our_operations_are_read_and_searched()
    {
        var rest = await RestAsync();
        var own = rest.All("operation").Concat(rest.All("resource").SelectMany(r => r.All("operation")))
            .Select(o => o.Text("definition")!).Where(d => d.StartsWith(Canonicals.Base, StringComparison.Ordinal)).ToHashSet();

        own.Should().HaveCount(OperationDefinitions.Load().Count());
        foreach (var canonical in own)
        {
            var id = canonical[(canonical.LastIndexOf('/') + 1)..];
            using var read = await server.SendAsync("GET", $"OperationDefinition/{id}");
            using var found = await server.SendAsync("GET", $"OperationDefinition?url={Uri.EscapeDataString(canonical)}");

            (await TestServer.ResourceOf(read)).Text("url").Should().Be(canonical);
            (await TestServer.ResourceOf(found)).All("entry").Select(e => e["resource"]!.Id).Should().Equal(id);
        }
    }

    [Fact]
    public async Task Guides_and_compartments_are_named()
    {
        using var response = await server.SendAsync("GET", "metadata");
        var statement = await TestServer.ResourceOf(response);

        statement.All("implementationGuide").Should().NotBeEmpty();
        foreach (var canonical in statement["rest"]!.All("compartment").Select(c => c.Value!))
        {
            var name = R4.Definitions.ResourceTypes.Single(
                t => t.Equals(canonical[(canonical.LastIndexOf('/') + 1)..], StringComparison.OrdinalIgnoreCase));
            (await StatusAsync("GET", $"{name}/walk-none/*?_summary=count")).Should().Be(HttpStatusCode.OK, name);
        }
    }
}

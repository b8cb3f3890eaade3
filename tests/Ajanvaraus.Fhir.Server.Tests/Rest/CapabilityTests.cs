using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

public sealed class CapabilityTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    [Rule("http", "capabilities", "GET [base]/metadata answers with a CapabilityStatement of kind instance.")]
    public async Task Metadata_is_a_resource_that_says_what_scheduling_offers()
    {
        using var response = await server.SendAsync("GET", "metadata");

        await TestServer.ResourceOf(response);
        var statement = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        statement["date"] = "(start)";
        var resources = statement["rest"]![0]!["resource"]!.AsArray();
        resources.Select(r => (string?)r!["type"]).Should().Equal(
            Core.Definitions.R4.Definitions.ResourceTypes.Where(t => t != "SubscriptionStatus"));
        foreach (var resource in resources.ToList())
            if ((string?)resource!["type"] is not ("Appointment" or "Slot"))
                resources.Remove(resource);
        Golden.Match("capability-statement.json", statement.ToJsonString(Indented));
    }

    [Fact]
    [Rule("http", "capabilities", "mode=terminology answers with TerminologyCapabilities.")]
    public async Task Metadata_of_terminology_is_a_sound_resource_with_the_code_systems_of_R4()
    {
        using var response = await server.SendAsync("GET", "metadata?mode=terminology");

        var capabilities = await TestServer.ResourceOf(response);
        new Core.Validation.StructuralValidator(Core.Definitions.R4.Definitions).Validate(capabilities).Should().BeEmpty();
        capabilities.Type.Name.Should().Be("TerminologyCapabilities");
        capabilities.All("codeSystem").Select(s => s.Text("uri")).Should().OnlyHaveUniqueItems()
            .And.Contain("http://hl7.org/fhir/administrative-gender").And.Contain("urn:ietf:bcp:47");
    }

    [Fact]
    public async Task Metadata_tells_the_operations_of_terminology_by_HL7s_definitions()
    {
        using var response = await server.SendAsync("GET", "metadata");

        var resources = (await TestServer.ResourceOf(response))["rest"]!.All("resource");
        resources.SelectMany(r => r.All("operation"))
            .Select(o => o.Text("definition")!).Where(d => d.StartsWith("http://hl7.org/", StringComparison.Ordinal)
                && (d.Contains("/ValueSet-") || d.Contains("/CodeSystem-") || d.Contains("/ConceptMap-")))
            .Select(d => d[(d.LastIndexOf('/') + 1)..]).Should().BeEquivalentTo(
                "ValueSet-expand", "ValueSet-validate-code", "CodeSystem-validate-code", "CodeSystem-lookup",
                "CodeSystem-subsumes", "ConceptMap-translate");
    }

    [Fact]
    [Rule("http", "capabilities", "The statement has an ETag and is not sent again when it is the same.")]
    public async Task Metadata_with_its_own_tag_is_not_sent_again()
    {
        using var first = await server.SendAsync("GET", "metadata");

        using var second = await server.SendAsync("GET", "metadata", null, "If-None-Match: " + first.Headers.ETag);

        second.StatusCode.Should().Be(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Every_operation_that_is_told_answers_at_its_address()
    {
        using var response = await server.SendAsync("GET", "metadata");
        var statement = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        foreach (var resource in statement["rest"]![0]!["resource"]!.AsArray())
            foreach (var operation in resource!["operation"]?.AsArray() ?? [])
            {
                using var called = await server.SendAsync(
                    "DELETE", $"{resource["type"]}/${operation!["name"]}");

                called.StatusCode.Should().BeOneOf(HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound);
            }
    }

    [Fact]
    public async Task Swagger_describes_the_operations_with_examples()
    {
        using var response = await server.SendAsync("GET", "/swagger/v1/swagger.json");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var paths = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["paths"]!.AsObject();
        paths.Should().ContainKey("/fhir/Appointment/$book").And.ContainKey("/fhir/{type}/{id}");
    }

    [Fact]
    public async Task Each_example_of_the_description_is_taken_in_as_it_stands()
    {
        foreach (var example in Capability.OpenApiExamples.All)
        {
            using var created = await server.SendAsync("POST", example.Type, example.Resource);
            using var found = await server.SendAsync("GET", $"{example.Type}?{example.Search.Name}={example.Search.Value}");
            var own = $"{example.Type}/{(await TestServer.ResourceOf(created)).Id}";
            using var jsonPatched = await server.SendAsync(
                "PATCH", own, Capability.OpenApiExamples.JsonPatch, "Content-Type: application/json-patch+json");
            using var patched = await server.SendAsync("PATCH", own, Capability.OpenApiExamples.Patch(example.Type));

            created.StatusCode.Should().Be(HttpStatusCode.Created, example.Type);
            jsonPatched.StatusCode.Should().Be(HttpStatusCode.OK, example.Type);
            patched.StatusCode.Should().Be(HttpStatusCode.OK, example.Type);
            found.StatusCode.Should().Be(HttpStatusCode.OK, example.Type);
        }
        using var transaction = await server.SendAsync("POST", "", Capability.OpenApiExamples.Transaction);
        transaction.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}

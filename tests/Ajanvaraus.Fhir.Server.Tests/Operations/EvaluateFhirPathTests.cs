using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Tests.Rest;

namespace Ajanvaraus.Fhir.Server.Tests.Operations;

public sealed class EvaluateFhirPathTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Patient = """
        {"resourceType":"Patient","id":"p","birthDate":"1974-12-25","active":true,
         "name":[{"use":"official","family":"Virtanen","given":["Aino","Maria"]},{"use":"usual","given":["Ainikki"]}],
         "contact":[{"name":{"family":"Korhonen"}}]}
        """;

    /// <summary>Expression, and the parts of the one result as <c>name=value</c>.</summary>
    [Theory]
    [InlineData("name.given", "string=Aino,string=Maria,string=Ainikki")]
    [InlineData("name.use", "code=official,code=usual")]
    [InlineData("birthDate + 1 month", "date=1975-01-25")]
    [InlineData("(name.count() = 2) | 3.5 | 'x'", "boolean=true,decimal=3.5,string=x")]
    [InlineData(@"'a\ud800'", "string=a\uFFFD")]
    [InlineData("name.count()", "integer=2")]
    [InlineData("''", "empty-string=")]
    [InlineData("name.where(false)", "")]
    [InlineData("@T10:30", "time=10:30")]
    [InlineData("name.use.first().memberOf('http://hl7.org/fhir/ValueSet/name-use')", "boolean=true")]
    [InlineData("%resource.id = %context.id and %rootResource.id = 'p'", "boolean=true")]
    public async Task Values_are_parts_named_by_their_type(string expression, string expected)
    {
        using var response = await CallAsync(expression);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var result = (await TestServer.ResourceOf(response)).All("parameter").Last();
        result.Text("name").Should().Be("result");
        result.Text("value").Should().BeNull();
        Parts(result).Should().Be(expected);
    }

    [Fact]
    public async Task First_parameter_tells_what_was_evaluated_by_what()
    {
        using var response = await CallAsync("%wanted", ("context", "name"), ("wanted", null));

        var told = (await TestServer.ResourceOf(response)).All("parameter").First();
        told.Text("name").Should().Be("parameters");
        told.All("part").Select(part => part.Text("name")).Should()
            .Equal("evaluator", "expression", "context", "resource", "variables");
        told["part"]!.Text("value").Should().StartWith("Ajanvaraus.Fhir ").And.EndWith("(R4)");
    }

    [Fact]
    public async Task Each_context_has_its_own_result_located_by_its_path_and_its_own_traces()
    {
        using var response = await CallAsync("given.trace('seen', length()).count()", ("context", "name"));

        var results = (await TestServer.ResourceOf(response)).All("parameter").Skip(1).ToList();
        results.Select(result => result.Text("value")).Should().Equal("Patient.name[0]", "Patient.name[1]");
        results.Select(Parts).Should().Equal("trace=seen,integer=2", "trace=seen,integer=1");
        Parts(results[0].All("part").First()).Should().Be("integer=4,integer=5");
    }

    [Fact]
    public async Task Complex_values_resources_and_backbone_elements_are_told_whole()
    {
        using var response = await CallAsync("name.first() | contact | %resource | 4 'mg'");

        var parts = (await TestServer.ResourceOf(response)).All("parameter").Last().All("part").ToList();
        parts.Select(part => part.Text("name")).Should().Equal("HumanName", "Patient.contact", "Patient", "Quantity");
        parts[0]["value"]!.Text("family").Should().Be("Virtanen");
        parts[1]["extension"]!.Text("value").Should().Be("""{"name":{"family":"Korhonen"}}""");
        parts[2]["resource"]!.Id.Should().Be("p");
        parts[3]["value"]!.Text("code").Should().Be("mg");
    }

    [Fact]
    public async Task Variables_are_seen_by_their_names()
    {
        using var response = await CallAsync("%wanted & %nothing", ("wanted", "x"), ("nothing", null));

        Parts((await TestServer.ResourceOf(response)).All("parameter").Last()).Should().Be("string=x");
    }

    [Theory]
    [InlineData("name.", false, "line 1, column 6")]
    [InlineData("name\n  .given.nothing()", false, "line 2, column 10")]
    [InlineData("name.single()", false, "line 1, column 6")]
    [InlineData("name.given1", true, "line 1, column 6")]
    [InlineData("%unheard", false, "line 1, column 1")]
    [InlineData(@"%`\ud800`", false, "line 1, column 1")]
    public async Task Faulty_expression_is_400_with_its_place(string expression, bool validate, string place)
    {
        using var response = await CallAsync(expression, ("validate", validate ? "true" : "false"));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var issue = (await TestServer.ResourceOf(response))["issue"]!;
        issue.Text("diagnostics").Should().Be(place);
        issue.Text("expression").Should().Be("Parameters.parameter[0]");
    }

    [Fact]
    public async Task Element_that_cannot_be_is_empty_unless_validation_is_asked_for()
    {
        using var response = await CallAsync("name.given1");

        Parts((await TestServer.ResourceOf(response)).All("parameter").Last()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("(1 | 2).repeat($this + 1)")]
    [InlineData("'x'.combine('y').repeatAll($this)")]
    [InlineData("(1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20|21|22|23|24|25).aggregate($total & $total, 'abcd')")]
    [InlineData("('a'.combine('b')).select($this.replace('', 'xxxxxxxxxxxxxxxx')).repeatAll($this & $this)")]
    public async Task Expression_that_costs_too_much_is_stopped(string expression)
    {
        using var response = await CallAsync(expression);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await TestServer.IssueOf(response)).Code.Should().Be("too-costly");
    }

    [Fact]
    public async Task Without_an_expression_it_is_400()
    {
        using var response = await server.SendAsync(
            "POST", "$fhirpath", """{"resourceType":"Parameters","parameter":[{"name":"context","valueString":"name"}]}""");

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private static string Parts(ElementNode parameter) => string.Join(',', parameter.All("part")
        .Select(part => $"{part.Text("name")}={part.Text("value")}"));

    /// <summary>What is no parameter of the operation is a variable.</summary>
    private Task<HttpResponseMessage> CallAsync(string expression, params (string Name, string? Value)[] given)
    {
        var parameters = new JsonArray(Text("expression", expression));
        var variables = new JsonArray();
        foreach (var (name, value) in given)
            if (name == "validate")
                parameters.Add(new JsonObject { ["name"] = name, ["valueBoolean"] = value == "true" });
            else if (name == "context")
                parameters.Add(Text(name, value));
            else
                variables.Add(Text(name, value));
        parameters.Add(new JsonObject { ["name"] = "resource", ["resource"] = JsonNode.Parse(Patient) });
        if (variables.Count > 0)
            parameters.Add(new JsonObject { ["name"] = "variables", ["part"] = variables });
        var body = new JsonObject { ["resourceType"] = "Parameters", ["parameter"] = parameters };
        return server.SendAsync("POST", "$fhirpath", body.ToJsonString(JsonSerializerOptions.Default));
    }

    private static JsonObject Text(string name, string? value)
    {
        var parameter = new JsonObject { ["name"] = name };
        if (value is not null)
            parameter["valueString"] = value;
        return parameter;
    }
}

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
    [InlineData(@"'a\ud83d\ude00'", "string=a\U0001F600")]
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
            .Equal("evaluator", "parseDebugTree", "expression", "context", "resource", "variables");
        told["part"]!.Text("value").Should().StartWith("Ajanvaraus.Fhir ").And.EndWith("(R4)");
    }

    [Fact]
    public async Task Syntax_tree_is_told_in_the_form_of_the_lab()
    {
        using var response = await CallAsync("trace('trc').given[0] = %wanted and $this is FHIR.HumanName", ("context", "name"), ("wanted", "x"));

        var told = (await TestServer.ResourceOf(response)).All("parameter").First().All("part")
            .Single(part => part.Text("name") == "parseDebugTree").Text("value")!;
        var tree = JsonNode.Parse(told)!;
        Brief(tree).Should().Be("BinaryExpression and 32+3(BinaryExpression = 22+1("
            + "IndexerExpression [] 18+1(ChildExpression given 13+5(FunctionCallExpression trace 0+5("
            + "AxisExpression builtin.that,ConstantExpression trc 6+5)),ConstantExpression 0 19+1),"
            + "VariableRefExpression wanted 24+7),"
            + "BinaryExpression is 42+2(AxisExpression builtin.this 36+5,ConstantExpression FHIR.HumanName))");
    }

    [Fact]
    public async Task Values_of_the_resource_tell_where_they_stand()
    {
        using var response = await CallAsync("name.given.trace('seen').first() | 'x'");

        var parts = (await TestServer.ResourceOf(response)).All("parameter").Last().All("part").ToList();
        parts[0].All("part").Select(PathOf).Should()
            .Equal("Patient.name[0].given[0]", "Patient.name[0].given[1]", "Patient.name[1].given[0]");
        parts.Skip(1).Select(PathOf).Should().Equal("Patient.name[0].given[0]", null);
    }

    [Theory]
    [InlineData("json-value", """{"resourceType":"Patient","id":"t"}""")]
    [InlineData("xml-value", """<Patient xmlns="http://hl7.org/fhir"><id value="t"/></Patient>""")]
    public async Task Resource_may_come_as_a_text_in_an_extension(string form, string text)
    {
        using var response = await server.SendAsync("POST", "$fhirpath", InExtension(form, text));

        Parts((await TestServer.ResourceOf(response)).All("parameter").Last()).Should().Be("id=t");
    }

    [Theory]
    [InlineData("json-value", "{")]
    [InlineData("xml-value", "<Patient/>")]
    public async Task Text_that_is_no_resource_is_400_at_its_parameter(string form, string text)
    {
        using var response = await server.SendAsync("POST", "$fhirpath", InExtension(form, text));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await TestServer.ResourceOf(response))["issue"]!.Text("expression").Should().Be("Parameters.parameter[1]");
    }

    [Theory]
    [InlineData("name.elementDefinition().select(path & ' ' & min.toString() & ' ' & max)", "string=Patient.name 0 *")]
    [InlineData("contact.slice('http://example.org/unknown', 'x')", "")]
    [InlineData("%a.subsumes(%b)", "boolean=true")]
    [InlineData("%b.subsumes(%a)", "boolean=false")]
    [InlineData("%b.subsumedBy(%a)", "boolean=true")]
    [InlineData("%a.subsumes(%c)", "")]
    public async Task Definitions_profiles_and_hierarchies_can_be_asked(string expression, string expected)
    {
        const string System = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
        var variables = new JsonArray(Coding("a", System, "_ActAccountCode"), Coding("b", System, "ACCTRECEIVABLE"), Coding("c", "urn:x", "x"));
        var body = new JsonObject
        {
            ["resourceType"] = "Parameters",
            ["parameter"] = new JsonArray(
                Text("expression", expression),
                new JsonObject { ["name"] = "resource", ["resource"] = JsonNode.Parse(Patient) },
                new JsonObject { ["name"] = "variables", ["part"] = variables }),
        };

        using var response = await server.SendAsync("POST", "$fhirpath", body.ToJsonString(JsonSerializerOptions.Default));

        // Two names that have one definition give it twice: the first tells enough.
        Parts((await TestServer.ResourceOf(response)).All("parameter").Last()).Split(',')[0].Should().Be(expected);
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
        parts[1].All("extension").Select(extension => extension.Text("value")).Should()
            .Equal("""{"name":{"family":"Korhonen"}}""", "Patient.contact[0]");
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
    [InlineData(@"%`\ud800`", false, "line 1, column 2")]
    [InlineData(@"'a\ud800'", false, "line 1, column 1")]
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

    private static string? PathOf(ElementNode part) => part.All("extension")
        .FirstOrDefault(extension => extension.Text("url")!.EndsWith("/resource-path", StringComparison.Ordinal))?.Text("value");

    private static string Brief(JsonNode node)
    {
        var place = node["Position"] is { } position ? $" {position}+{node["Length"]}" : "";
        var parts = node["Arguments"] is JsonArray arguments ? $"({string.Join(',', arguments.Select(part => Brief(part!)))})" : "";
        return $"{node["ExpressionType"]} {node["Name"]}{place}{parts}";
    }

    private static JsonObject Coding(string name, string system, string code) => new()
    {
        ["name"] = name,
        ["valueCoding"] = new JsonObject { ["system"] = system, ["code"] = code },
    };

    private static string InExtension(string form, string text) => new JsonObject
    {
        ["resourceType"] = "Parameters",
        ["parameter"] = new JsonArray(
            Text("expression", "id"),
            new JsonObject
            {
                ["name"] = "resource",
                ["extension"] = new JsonArray(new JsonObject
                {
                    ["url"] = "http://fhir.forms-lab.com/StructureDefinition/" + form,
                    ["valueString"] = text,
                }),
            }),
    }.ToJsonString(JsonSerializerOptions.Default);

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

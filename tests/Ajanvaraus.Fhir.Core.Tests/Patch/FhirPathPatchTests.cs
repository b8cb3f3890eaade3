using System.Text;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Patch;

namespace Ajanvaraus.Fhir.Core.Tests.Patch;

/// <summary>http://hl7.org/fhir/R4/fhirpatch.html.</summary>
public sealed class FhirPathPatchTests
{
    private const string Patient = """
        {"resourceType":"Patient","id":"p","identifier":[{"value":"a"},{"value":"b"},{"value":"c"}],
        "name":[{"given":["Aino"]}],"gender":"female","contact":[{"name":{"text":"X"},"gender":"male"}]}
        """;

    [Theory]
    [InlineData("add", "Patient", "birthDate", "\"valueDate\":\"1930-01-01\"", "\"birthDate\":\"1930-01-01\"")]
    [InlineData("add", "Patient", "name", "\"valueHumanName\":{\"family\":\"Y\"}", "\"name\":[{\"given\":[\"Aino\"]},{\"family\":\"Y\"}]")]
    [InlineData("add", "Patient.name[0]", "given", "\"valueString\":\"Maria\"", "\"given\":[\"Aino\",\"Maria\"]")]
    [InlineData("add", "Patient", "deceased", "\"valueBoolean\":true", "\"deceasedBoolean\":true")]
    [InlineData("add", "Patient", "deceased", "\"valueDateTime\":\"2020-01-01\"", "\"deceasedDateTime\":\"2020-01-01\"")]
    [InlineData("add", "Patient", "contact", "\"part\":[{\"name\":\"name\",\"valueHumanName\":{\"text\":\"Z\"}}]", """{"name":{"text":"Z"}}""")]
    [InlineData("add", "Patient", "contained", "\"resource\":{\"resourceType\":\"Basic\",\"id\":\"c\"}", "\"contained\":[{\"resourceType\":\"Basic\",\"id\":\"c\"}]")]
    [InlineData("replace", "Patient.gender", "", "\"valueCode\":\"other\"", "\"gender\":\"other\"")]
    [InlineData("replace", "Patient.gender", "", "\"valueString\":\"other\"", "\"gender\":\"other\"")]
    [InlineData("replace", "Patient.identifier.where(value = 'b')", "", "\"valueIdentifier\":{\"value\":\"x\"}", "\"identifier\":[{\"value\":\"a\"},{\"value\":\"x\"},{\"value\":\"c\"}]")]
    [InlineData("replace", "Patient.contact[0].gender", "", "\"valueCode\":\"female\"", """{"name":{"text":"X"},"gender":"female"}""")]
    public void Value_is_put_where_the_path_says(string type, string path, string name, string value, string expected)
    {
        var result = Apply(Operation(type, path, Name(name) + Value(value)));

        Encoding.UTF8.GetString(FhirJson.ToBytes(result.Value!)).Should().Contain(expected);
    }

    [Theory]
    [InlineData(0, "xabc")]
    [InlineData(2, "abxc")]
    [InlineData(3, "abcx")]
    public void Insert_goes_before_the_index_or_to_the_end(int index, string expected)
    {
        var result = Apply(Operation(
            "insert", "Patient.identifier", Value("\"valueIdentifier\":{\"value\":\"x\"}") + Number("index", index)));

        Identifiers(result).Should().Be(expected);
    }

    [Theory]
    [InlineData(0, 2, "bca")]
    [InlineData(2, 0, "cab")]
    [InlineData(1, 1, "abc")]
    public void Move_takes_out_and_puts_in(int source, int destination, string expected)
    {
        var result = Apply(Operation(
            "move", "Patient.identifier", Number("source", source) + Number("destination", destination)));

        Identifiers(result).Should().Be(expected);
    }

    [Fact]
    public void Delete_takes_one_element_and_nothing_when_there_is_none()
    {
        var one = Apply(Operation("delete", "Patient.identifier[1]", ""));
        var none = Apply(Operation("delete", "Patient.birthDate", ""));

        Identifiers(one).Should().Be("ac");
        FhirJson.ToBytes(none.Value!).Should().Equal(FhirJson.ToBytes(Read(Patient)));
    }

    [Fact]
    public void Operations_are_done_in_order_each_on_what_the_last_left()
    {
        var result = Apply(
            Operation("delete", "Patient.identifier[0]", "") + ','
            + Operation("replace", "Patient.identifier[0].value", Value("\"valueString\":\"first\"")));

        Identifiers(result).Should().Be("firstc");
    }

    [Theory]
    [InlineData("replace", "Patient.birthDate", "", "AJV-3076")]
    [InlineData("replace", "Patient.identifier", "", "AJV-3076")]
    [InlineData("delete", "Patient.identifier", "", "AJV-3076")]
    [InlineData("delete", "Patient", "", "AJV-3076")]
    [InlineData("add", "Patient.photo", "title", "AJV-3076")]
    [InlineData("add", "Patient", "gender", "AJV-3078")]
    [InlineData("add", "Patient", "shoeSize", "AJV-5060")]
    [InlineData("add", "Patient", "maritalStatus", "AJV-3077")]
    [InlineData("add", "Patient", "active", "AJV-3077")]
    [InlineData("replace", "Patient.name[0]", "", "AJV-3077")]
    [InlineData("replace", "Patient", "", "AJV-3077")]
    [InlineData("replace", "Patient.identifier.value + 1", "", "AJV-5030")]
    public void Operation_that_cannot_be_done_is_told_by_its_place(string type, string path, string name, string id)
    {
        var result = Apply(
            Operation("delete", "Patient.birthDate", "") + ','
            + Operation(type, path, Name(name) + Value("\"valueString\":\"x\"")));

        result.Problem!.Kind.Should().Be(ProblemKind.Unprocessable);
        result.Problem.Issues.Should().ContainSingle().Which.Id.Should().Be(id);
        result.Problem.Issues[0].Expression.Should().Be("Parameters.parameter[1]");
    }

    [Theory]
    [InlineData("insert", "Patient.identifier", 4)]
    [InlineData("insert", "Patient.identifier.value", 0)]
    [InlineData("insert", "Patient.gender", 0)]
    [InlineData("move", "Patient.identifier", 3)]
    public void Place_outside_the_list_is_refused(string type, string path, int index)
    {
        var result = Apply(Operation(
            type, path, Value("\"valueIdentifier\":{\"value\":\"x\"}") + Number("index", index) + Number("source", index)
                + Number("destination", 0)));

        result.Problem!.Kind.Should().Be(ProblemKind.Unprocessable);
    }

    [Theory]
    [InlineData("""{"name":"operations"}""", "AJV-3075")]
    [InlineData("""{"name":"operation","part":[{"name":"type","valueCode":"upsert"}]}""", "AJV-3075")]
    [InlineData("""{"name":"operation","part":[{"name":"type","valueCode":"delete"}]}""", "AJV-3075")]
    [InlineData("""{"name":"operation","part":[{"name":"type","valueCode":"delete"},{"name":"path","valueString":"a..b"}]}""", "AJV-5011")]
    [InlineData("""{"name":"operation","part":[{"name":"type","valueCode":"add"},{"name":"path","valueString":"Patient"}]}""", "AJV-3075")]
    [InlineData("""{"name":"operation","part":[{"name":"type","valueCode":"replace"},{"name":"path","valueString":"Patient"}]}""", "AJV-3075")]
    [InlineData("""{"name":"operation","part":[{"name":"type","valueCode":"move"},{"name":"path","valueString":"Patient"}]}""", "AJV-3075")]
    public void What_is_no_patch_is_invalid(string parameter, string id)
    {
        var result = FhirPathPatch.Parse(Parameters(parameter));

        result.Problem!.Kind.Should().Be(ProblemKind.Invalid);
        result.Problem.Issues.Should().ContainSingle().Which.Id.Should().Be(id);
        result.Problem.Issues[0].Expression.Should().Be("Parameters.parameter[0]");
    }

    private static Outcome<ElementNode> Apply(string operations) =>
        FhirPathPatch.Parse(Parameters(operations)).Value!.Apply(Read(Patient), TimeProvider.System);

    private static string Identifiers(Outcome<ElementNode> result) =>
        string.Concat(result.Value!.All("identifier").Select(i => i.Text("value")));

    private static ElementNode Parameters(string parameters) =>
        Read($$"""{"resourceType":"Parameters","parameter":[{{parameters}}]}""");

    private static ElementNode Read(string json)
    {
        var parsed = FhirJson.Parse(Encoding.UTF8.GetBytes(json));
        parsed.Issues.Should().BeEmpty();
        return parsed.Resource!;
    }

    private static string Operation(string type, string path, string parts) => $$"""
        {"name":"operation","part":[{"name":"type","valueCode":"{{type}}"},
        {"name":"path","valueString":"{{path}}"}{{parts}}]}
        """;

    private static string Name(string name) => name.Length == 0 ? "" : $$""",{"name":"name","valueString":"{{name}}"}""";

    private static string Value(string value) => $$""",{"name":"value",{{value}}}""";

    private static string Number(string name, int number) => $$""",{"name":"{{name}}","valueInteger":{{number}}}""";
}

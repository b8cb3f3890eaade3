using System.Text.Json;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Profiles;

/// <summary>Each profile, extension and value set refuses what it is there to refuse: <c>profiles/defects.json</c>.</summary>
public sealed class ProfileDefectTests
{
    /// <summary>Value sets that no element is bound to: tested by their codes.</summary>
    private static readonly string[] Unbound =
    [
        "services-of-lapsiperheiden-palvelut", "services-of-lastensuojelu", "services-of-perheoikeudelliset-palvelut",
        "services-of-tyoikaisten-palvelut", "services-of-vammaispalvelut", "social-service-in-use",
    ];

    public static TheoryData<string, string> Defects
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var defect in Load())
                rows.Add(Text(defect, "artifact"), Text(defect, "what"));
            return rows;
        }
    }

    [Theory, MemberData(nameof(Defects))]
    public void Defect_is_found_and_named(string artifact, string what)
    {
        var defect = Load().Single(d => Text(d, "artifact") == artifact && Text(d, "what") == what);
        var example = JsonNode.Parse(SocialPackage.ExampleBytes(Text(defect, "example")))!;
        foreach (var (pointer, value) in defect["set"]?.AsObject() ?? [])
            Set(example, pointer, value!.DeepClone());
        foreach (var pointer in defect["remove"]?.AsArray() ?? [])
            Remove(example, pointer!.ToString());

        var parsed = FhirJson.Parse(JsonSerializer.SerializeToUtf8Bytes(example));
        var errors = parsed.HasErrors
            ? parsed.Issues.Errors()
            : SocialPackage.Validator.Validate(parsed.Resource!).Errors();

        errors.Should().Equal(defect["finds"]!.AsArray().Select(f => f!.ToString()));
    }

    [Fact]
    public void Every_profile_extension_and_value_set_has_a_defect()
    {
        var tested = Load().Select(d => Text(d, "artifact")).ToHashSet();

        var untested = ProfilePackage.Instance.Files
            .Where(f => f.ResourceType is "StructureDefinition" or "ValueSet" && !Unbound.Contains(f.Id))
            .Select(f => $"{f.ResourceType}/{f.Id}").Where(f => !tested.Contains(f));

        untested.Should().BeEmpty();
    }

    [Theory]
    [InlineData("services-of-lapsiperheiden-palvelut", "perhetyo", "adoptioneuvonta")]
    [InlineData("services-of-lastensuojelu", "perhekuntoutus", "kotipalvelu")]
    [InlineData("services-of-perheoikeudelliset-palvelut", "adoptioneuvonta", "perhetyo")]
    [InlineData("services-of-tyoikaisten-palvelut", "kuntouttava-tyotoiminta", "henkilokohtainen-apu")]
    [InlineData("services-of-vammaispalvelut", "henkilokohtainen-apu", "kuntouttava-tyotoiminta")]
    [InlineData("social-service-in-use", "vanhemmuuden-selvittaminen", "isyyden-selvittaminen")]
    public async Task Set_of_services_has_the_one_code_and_not_the_other(string set, string has, string lacks)
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var url = "https://ajanvaraus.example/fhir/ValueSet/" + set;

        var answers = new List<bool>();
        foreach (var code in new[] { has, lacks })
        {
            var body = JsonNode.Parse(await server.Http.GetStringAsync(
                $"ValueSet/$validate-code?url={url}&code={code}&system=https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu"))!;
            answers.Add(body["parameter"]!.AsArray().Single(p => p!["name"]!.ToString() == "result")!["valueBoolean"]!.GetValue<bool>());
        }

        answers.Should().Equal(true, false);
    }

    private static List<JsonObject> Load() =>
        [.. JsonNode.Parse(File.ReadAllText(Repository.Find("profiles", "defects.json")))!.AsArray().Select(d => d!.AsObject())];

    private static string Text(JsonObject defect, string name) => defect[name]!.ToString();

    /// <summary>The parent of what a JSON pointer names, and its last step.</summary>
    private static (JsonNode Parent, string Last) Find(JsonNode root, string pointer)
    {
        var steps = pointer.TrimStart('/').Split('/');
        var node = root;
        foreach (var step in steps[..^1])
            node = node is JsonArray array ? array[int.Parse(step)]! : node[step]!;
        return (node, steps[^1]);
    }

    private static void Set(JsonNode root, string pointer, JsonNode value)
    {
        var (parent, last) = Find(root, pointer);
        if (parent is not JsonArray array)
            parent[last] = value;
        else if (last == "-")
            array.Add(value);
        else
            array[int.Parse(last)] = value;
    }

    private static void Remove(JsonNode root, string pointer)
    {
        var (parent, last) = Find(root, pointer);
        if (parent is JsonArray array)
            array.RemoveAt(int.Parse(last));
        else
            parent.AsObject().Remove(last);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Profiles;

/// <summary>Each profile, extension, value set and code system refuses what it is there to refuse: <c>profiles/defects.json</c>.</summary>
public sealed class ProfileDefectTests
{
    public static TheoryData<string, string> Defects
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var defect in Defect.All)
                rows.Add(defect.Artifact, defect.What);
            return rows;
        }
    }

    /// <summary>Value sets that no element is bound to, with a code that each has and one that it lacks.</summary>
    public static TheoryData<string, string, string> Unbound => new()
    {
        { "services-of-lapsiperheiden-palvelut", "perhetyo", "adoptioneuvonta" },
        { "services-of-lastensuojelu", "perhekuntoutus", "kotipalvelu" },
        { "services-of-perheoikeudelliset-palvelut", "adoptioneuvonta", "perhetyo" },
        { "services-of-tyoikaisten-palvelut", "kuntouttava-tyotoiminta", "henkilokohtainen-apu" },
        { "services-of-vammaispalvelut", "henkilokohtainen-apu", "kuntouttava-tyotoiminta" },
        { "social-service-in-use", "vanhemmuuden-selvittaminen", "isyyden-selvittaminen" },
    };

    [Theory, MemberData(nameof(Defects))]
    public void Defect_is_found_and_named(string artifact, string what)
    {
        var defect = Defect.All.Single(d => d.Artifact == artifact && d.What == what);

        var parsed = FhirJson.Parse(JsonSerializer.SerializeToUtf8Bytes(defect.Broken()));
        var errors = parsed.HasErrors
            ? parsed.Issues.Errors()
            : SocialPackage.Validator.Validate(parsed.Resource!).Errors();

        errors.Should().Equal(defect.Finds);
    }

    [Fact]
    public void Every_profile_extension_value_set_and_code_system_has_a_negative_test()
    {
        var tested = Defect.All.Select(d => d.Artifact).Concat(Unbound.Select(row => $"ValueSet/{row[0]}")).ToHashSet();
        // A code that is in no value set of a system is refused by the system too.
        tested.UnionWith(SocialPackage.ValueSets.Where(set => tested.Contains($"ValueSet/{set.Id}"))
            .SelectMany(SocialPackage.SystemsOf).Select(system => $"CodeSystem/{system[(system.LastIndexOf('/') + 1)..]}"));

        var untested = ProfilePackage.Instance.Files
            .Where(f => f.ResourceType is "StructureDefinition" or "ValueSet" or "CodeSystem")
            .Select(f => $"{f.ResourceType}/{f.Id}").Where(f => !tested.Contains(f));

        untested.Should().BeEmpty();
    }

    public static TheoryData<string> Artifacts =>
    [
        .. ProfilePackage.Instance.Files.Where(f => f.ResourceType is "StructureDefinition" or "ValueSet" or "CodeSystem")
            .Select(f => $"{f.ResourceType}/{f.Id}").Except(Unbound.Select(row => $"ValueSet/{row[0]}")),
    ];

    /// <summary>Were a defect found by something else, the artifact that it is said to test might check nothing at all.</summary>
    [Theory, MemberData(nameof(Artifacts))]
    public void Defect_of_an_artifact_is_not_found_without_it(string artifact)
    {
        var file = ProfilePackage.Instance.Files.Single(f => $"{f.ResourceType}/{f.Id}" == artifact);
        var sets = SocialPackage.ValueSets.Where(set => SocialPackage.SystemsOf(set).Contains(file.Url)).Select(set => $"ValueSet/{set.Id}");
        var defects = Defect.All.Where(d => d.Artifact == artifact || sets.Contains(d.Artifact)).ToList();
        var validator = SocialPackage.ValidatorWithout(file);

        var missed = defects.SelectMany(d =>
            FhirJson.Parse(JsonSerializer.SerializeToUtf8Bytes(d.Broken())).Resource is { } broken
                ? Findings(SocialPackage.Validator, broken).Except(Findings(validator, broken))
                : []);

        missed.Should().NotBeEmpty("{0} defects are said to be found by {1}", defects.Count, artifact);
    }

    /// <summary>With warnings: a code outside an extensible value set is no error.</summary>
    private static IEnumerable<string> Findings(ProfileValidator validator, ElementNode resource) => validator.Validate(resource)
        .Where(issue => issue.Severity is IssueSeverity.Error or IssueSeverity.Fatal or IssueSeverity.Warning)
        .Select(issue => $"{issue.Id} {issue.Expression} {string.Join(' ', issue.Arguments)}");

    [Fact]
    public void Value_sets_tested_by_their_codes_are_those_that_nothing_is_bound_to()
    {
        var bound = SocialPackage.Structures(areExtensions: false).Concat(SocialPackage.Structures(areExtensions: true))
            .SelectMany(file => ProfilePackage.Instance.Parse(file)["differential"]!.All("element"))
            .Select(element => element["binding"]?.Text("valueSet")).ToHashSet();

        var unbound = SocialPackage.ValueSets.Where(set => !bound.Contains(set.Text("url"))).Select(set => set.Id);

        Unbound.Select(row => (string)row[0]).Should().BeEquivalentTo(unbound);
    }

    [Theory, MemberData(nameof(Unbound))]
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
}

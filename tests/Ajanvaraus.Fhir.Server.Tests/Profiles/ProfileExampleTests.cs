using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Profiles;

/// <summary>The examples of the package tell one story; each meets what it claims, here and by HL7 Finland.</summary>
public sealed partial class ProfileExampleTests
{
    /// <summary>Warnings that examples rightly get.</summary>
    private static readonly string[] ExpectedWarnings =
    [
        // A narrative is for people without software; best practice, not required.
        "AJV-1419",
        // R4's value set is extensible, and ours has what it lacks.
        "AJV-1415",
        // HL7 Finland's profile asks for the OID without urn:oid:.
        "AJV-1190",
        // The questionnaire is an example itself, not a part of the package.
        "AJV-1462",
    ];

    public static TheoryData<string> Examples => [.. SocialPackage.ExampleNames];

    [Theory, MemberData(nameof(Examples))]
    public void Example_meets_the_profile_that_it_claims(string name)
    {
        var example = SocialPackage.Example(name);

        var issues = SocialPackage.Validator.Validate(example);

        issues.Errors().Should().BeEmpty();
        issues.Where(i => i.Severity == IssueSeverity.Warning && !ExpectedWarnings.Contains(i.Id)).Should().BeEmpty();
        (example["meta"]?.All("profile").Count() ?? 0).Should().Be(example.Type.Name == "OperationOutcome" ? 0 : 1);
    }

    [SharedDataFact("hl7-fi")]
    public void Every_example_is_valid_by_the_definitions_of_HL7_Finland()
    {
        var faulty = SocialPackage.ExampleNames.SelectMany(name => SocialPackage.NationalValidator
            .Validate(SocialPackage.Example(name)).Errors().Select(error => $"{name}: {error}"));

        faulty.Should().BeEmpty();
    }

    [SharedDataFact("hl7-fi")]
    public void Examples_that_claim_a_national_profile_besides_meet_it()
    {
        string[] national =
        [
            "Appointment fi-scheduling-appointment Appointment-varaus-kansallinen-1",
            "Appointment fi-scheduling-appointment Appointment-varaus-kansallinen-2",
            "HealthcareService fi-scheduling-healthcare-service HealthcareService-palvelu-vanhemmuus",
        ];

        foreach (var line in national.Select(row => row.Split(' ')))
            SocialPackage.NationalValidator.Validate(SocialPackage.Example(line[2]),
                    $"https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/{line[1]}")
                .Errors().Should().BeEmpty();
    }

    [Fact]
    public void Every_profile_has_two_examples_and_every_extension_one()
    {
        var claims = SocialPackage.ExampleNames.Select(SocialPackage.Example)
            .SelectMany(example => example["meta"]?.All("profile") ?? []).CountBy(claim => claim.Value!).ToDictionary();
        var used = string.Concat(SocialPackage.ExampleNames.Select(n => File.ReadAllText(
            Path.Combine(SocialPackage.Folder, "examples", n + ".json"))));

        var seldom = SocialPackage.Structures(areExtensions: false)
            .Where(p => claims.GetValueOrDefault(p.Url) < 2 && !IsBaseOfAnother(p.Url)).Select(p => p.Id);
        var unused = SocialPackage.Structures(areExtensions: true)
            .Where(e => !used.Contains($"\"{e.Url}\"", StringComparison.Ordinal)).Select(e => e.Id);

        seldom.Should().BeEmpty();
        unused.Should().BeEmpty();
    }

    [Fact]
    public void Every_value_set_and_code_system_is_used_by_an_example()
    {
        var codings = SocialPackage.ExampleNames.Select(SocialPackage.Example).SelectMany(Codings).Distinct().ToList();
        var sets = SocialPackage.ValueSets.Where(set =>
            codings.Any(c => SocialPackage.Terminology.Contains(set.Text("url")!, c.System, c.Code) == true)
            || Defect.All.Where(d => d.Artifact == $"ValueSet/{set.Id}").SelectMany(d => d.ReplacedCodes())
                .Any(code => SocialPackage.Terminology.Contains(set.Text("url")!, null, code) == true)).ToList();
        var systems = codings.Select(c => c.System).Concat(sets.SelectMany(SocialPackage.SystemsOf)).ToHashSet();

        var unusedSets = SocialPackage.ValueSets.Except(sets).Select(set => set.Id);
        var unusedSystems = ProfilePackage.Instance.Files
            .Where(f => f.ResourceType == "CodeSystem" && !systems.Contains(f.Url)).Select(f => f.Id);

        unusedSets.Should().BeEmpty();
        unusedSystems.Should().BeEmpty();
    }

    private static IEnumerable<(string System, string Code)> Codings(ElementNode node) =>
        node.Type.Name == "Coding" && node.Text("system") is { } system && node.Text("code") is { } code
            ? [(system, code)]
            : node.Children.SelectMany(Codings);

    /// <summary>Names of examples that others refer to are names of examples.</summary>
    [Fact]
    public void Every_reference_leads_to_another_example()
    {
        var known = SocialPackage.ExampleNames.ToHashSet();

        var lost = known.SelectMany(name => Reference().Matches(
                System.Text.Encoding.UTF8.GetString(SocialPackage.ExampleBytes(name)))
            .Select(m => m.Groups["to"].Value.Replace('/', '-')).Where(to => !known.Contains(to))
            .Select(to => $"{name}: {to}"));

        lost.Should().BeEmpty();
    }

    private static bool IsBaseOfAnother(string url) => SocialPackage.Structures(areExtensions: false)
        .Any(p => ProfilePackage.Instance.Parse(p).Text("baseDefinition") == url);

    [GeneratedRegex("\"reference\": \"(?<to>[A-Za-z]+/[a-z0-9-]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}

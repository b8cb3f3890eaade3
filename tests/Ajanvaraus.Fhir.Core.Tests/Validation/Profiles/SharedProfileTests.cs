using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Validation.Profiles;

/// <summary>HL7's examples and HL7 Finland's own, against the profiles of R4 and of HL7 Finland.</summary>
public sealed class SharedProfileTests
{
    /// <summary>Examples that break a rule, with the first error, and why it is theirs.</summary>
    private static readonly Dictionary<string, string> Broken = new()
    {
        // Cut down to a stub: required elements are gone.
        ["explanationofbenefit-example.json"] = "AJV-1101 ExplanationOfBenefit.status",
        // Refers to the contained Organization by "1"; the other contained one has neither identifier nor name.
        ["patient-container-example.json"] = "AJV-1150 Patient.managingOrganization.reference",
        // Groups without the linkId that R4 requires of every item.
        ["bundle-questionnaire.json"] = "AJV-1101 Questionnaire.item[0].item[0].linkId",
        // Lists the code chol-mass twice.
        ["codesystem-example.json"] = "AJV-1417 CodeSystem.concept[1].code",
        // Names the definition that it builds on by a relative address, where a canonical is absolute.
        ["operationdefinition-example.json"] = "AJV-1474 OperationDefinition.base",
        // Claim the profile of document metadata while their agent has no role, which its base asks for.
        ["base-Provenance-kanta-document-metadata-profile-test-example-1.json"] = "AJV-1405 Provenance.agent[0].role",
        ["base-Provenance-kanta-document-metadata-profile-test-example-2.json"] = "AJV-1405 Provenance.agent[0].role",
        // Have personal identity codes whose check character is another's.
        ["base-Patient-patient-with-turvakielto.json"] = "AJV-6101 Patient.identifier[0].value",
        ["base-Patient-patient-of-municipality.json"] = "AJV-6101 Patient.identifier[0].value",
    };

    /// <summary>R4's own profiles that name slices without saying how these are told.</summary>
    private static readonly string[] WithoutSlicing =
    [
        "http://hl7.org/fhir/StructureDefinition/catalog",
        "http://hl7.org/fhir/StructureDefinition/familymemberhistory-genetic",
    ];

    private static readonly Lazy<ProfileValidator> Validator = new(() =>
    {
        var source = new ConformanceSet(FinnishDefinitions(), R4Profiles.Instance);
        return new ProfileValidator(
            ProfileCase.Structure, R4.Definitions, source, new TerminologyService(source, TimeProvider.System));
    });

    private static IEnumerable<ElementNode> FinnishDefinitions() => new[] { "base", "scheduling" }
        .SelectMany(folder => Directory.EnumerateFiles(SharedData.Find("hl7-fi", folder), "*.json"))
        .Select(file => FhirJson.Parse(File.ReadAllBytes(file)).Resource!);

    [SharedDataTheory]
    [MemberData(nameof(SharedExamples.Files), MemberType = typeof(SharedExamples))]
    public void Example_conforms_to_what_it_claims_unless_it_is_known_to_be_broken(string file)
    {
        var resource = FhirJson.Parse(SharedExamples.Read(file)).Resource!;

        var errors = Validator.Value.Validate(resource).Where(i => i.Severity == IssueSeverity.Error)
            .Select(i => $"{i.Id} {i.Expression}").ToList();

        if (Broken.TryGetValue(Path.GetFileName(file), out var expected))
            errors.Should().Contain(expected);
        else
            errors.Should().BeEmpty();
    }

    [SharedDataFact("hl7-fi")]
    public void Finnish_definitions_are_sound_by_the_rules_for_definitions()
    {
        var errors = FinnishDefinitions().SelectMany(definition => Validator.Value.Validate(definition)
            .Where(i => i.Severity == IssueSeverity.Error)
            .Select(i => $"{definition.Id}: {i.Id} {i.Expression} {i.Text}"));

        errors.Should().BeEmpty();
    }

    [Fact]
    public void Every_profile_of_R4_is_understood_but_for_those_that_name_slices_without_slicing()
    {
        var validator = ProfileCase.Validator();
        var faulty = R4Profiles.Instance.Canonicals.Where(url => Faults(validator, url).Any());

        faulty.Should().BeEquivalentTo(WithoutSlicing);
    }

    private static IEnumerable<Issue> Faults(ProfileValidator validator, string url)
    {
        var definition = R4Profiles.Instance.Find("StructureDefinition", url)!;
        var empty = new ElementNode(null, R4.Definitions.Types[definition.Text("type")!], null, []);
        return validator.Validate(empty, url).Where(issue => issue.Id == "AJV-1404");
    }
}

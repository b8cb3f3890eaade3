using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>Real resources, with their quirks, are taken in: what is odd but sound is a warning.</summary>
public sealed class ExampleValidationTests
{
    private static readonly StructuralValidator Validator = new(R4.Definitions);

    /// <summary>Examples that break R4 or the rules of personal identity codes, with what is wrong and where.</summary>
    private static readonly Dictionary<string, (string Id, string Expression)[]> Broken = new()
    {
        // Cut down to a stub: the required elements of an ExplanationOfBenefit are gone.
        ["fhir-test-cases/r4/inputs/explanationofbenefit-example.json"] =
        [
            ("AJV-1101", "ExplanationOfBenefit.status"), ("AJV-1101", "ExplanationOfBenefit.type"),
        ],
        // Refers to the contained Organization by "1" instead of "#1".
        ["fhir-test-cases/r4/inputs/patient-container-example.json"] =
        [
            ("AJV-1150", "Patient.managingOrganization.reference"),
        ],
        // Lists the code chol-mass twice.
        ["fhir-test-cases/r4/examples/codesystem-example.json"] = [("AJV-1417", "CodeSystem.concept[1].code")],
        // Groups without the linkId that R4 requires of every item.
        ["fhir-test-cases/r4/examples/bundle-questionnaire.json"] =
        [
            ("AJV-1101", "Questionnaire.item[0].item[0].linkId"),
        ],
        // Have personal identity codes whose check character is another's.
        ["hl7-fi/examples/base-Patient-patient-with-turvakielto.json"] = [("AJV-6101", "Patient.identifier[0].value")],
        ["hl7-fi/examples/base-Patient-patient-of-municipality.json"] = [("AJV-6101", "Patient.identifier[0].value")],
    };

    [SharedDataTheory]
    [MemberData(nameof(SharedExamples.Files), MemberType = typeof(SharedExamples))]
    public void Example_is_sound_unless_it_is_known_to_be_broken(string file)
    {
        var resource = FhirJson.Parse(SharedExamples.Read(file)).Resource!;

        var errors = Validator.Validate(resource).Where(i => i.Severity != IssueSeverity.Warning).ToList();

        if (Broken.TryGetValue(file, out var expected))
            errors.Select(i => (i.Id, i.Expression!)).Should().Contain(expected);
        else
            errors.Should().BeEmpty();
    }
}

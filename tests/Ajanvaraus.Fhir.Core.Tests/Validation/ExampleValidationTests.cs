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

    [SharedDataTheory]
    [MemberData(nameof(SharedExamples.Files), MemberType = typeof(SharedExamples))]
    public void Example_is_sound(string file)
    {
        var resource = FhirJson.Parse(SharedExamples.Read(file)).Resource!;

        var issues = Validator.Validate(resource);

        issues.Where(i => i.Severity != IssueSeverity.Warning).Should().BeEmpty();
    }

    [SharedDataFact("hl7-fi/examples")]
    public void Sound_appointment_is_validated_without_allocation()
    {
        var resource = FhirJson.Parse(
            SharedExamples.Read("hl7-fi/examples/base-Appointment-appointment-general-practitioner.json")).Resource!;
        Validator.Validate(resource).Should().BeEmpty();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Validator.Validate(resource);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.Should().Be(0);
    }
}

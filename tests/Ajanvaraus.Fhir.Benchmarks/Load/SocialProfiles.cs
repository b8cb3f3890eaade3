using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>The social-care profiles, read from profiles/, as the server has them embedded.</summary>
internal static class SocialProfiles
{
    public const string ClientAppointment =
        "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-client-appointment";

    public static ProfileValidator Validator(StructuralValidator structure)
    {
        var files = new[] { "resources", "foreign" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.Find("profiles", "fsh-generated", folder), "*.json"))
            .Where(file => Path.GetFileName(file) is var name && (name.StartsWith("StructureDefinition-", StringComparison.Ordinal)
                || name.StartsWith("ValueSet-", StringComparison.Ordinal) || name.StartsWith("CodeSystem-", StringComparison.Ordinal)));
        var source = new ConformanceSet(files.Select(file => FhirJson.Parse(File.ReadAllBytes(file)).Resource!), R4Profiles.Instance);
        return new ProfileValidator(
            structure, R4.Definitions, source, new TerminologyService(source, TimeProvider.System, new TerminologyResources()));
    }
}

using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Profiles;

/// <summary>The compiled social-care profiles, their examples, and validators over them.</summary>
internal static class SocialPackage
{
    private const string Now = "2026-11-23T08:00:00+02:00";

    public static readonly string Folder = Repository.Find("profiles", "fsh-generated");

    private static readonly Lazy<ProfileValidator> Alone = new(() => ValidatorOf(ProfilePackage.Instance));

    private static readonly Lazy<ProfileValidator> WithNational = new(() =>
        ValidatorOf(new ConformanceSet(NationalDefinitions(), ProfilePackage.Instance)));

    /// <summary>As the server has it when nothing else is loaded.</summary>
    public static ProfileValidator Validator => Alone.Value;

    /// <summary>With HL7 Finland's own definitions over those that restate them.</summary>
    public static ProfileValidator NationalValidator => WithNational.Value;

    /// <summary>As the server would have it if the package lacked that file.</summary>
    public static ProfileValidator ValidatorWithout(PackageFile file) => ValidatorOf(new Lacking(file));

    public static IEnumerable<string> ExampleNames => Directory.EnumerateFiles(Path.Combine(Folder, "examples"), "*.json")
        .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static byte[] ExampleBytes(string name) =>
        File.ReadAllBytes(Path.Combine(Folder, "examples", name + ".json"));

    public static ElementNode Example(string name) => FhirJson.Parse(ExampleBytes(name)).Resource!;

    /// <summary>The StructureDefinitions of the package; extensions or profiles of resources.</summary>
    public static IEnumerable<PackageFile> Structures(bool areExtensions) => ProfilePackage.Instance.Files
        .Where(file => file.ResourceType == "StructureDefinition" && (file.Type == "Extension") == areExtensions);

    public static IReadOnlyList<ElementNode> ValueSets { get; } = [.. ProfilePackage.Instance.Files
        .Where(file => file.ResourceType == "ValueSet").Select(ProfilePackage.Instance.Parse)];

    /// <summary>The code systems of this package that a value set takes its codes from.</summary>
    public static IEnumerable<string> SystemsOf(ElementNode valueSet) => valueSet["compose"]!.All("include")
        .Select(include => include.Text("system")!).Where(system => system.StartsWith(Canonicals.Base, StringComparison.Ordinal));

    /// <summary>What codes mean, as the server has it when nothing else is loaded.</summary>
    public static TerminologyService Terminology { get; } = new(ProfilePackage.Instance, new FakeClock(Now));

    public static IEnumerable<string> Errors(this IEnumerable<Issue> issues) => issues
        .Where(issue => issue.Severity is IssueSeverity.Error or IssueSeverity.Fatal)
        .Select(issue => $"{issue.Id} {issue.Expression}");

    private static ProfileValidator ValidatorOf(IConformanceSource source) => new(
        new StructuralValidator(R4.Definitions), R4.Definitions, source,
        new TerminologyService(source, new FakeClock(Now)));

    private static IEnumerable<ElementNode> NationalDefinitions() => new[] { "base", "scheduling" }
        .SelectMany(folder => Directory.EnumerateFiles(SharedData.Find("hl7-fi", folder), "*.json"))
        .Select(file => FhirJson.Parse(File.ReadAllBytes(file)).Resource!);

    private sealed class Lacking(PackageFile file) : IConformanceSource
    {
        public ElementNode? Find(string resourceType, string canonical) =>
            resourceType == file.ResourceType && canonical.Split('|')[0] == file.Url
                ? null
                : ProfilePackage.Instance.Find(resourceType, canonical);

        public IEnumerable<ElementNode> All(string resourceType) =>
            ProfilePackage.Instance.All(resourceType).Where(r => resourceType != file.ResourceType || r.Id != file.Id);
    }
}

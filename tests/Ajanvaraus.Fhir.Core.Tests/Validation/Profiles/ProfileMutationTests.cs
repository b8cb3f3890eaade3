using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Validation.Profiles;

/// <summary>Law: an example of a profile with one defect more is reported at the element that has the defect.</summary>
/// <remarks>The profiles are those of social care, laid over the examples that claim them.</remarks>
public sealed class ProfileMutationTests
{
    private static readonly string Folder = Repository.Find("profiles", "fsh-generated");

    private static readonly ConformanceSet Source = new(
        [.. All("resources", "StructureDefinition"), .. All("resources", "ValueSet"), .. All("resources", "CodeSystem"),
         .. All("foreign", "StructureDefinition"), .. All("foreign", "ValueSet"), .. All("foreign", "CodeSystem")],
        R4Profiles.Instance);

    private static readonly ProfileValidator Validator = new(
        ProfileCase.Structure, R4.Definitions, Source, new TerminologyService(Source, new FakeClock("2026-11-23T08:00:00+02:00")));

    public static TheoryData<string> Examples() => new(
        Directory.EnumerateFiles(Path.Combine(Folder, "examples"), "*.json").Select(file => Path.GetFileName(file)));

    [Theory]
    [MemberData(nameof(Examples))]
    public void One_defect_is_reported_at_its_element(string file)
    {
        foreach (var (kind, defect) in DefectsOf(file))
            Validator.Validate(defect.Resource).Where(issue => issue.Severity == IssueSeverity.Error)
                .Select(issue => issue.Expression).Should().Contain(defect.Expected, $"{file}: {kind}");
    }

    [Fact]
    public void Every_kind_of_defect_is_met()
    {
        IEnumerable<object[]> examples = Examples();
        var met = examples.SelectMany(row => DefectsOf((string)row[0]).Select(drawn => drawn.Kind)).Distinct();

        met.Should().BeEquivalentTo(
            "missing by a profile", "too many by a profile", "wrong fixed value or pattern",
            "code outside the value set of a profile", "slice with too few", "slice with too many");
    }

    private static IEnumerable<(string Kind, Defect Defect)> DefectsOf(string file)
    {
        var example = Read(Path.Combine(Folder, "examples", file));
        return (example["meta"]?.All("profile") ?? [])
            .Select(claim => Source.Find("StructureDefinition", claim.Value!)).OfType<ElementNode>()
            .SelectMany(profile => ProfileDefects.Of(example, profile, Validator));
    }

    private static IEnumerable<ElementNode> All(string folder, string type) =>
        Directory.EnumerateFiles(Path.Combine(Folder, folder), type + "-*.json").Select(Read);

    private static ElementNode Read(string file) =>
        FhirJson.Parse(File.ReadAllBytes(file)).Resource ?? throw new InvalidOperationException(file);
}

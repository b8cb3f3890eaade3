using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>Law: a sound resource with one defect more is reported at the element that has the defect.</summary>
/// <remarks>What only the form of JSON can break is in <see cref="FormMutationTests"/>, what a profile asks in
/// <see cref="Profiles.ProfileMutationTests"/>.</remarks>
public sealed class MutationTests
{
    private const int MutationsPerKind = 6;

    private static readonly StructuralValidator Validator = new(R4.Definitions);

    [SharedDataTheory]
    [MemberData(nameof(SharedExamples.Files), MemberType = typeof(SharedExamples))]
    public void One_defect_is_reported_at_its_element(string file)
    {
        var sound = FhirJson.Parse(SharedExamples.Read(file)).Resource!;
        if (Validator.Validate(sound).Any(issue => issue.Severity == IssueSeverity.Error))
            return;
        var seed = file.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));

        foreach (var (kind, defect) in Drawn(sound, seed))
            Validator.Validate(defect.Resource).Select(issue => issue.Expression)
                .Should().Contain(defect.Expected, $"file {file}, seed {seed}, {kind}");
    }

    [SharedDataFact]
    public void Every_kind_of_defect_is_met()
    {
        IEnumerable<object[]> files = SharedExamples.Files();
        var met = files.Select(file => FhirJson.Parse(SharedExamples.Read((string)file[0])).Resource!)
            .SelectMany(sound => Drawn(sound, 1).Select(drawn => drawn.Kind)).Distinct();

        met.Should().BeEquivalentTo(Defects.Kinds.Keys);
    }

    /// <summary>Some defects of each kind; what is an odd target by R4 alone is told as a warning, the rest as errors.</summary>
    private static IEnumerable<(string Kind, Defect Defect)> Drawn(ElementNode sound, int seed)
    {
        var random = new Random(seed);
        var places = Place.In(sound).ToArray();
        foreach (var (kind, make) in Defects.Kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            random.Shuffle(places);
            foreach (var defect in places.Select(make).OfType<Defect>().Take(MutationsPerKind))
                yield return (kind, defect);
        }
    }
}

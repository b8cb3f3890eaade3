using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>HL7's public validator cases, read from a folder of the caller: the verdict of <c>$validate</c> is that of the
/// reference validator, but for the cases that are listed with a reason.</summary>
/// <remarks>Source: FHIR/fhir-test-cases, folder <c>validator</c>; what was measured stands in docs/validation.md .</remarks>
public sealed class ReferenceCaseTests(ITestOutputHelper output)
{
    [ValidatorCasesFact]
    public void Verdict_is_that_of_the_reference_validator_unless_listed()
    {
        var folder = ValidatorCasesFactAttribute.Folder!;
        var all = ReferenceCase.In(folder).ToList();
        var complete = all.Where(one => one.IsComplete(folder)).ToList();

        var found = complete.ToDictionary(one => one, one => one.Run(folder));

        var different = complete.Where(one => found[one].IsEmpty != (one.Errors == 0)).ToList();
        Tell(all, complete, different, found);
        complete.Should().NotBeEmpty("{0} has verdicts", folder);
        different.Select(one => one.Name).Except(ReferenceCaseDifferences.Reasons.Keys).Should().BeEmpty();
        ReferenceCaseDifferences.Reasons.Keys.Intersect(complete.Select(one => one.Name))
            .Except(different.Select(one => one.Name)).Should().BeEmpty("what agrees is not listed");
    }

    private void Tell(
        List<ReferenceCase> all, List<ReferenceCase> complete, List<ReferenceCase> different,
        Dictionary<ReferenceCase, ImmutableArray<string>> found)
    {
        var agree = complete.Count - different.Count;
        var sameCount = complete.Count(one => found[one].Length == one.Errors);
        output.WriteLine($"{all.Count} R4 verdicts without package or setting, {complete.Count} with all their files");
        output.WriteLine($"{agree} agree ({100.0 * agree / complete.Count:F1} %), {sameCount} in the number of errors too");
        foreach (var one in different)
        {
            var reason = ReferenceCaseDifferences.Reasons.GetValueOrDefault(one.Name, "NOT LISTED");
            output.WriteLine($"{one.Name}: theirs {one.Errors}, ours {found[one].Length}; {reason}");
            foreach (var error in found[one].Take(4))
                output.WriteLine("    " + error);
        }
    }
}

/// <summary>Runs where <c>AJANVARAUS_VALIDATOR_CASES</c> names the folder <c>validator</c> of a clone of HL7's test cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ValidatorCasesFactAttribute : FactAttribute
{
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("AJANVARAUS_VALIDATOR_CASES");

    public ValidatorCasesFactAttribute() =>
        Skip = Folder is null ? "AJANVARAUS_VALIDATOR_CASES does not name HL7's validator cases" : null;
}

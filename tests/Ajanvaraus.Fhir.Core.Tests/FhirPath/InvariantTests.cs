using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.FhirPath;

/// <summary>The invariants of R4 on its examples.</summary>
public sealed class InvariantTests
{
    private static readonly FhirPathCache Expressions = new();

    public static TheoryData<string> Files() => SharedExamples.Files();

    [SharedDataTheory]
    [MemberData(nameof(Files))]
    public void Invariants_of_an_example_are_evaluated_without_error(string file)
    {
        var resource = FhirJson.Parse(SharedExamples.Read(file)).Resource!;
        var context = new FhirPathContext { Resource = resource };
        var faults = new HashSet<string>();

        Check(resource, context, faults);

        faults.Should().BeEmpty();
    }

    private static void Check(ElementNode node, FhirPathContext context, HashSet<string> faults)
    {
        foreach (var constraint in node.Type.Constraints.Concat(node.Property?.Element.Constraints ?? []))
            if (Expressions.Parse(constraint.Expression).Expression!.Evaluate(node, context).Error is { } error)
                faults.Add($"{constraint.Key}: {error} in {constraint.Expression}");
        foreach (var child in node.Children)
            Check(child, context, faults);
    }
}

using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>Checks what the base definitions of FHIR R4 ask of a resource's structure.</summary>
/// <remarks>
/// <para>Cardinality, formats of primitives, required bindings, extensions, references, contained resources, Bundle
/// entries, ids. What JSON itself can break (unknown or repeated properties, wrong kinds) the reader has told before.
/// Invariants and profiles come after it.</para>
/// <para>Shape: all issues at once, at most <see cref="MaxIssues"/>, each with its FHIRPath; an empty array when all is
/// well, without allocation. Odd but sound content is a warning and no reason to refuse.</para>
/// <para>The checks of each type are compiled once; one instance serves all requests.</para>
/// <para>Source: http://hl7.org/fhir/R4/validation.html .</para>
/// </remarks>
public sealed class StructuralValidator
{
    /// <summary>After so many findings the rest is not looked at.</summary>
    public const int MaxIssues = 100;

    private readonly FrozenDictionary<TypeSchema, TypePlan> _plans;

    public StructuralValidator(FhirDefinitions definitions) =>
        _plans = definitions.Types.Values.ToFrozenDictionary(t => t, t => TypePlan.Compile(t, definitions));

    public ImmutableArray<Issue> Validate(ElementNode resource)
    {
        var findings = new Findings(resource, MaxIssues);
        Visit(resource, ref findings);
        return findings.ToIssues();
    }

    private void Visit(ElementNode node, ref Findings findings)
    {
        if (findings.IsFull)
            return;
        var container = findings.Container;
        if (node.IsResource && node.Name != "contained")
            findings.Container = node;
        var plan = _plans[node.Type];
        foreach (var check in plan.TypeChecks)
            check.Check(node, ref findings);
        foreach (var child in node.Children)
        {
            plan.ElementCheckOf(child)?.Check(child, ref findings);
            Visit(child, ref findings);
        }
        findings.Container = container;
    }
}

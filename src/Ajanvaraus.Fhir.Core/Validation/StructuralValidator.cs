using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>Checks what the base definitions of FHIR R4 ask of a resource.</summary>
/// <remarks>
/// <para>Cardinality, formats of primitives, required bindings, extensions, references, contained resources, Bundle
/// entries, ids. What JSON itself can break (unknown or repeated properties, wrong kinds) the reader has told before.
/// Invariants, too, as far as they are no mere advice; profiles come after it.</para>
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

    public StructuralValidator(FhirDefinitions definitions)
    {
        var invariants = new BaseChecks();
        _plans = definitions.Types.Values.ToFrozenDictionary(t => t, t => TypePlan.Compile(t, definitions, invariants));
    }

    public ImmutableArray<Issue> Validate(ElementNode resource)
    {
        var findings = new Findings(resource, MaxIssues, new ValidationScope { Root = resource });
        Check(resource, findings);
        return findings.ToIssues();
    }

    /// <summary>The checks alone, for a validation that goes on with profiles.</summary>
    internal void Check(ElementNode node, Findings findings)
    {
        if (findings.IsFull)
            return;
        var (container, resource) = (findings.Container, findings.Resource);
        findings.Enter(node);
        var plan = _plans[node.Type];
        foreach (var check in plan.TypeChecks)
            check.Check(node, findings);
        foreach (var child in node.Children)
        {
            plan.ElementCheckOf(child)?.Check(child, findings);
            Check(child, findings);
        }
        (findings.Container, findings.Resource) = (container, resource);
    }
}

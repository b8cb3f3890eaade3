using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Checks;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

/// <summary>A profile as checks; immutable, for any number of threads.</summary>
/// <param name="Faults">What of the profile cannot be checked, in words.</param>
/// <param name="Imposed">Profiles that are to be met besides.</param>
internal sealed record ProfilePlan(
    string Url, TypeSchema Type, ElementPlan Root, ImmutableArray<string> Faults, ImmutableArray<string> Imposed);

/// <summary>The checks of one element of a profile; those of its children are among them.</summary>
internal sealed class ElementPlan(ImmutableArray<ICheck> checks) : ICheck
{
    public bool IsEmpty => checks.IsEmpty;

    public void Check(ElementNode node, Findings findings)
    {
        if (checks.IsEmpty || findings.IsFull || !findings.Scope.TryStep())
            return;
        var (container, resource) = (findings.Container, findings.Resource);
        findings.Enter(node);
        foreach (var check in checks)
            check.Check(node, findings);
        (findings.Container, findings.Resource) = (container, resource);
    }
}

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Validation.Checks;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>The checks of the invariants of R4, each made once for all types that have it.</summary>
internal sealed class BaseChecks
{
    private readonly Dictionary<Invariant, ICheck> _byRule = [];

    public IEnumerable<ICheck> Of(ImmutableArray<ConstraintSchema> constraints)
    {
        foreach (var rule in R4Invariants.Of(constraints))
        {
            if (!_byRule.TryGetValue(rule, out var check))
                _byRule[rule] = check = DistinctCheck.Of(rule) ?? (ICheck)new InvariantCheck(rule);
            yield return check;
        }
    }
}

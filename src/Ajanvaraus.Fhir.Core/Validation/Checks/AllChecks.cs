using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>Several checks on one element.</summary>
internal sealed class AllChecks(ICheck[] checks) : ICheck
{
    /// <summary>Null for none, the check itself for one.</summary>
    public static ICheck? Of(ICheck[] checks) => checks switch
    {
        [] => null,
        [var one] => one,
        _ => new AllChecks(checks),
    };

    public void Check(ElementNode node, Findings findings)
    {
        foreach (var check in checks)
            check.Check(node, findings);
    }
}

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>The least and the most that a value may be; what cannot be compared is let pass.</summary>
internal sealed class RangeCheck(ValueLimit? least, ValueLimit? most) : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        if (least is not null && ValueMatch.Compare(node, least.Value) < 0)
            findings.Add(ProfileMessages.BelowLeast, node, ValueMatch.Describe(least.Value), least.Source);
        if (most is not null && ValueMatch.Compare(node, most.Value) > 0)
            findings.Add(ProfileMessages.AboveMost, node, ValueMatch.Describe(most.Value), most.Source);
    }
}

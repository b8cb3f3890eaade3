using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>What a profile says of one child of an element: how often it stands, each occurrence, and its slices.</summary>
/// <param name="name">Of the element, without the type of a choice.</param>
/// <param name="label">As in the definition: <c>value[x]</c>.</param>
internal sealed class ChildCheck(
    string name, string label, Limit? min, Limit? max, ElementPlan each, SlicingCheck? slicing) : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        var count = 0;
        foreach (var child in node.Children)
        {
            if (child.Name != name)
                continue;
            count++;
            each.Check(child, findings);
        }
        if (min is not null && count < min.Count)
            findings.AddChild(ProfileMessages.TooFew, node, name, label, $"{count}", $"{min.Count}", min.Source);
        if (max is not null && count > max.Count)
            findings.AddChild(ProfileMessages.TooMany, node, name, label, $"{count}", $"{max.Count}", max.Source);
        slicing?.Check(node, findings);
    }
}

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>"All FHIR elements must have a @value or children" (ele-1); an id alone does not count.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/element.html .</remarks>
internal sealed class EmptyElementCheck : ICheck
{
    public static readonly EmptyElementCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Value is not null)
            return;
        foreach (var child in node.Children)
            if (child.Name != "id")
                return;
        findings.Add(StructureMessages.EmptyElement, node);
    }
}

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>Elements of one resource have different ids; those of resources in it count for themselves.</summary>
/// <remarks>
/// The elements of a StructureDefinition have theirs once in each view, which sdf-16 and sdf-17 say.
/// Source: http://hl7.org/fhir/R4/element-definitions.html#Element.id .
/// </remarks>
internal sealed class ElementIdsCheck : ICheck
{
    public static readonly ElementIdsCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        HashSet<string>? seen = null;
        Visit(node, ref seen, findings);
    }

    private static void Visit(ElementNode node, ref HashSet<string>? seen, Findings findings)
    {
        foreach (var child in node.Children)
        {
            if (child.IsResource)
                continue;
            if (child.Type.Name != "ElementDefinition" && child.Id is { } id && !(seen ??= []).Add(id))
                findings.Add(ContentMessages.ElementIdRepeated, child["id"]!, id);
            Visit(child, ref seen, findings);
        }
    }
}

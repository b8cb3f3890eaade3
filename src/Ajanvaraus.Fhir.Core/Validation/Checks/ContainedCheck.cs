using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>Contained resources: each has an id of its own, contains none, and is referred to.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/references.html#contained , invariants dom-2 and dom-3.</remarks>
internal sealed class ContainedCheck : ICheck
{
    public static readonly ContainedCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        var isContained = node.Name == "contained";
        for (var i = 0; i < node.Children.Length; i++)
        {
            var child = node.Children[i];
            if (child.Name != "contained")
                continue;
            if (isContained)
                findings.Add(StructureMessages.ContainedNested, child);
            else if (child["id"] is not { Value: { } id } idNode)
                findings.Add(StructureMessages.ContainedWithoutId, child);
            else if (IsRepeated(node, i, id))
                findings.Add(StructureMessages.ContainedIdRepeated, idNode);
            else if (!RefersTo(node, id) && !RefersToContainer(child))
                findings.Add(StructureMessages.ContainedUnused, child);
        }
    }

    private static bool IsRepeated(ElementNode container, int index, string id)
    {
        for (var i = 0; i < index; i++)
            if (container.Children[i].Name == "contained" && container.Children[i].Id == id)
                return true;
        return false;
    }

    private static bool RefersTo(ElementNode node, string id)
    {
        if (node.Value is ['#', ..] value && IsLink(node) && value.AsSpan(1).SequenceEqual(id))
            return true;
        foreach (var child in node.Children)
            if (RefersTo(child, id))
                return true;
        return false;
    }

    private static bool RefersToContainer(ElementNode node)
    {
        if (node.Value == "#" && IsLink(node))
            return true;
        foreach (var child in node.Children)
            if (RefersToContainer(child))
                return true;
        return false;
    }

    private static bool IsLink(ElementNode node) =>
        node.Name == "reference" || node.Type.Name is "canonical" or "uri" or "url";
}

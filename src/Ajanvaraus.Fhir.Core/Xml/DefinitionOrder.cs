using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Xml;

/// <summary>The order of elements in their definition, which XML keeps and JSON need not.</summary>
internal static class DefinitionOrder
{
    public static bool IsKept(ReadOnlySpan<ElementNode> nodes)
    {
        for (var i = 1; i < nodes.Length; i++)
            if (Place(nodes[i]) < Place(nodes[i - 1]))
                return false;
        return true;
    }

    /// <summary>Stable; linear where the order is kept already, as it nearly always is.</summary>
    public static void Sort(Span<ElementNode> nodes)
    {
        for (var i = 1; i < nodes.Length; i++)
        {
            var node = nodes[i];
            if (Place(node) >= Place(nodes[i - 1]))
                continue;
            var to = UpperBound(nodes[..i], Place(node));
            nodes[to..i].CopyTo(nodes[(to + 1)..]);
            nodes[to] = node;
        }
    }

    private static int UpperBound(ReadOnlySpan<ElementNode> sorted, int place)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Place(sorted[middle]) <= place)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static int Place(ElementNode node) => node.Property!.Element.Index;
}

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

    /// <summary>Stable; nothing is done where the order is kept already, as it nearly always is.</summary>
    public static void Sort(Span<ElementNode> nodes)
    {
        if (IsKept(nodes))
            return;
        // The place in the list as the lower half of the key keeps repetitions as they were.
        var keys = nodes.Length <= 32 ? stackalloc long[nodes.Length] : new long[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
            keys[i] = ((long)Place(nodes[i]) << 32) | (uint)i;
        keys.Sort(nodes);
    }

    private static int Place(ElementNode node) => node.Property!.Element.Index;
}

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Patch;

/// <summary>Changes one node of an immutable tree, found by its instance.</summary>
internal static class TreeEdit
{
    /// <summary>The node that has the sought one as child; null when it is not below the root.</summary>
    public static ElementNode? ParentOf(this ElementNode root, ElementNode sought)
    {
        foreach (var child in root.Children)
        {
            if (ReferenceEquals(child, sought))
                return root;
            if (child.ParentOf(sought) is { } parent)
                return parent;
        }
        return null;
    }

    /// <summary>The tree with another node, or none, in the place of the old; null when the old is not in it.</summary>
    public static ElementNode? Substitute(this ElementNode root, ElementNode old, ElementNode? node)
    {
        if (ReferenceEquals(root, old))
            return node;
        for (var i = 0; i < root.Children.Length; i++)
        {
            var child = root.Children[i];
            if (ReferenceEquals(child, old))
                return root.With(node is null ? root.Children.RemoveAt(i) : root.Children.SetItem(i, node));
            if (child.Substitute(old, node) is { } changed)
                return root.With(root.Children.SetItem(i, changed));
        }
        return null;
    }
}

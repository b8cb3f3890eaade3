using System.Globalization;
using System.Text;

namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>Writes where a node stands as FHIRPath: <c>Appointment.participant[0].status</c>.</summary>
/// <remarks>
/// Found by walking the tree from its root, so that a sound resource pays nothing for locations. Only elements that may
/// repeat carry an index. A node instance that stands at several places is located at the first.
/// </remarks>
public static class NodePath
{
    /// <summary>The path of <paramref name="node"/> under <paramref name="root"/>; null when it is not there.</summary>
    public static string? Of(ElementNode root, ElementNode node)
    {
        var path = new StringBuilder(root.Type.Name);
        return Find(root, node, path) ? path.ToString() : null;
    }

    /// <summary>Every node of the tree with its path.</summary>
    public static Dictionary<ElementNode, string> All(ElementNode root)
    {
        var paths = new Dictionary<ElementNode, string>(ReferenceEqualityComparer.Instance);
        Add(root, new StringBuilder(root.Type.Name), paths);
        return paths;
    }

    private static void Add(ElementNode current, StringBuilder path, Dictionary<ElementNode, string> paths)
    {
        paths.TryAdd(current, path.ToString());
        var length = path.Length;
        var index = 0;
        for (var i = 0; i < current.Children.Length; i++)
        {
            var child = current.Children[i];
            index = i > 0 && current.Children[i - 1].Name == child.Name ? index + 1 : 0;
            AppendStep(path, child, index);
            Add(child, path, paths);
            path.Length = length;
        }
    }

    private static bool Find(ElementNode current, ElementNode sought, StringBuilder path)
    {
        if (ReferenceEquals(current, sought))
            return true;
        var length = path.Length;
        var index = 0;
        for (var i = 0; i < current.Children.Length; i++)
        {
            var child = current.Children[i];
            index = i > 0 && current.Children[i - 1].Name == child.Name ? index + 1 : 0;
            AppendStep(path, child, index);
            if (Find(child, sought, path))
                return true;
            path.Length = length;
        }
        return false;
    }

    private static void AppendStep(StringBuilder path, ElementNode child, int index)
    {
        path.Append('.').Append(child.Name);
        if (child.Property is { Element.IsArray: true })
            path.Append(CultureInfo.InvariantCulture, $"[{index}]");
    }
}

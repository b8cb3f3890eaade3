using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>One place in a tree, by the indices that lead to it from the root.</summary>
internal readonly record struct Place(ElementNode Root, ImmutableArray<int> Path)
{
    public ElementNode Node => At(Root, Path);

    public ElementNode Parent => At(Root, Path[..^1]);

    public int Index => Path[^1];

    /// <summary>Every element below the root but ids of elements: any text is one, and what they break is told elsewhere.</summary>
    public static List<Place> In(ElementNode root)
    {
        var places = new List<Place>();
        Collect(root, root, [], places);
        return places;
    }

    /// <summary>The tree with other children of this node's parent, and where that parent stands.</summary>
    public (ElementNode Root, ElementNode Parent) WithSiblings(ImmutableArray<ElementNode> children)
    {
        var root = Replace(Root, Path[..^1], Parent.With(children));
        return (root, At(root, Path[..^1]));
    }

    /// <summary>The tree with another node here, and that node.</summary>
    public (ElementNode Root, ElementNode Node) With(ElementNode node)
    {
        var root = Replace(Root, Path, node);
        return (root, node);
    }

    private static void Collect(ElementNode root, ElementNode node, ImmutableArray<int> path, List<Place> places)
    {
        for (var i = 0; i < node.Children.Length; i++)
        {
            if (node.Children[i].Name == "id")
                continue;
            places.Add(new Place(root, path.Add(i)));
            Collect(root, node.Children[i], path.Add(i), places);
        }
    }

    private static ElementNode At(ElementNode root, ImmutableArray<int> path)
    {
        foreach (var index in path)
            root = root.Children[index];
        return root;
    }

    private static ElementNode Replace(ElementNode root, ImmutableArray<int> path, ElementNode node) => path.IsEmpty
        ? node
        : root.With(root.Children.SetItem(path[0], Replace(root.Children[path[0]], path[1..], node)));
}

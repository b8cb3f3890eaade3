using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Core.Tests.Validation.Profiles;

/// <summary>The defects that a resource may have by what one profile says of its elements.</summary>
/// <remarks>Of elements that are named by their path alone, and of slices right below the resource.</remarks>
internal static class ProfileDefects
{
    public static IEnumerable<(string Kind, Defect Defect)> Of(
        ElementNode resource, ElementNode profile, ProfileValidator validator)
    {
        foreach (var rule in profile["differential"]?.All("element") ?? [])
        {
            var steps = rule.Text("id")!.Split('.');
            var isSlice = steps.Length == 2 && steps[1].Contains(':', StringComparison.Ordinal);
            if (steps.Length == 1 || (!isSlice && rule.Text("id")!.Contains(':', StringComparison.Ordinal)))
                continue;
            var defects = isSlice
                ? OfSlice(resource, rule, validator.Slice(resource, profile.Text("url")!, rule.Text("sliceName")!))
                : OfElement(resource, rule, rule.Text("path")!.Split('.')[1..]);
            foreach (var defect in defects)
                yield return defect;
        }
    }

    private static IEnumerable<(string Kind, Defect Defect)> OfElement(
        ElementNode resource, ElementNode rule, string[] names)
    {
        var name = names[^1].Replace("[x]", "", StringComparison.Ordinal);
        foreach (var (path, parent) in ParentsOf(resource, names))
        {
            var members = parent.All(name).ToList();
            if (members.Count == 0)
                continue;
            if (Number(rule, "min") is > 0)
                yield return ("missing by a profile", Changed(resource, path, parent.Without(name), name));
            if (Number(rule, "max") is { } most && members[0].Property!.Element.IsArray && most == members.Count)
                yield return ("too many by a profile", Changed(resource, path, parent.Append(members[^1]), name));
            if (rule["pattern"] is not null || rule["fixed"] is not null)
                yield return ("wrong fixed value or pattern", Spoilt(resource, members[0]));
            if (rule["binding"]?.Text("strength") == "required" && rule["pattern"] is null)
                yield return ("code outside the value set of a profile", Spoilt(resource, members[0]));
        }
    }

    private static IEnumerable<(string Kind, Defect Defect)> OfSlice(
        ElementNode resource, ElementNode rule, ImmutableArray<ElementNode> members)
    {
        if (members.IsEmpty)
            yield break;
        var name = members[0].Name;
        if (Number(rule, "min") is { } least and > 0)
            yield return ("slice with too few", new Defect(
                resource.With(resource.Children.RemoveRange(members.Take(members.Length - least + 1))),
                $"{resource.Type.Name}.{name}"));
        if (Number(rule, "max") is { } most && most == members.Length)
            yield return ("slice with too many", Repeated(resource, members[^1]));
    }

    private static Defect Repeated(ElementNode resource, ElementNode member)
    {
        var copy = new ElementNode(member.Property, member.Type, member.Value, member.Children);
        var at = resource.Children.IndexOf(member);
        var changed = resource.With(resource.Children.Insert(at + 1, copy));
        return new Defect(changed, NodePath.Of(changed, copy)!);
    }

    private static Defect Changed(ElementNode resource, ImmutableArray<int> path, ElementNode parent, string child)
    {
        var root = path.IsEmpty ? parent : new Place(resource, path).With(parent).Root;
        return new Defect(root, $"{NodePath.Of(root, parent)}.{child}");
    }

    /// <summary>Other codes and texts in the element.</summary>
    private static Defect Spoilt(ElementNode resource, ElementNode node)
    {
        var place = Place.In(resource).First(place => ReferenceEquals(place.Node, node));
        var spoilt = node.IsPrimitive
            ? new ElementNode(node.Property, node.Type, "no-such-value", [])
            : node.MapValues(value => value.Name is "code" or "system" or "value" ? value.Value + "-not" : null);
        var (root, at) = place.With(spoilt);
        return new Defect(root, NodePath.Of(root, at)!);
    }

    private static IEnumerable<(ImmutableArray<int> Path, ElementNode Node)> ParentsOf(ElementNode resource, string[] names)
    {
        IEnumerable<(ImmutableArray<int> Path, ElementNode Node)> found = [([], resource)];
        foreach (var name in names[..^1])
            found = found.SelectMany(parent => parent.Node.Children.Select((child, index) => (child, index))
                .Where(pair => pair.child.Name == name)
                .Select(pair => (parent.Path.Add(pair.index), pair.child)));
        return found;
    }

    private static int? Number(ElementNode rule, string name) =>
        int.TryParse(rule.Text(name), out var number) ? number : null;
}

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>One thing wrong in a resource that was sound, and where it is to be told.</summary>
internal sealed record Defect(ElementNode Resource, string Expected);

/// <summary>The kinds of defect that a resource may have by R4 itself: each makes one at a place, or null where it
/// cannot.</summary>
internal static class Defects
{
    private const string Nobody = "no-such-code-anywhere";

    private const string Dataless = "\u0001";

    public static readonly ImmutableDictionary<string, Func<Place, Defect?>> Kinds =
        new Dictionary<string, Func<Place, Defect?>>
        {
            ["missing"] = Missing,
            ["too many"] = TooMany,
            ["unknown element"] = UnknownElement,
            ["bad primitive"] = BadPrimitive,
            ["bad code of a required binding"] = BadCode,
            ["target of a wrong type"] = WrongTarget,
            ["reference that is none"] = NoReference,
            ["contained that is not there"] = NoContained,
            ["extension without value"] = place => Broken(place, "Extension", Empty),
            ["extension with value and parts"] = place => Broken(place, "Extension", WithParts),
            ["period upside down"] = place => Broken(place, "Period", UpsideDown),
            ["contact without system"] = place => Broken(place, "ContactPoint", contact => Only(contact, ("value", "1"))),
            ["quantity without system"] = place => Broken(place, "Quantity", quantity => Only(quantity, ("code", "kg"))),
            ["range upside down"] = place => Broken(place, "Range", range => range.With(
                [Amount(range, "low", "2"), Amount(range, "high", "1")])),
            ["ratio of one"] = place => Broken(place, "Ratio", ratio => ratio.With([Amount(ratio, "numerator", "2")])),
            ["data without type"] = place => Broken(place, "Attachment", attachment => Only(attachment, ("data", "dGV4dA=="))),
            ["narrative without text"] = place => Narrative(place, "<div xmlns=\"http://www.w3.org/1999/xhtml\"> </div>"),
            ["narrative with a script"] = place => Narrative(
                place, "<div xmlns=\"http://www.w3.org/1999/xhtml\">a<script>b</script></div>"),
        }.ToImmutableDictionary();

    private static Defect? Missing(Place place)
    {
        var element = place.Node.Property!.Element;
        if (element.Min == 0 || place.Parent.All(element.Name).Count() != 1)
            return null;
        var (root, parent) = place.WithSiblings(place.Parent.Children.RemoveAt(place.Index));
        return new Defect(root, $"{NodePath.Of(root, parent)}.{element.Name}");
    }

    private static Defect? TooMany(Place place)
    {
        var element = place.Node.Property!.Element;
        if (element.Max != 1)
            return null;
        var (root, parent) = place.WithSiblings(place.Parent.Children.Insert(place.Index, place.Node));
        return new Defect(root, $"{NodePath.Of(root, parent)}.{element.Name}");
    }

    /// <summary>An element of another type: no type but SampledData has a lower limit.</summary>
    private static Defect? UnknownElement(Place place)
    {
        if (place.Node.IsPrimitive || place.Node.Type.Name == "SampledData")
            return null;
        var foreign = R4.Definitions.Types["SampledData"].Property("lowerLimit")!;
        var node = new ElementNode(foreign, foreign.Type, "1", []);
        var (root, _) = place.With(place.Node.With(place.Node.Children.Add(node)));
        return new Defect(root, NodePath.Of(root, node)!);
    }

    private static Defect? BadPrimitive(Place place) =>
        place.Node is { IsPrimitive: true, Value: not null } node && node.Type.Name != "xhtml"
            ? At(place, new ElementNode(node.Property, node.Type, Dataless, [])) : null;

    private static Defect? BadCode(Place place)
    {
        var node = place.Node;
        if (node.Property!.Element.Binding is not { Strength: BindingStrength.Required } binding
            || !R4.Definitions.ValueSets.ContainsKey(binding.ValueSet))
            return null;
        if (node is { IsPrimitive: true, Value: not null })
            return At(place, new ElementNode(node.Property, node.Type, Nobody, []));
        return node.Type.Name is "CodeableConcept" or "Coding"
            ? At(place, node.MapValues(value => value.Name == "code" ? Nobody : null)) : null;
    }

    private static Defect? WrongTarget(Place place) =>
        place.Node.Property!.Element.Targets is { IsEmpty: false } targets && !targets.Contains("Resource")
            ? Reference(place, $"{R4.Definitions.ResourceTypes.First(type => !targets.Contains(type))}/1") : null;

    private static Defect? NoReference(Place place) => Reference(place, "no reference");

    private static Defect? NoContained(Place place) => Reference(place, "#nothing-of-this-id");

    private static Defect? Reference(Place place, string text)
    {
        if (place.Node.Type.Name != "Reference" || place.Node["reference"] is not { Value: not null })
            return null;
        var (root, node) = place.With(place.Node.Set("reference", text));
        return new Defect(root, NodePath.Of(root, node["reference"]!)!);
    }

    private static Defect? Narrative(Place place, string div) => place.Node is { Type.Name: "xhtml" } node
        ? At(place, new ElementNode(node.Property, node.Type, div, [])) : null;

    /// <summary>A node of that type with content that breaks an invariant of the type.</summary>
    private static Defect? Broken(Place place, string type, Func<ElementNode, ElementNode?> broken) =>
        place.Node.Type.Name == type && broken(place.Node) is { } node ? At(place, node) : null;

    private static Defect At(Place place, ElementNode node)
    {
        var (root, at) = place.With(node);
        return new Defect(root, NodePath.Of(root, at)!);
    }

    private static ElementNode Empty(ElementNode extension) =>
        extension.With([.. extension.Children.Where(child => child.Name is not ("value" or "extension"))]);

    private static ElementNode? WithParts(ElementNode extension) => extension["value"] is null
        ? null : extension.Append(extension.New("extension").Set("url", "http://example.org/part").Set("valueCode", "a"));

    private static ElementNode UpsideDown(ElementNode period) => Only(period, ("start", "2026-05"), ("end", "2026-04"));

    private static ElementNode Only(ElementNode node, params (string Name, string Value)[] members)
    {
        var made = node.With([]);
        foreach (var (name, value) in members)
            made = made.Set(name, value);
        return made;
    }

    private static ElementNode Amount(ElementNode node, string name, string value) => node.New(name).Set("value", value);
}

using Ajanvaraus.Fhir.Core.Definitions;

namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>One element of a resource: an immutable tree over the definitions, the same for JSON and XML.</summary>
/// <remarks>
/// <para>Shape: repetitions of an element are consecutive siblings; a choice element is one node whose
/// <see cref="Name"/> is the name without the type (<c>value</c>) and whose <see cref="Property"/> knows the type
/// (<c>valueQuantity</c>). <c>id</c> and <c>extension</c> of a primitive are its children; <c>_birthDate</c> without
/// <c>birthDate</c> is a node without <see cref="Value"/>.</para>
/// <para>Values: the text as written: <c>1.50</c> stays <c>1.50</c>, a dateTime keeps precision and offset.</para>
/// <para>Source: FHIR R4 JSON representation, http://hl7.org/fhir/R4/json.html.</para>
/// </remarks>
public sealed class ElementNode
{
    public ElementNode(
        PropertySchema? property, TypeSchema type, string? value, ImmutableArray<ElementNode> children)
    {
        Property = property;
        Type = type;
        Value = value;
        Children = children;
    }

    /// <summary>The place in the parent; null for a resource that stands alone.</summary>
    public PropertySchema? Property { get; }

    /// <summary>The actual type: of a choice the chosen one, of a contained resource its own.</summary>
    public TypeSchema Type { get; }

    /// <summary>Text of a primitive; null for complex elements and for a primitive that has only extensions.</summary>
    public string? Value { get; }

    /// <summary>In the order of the source.</summary>
    public ImmutableArray<ElementNode> Children { get; }

    /// <summary>Element name without a choice type; the type name for a resource that stands alone.</summary>
    public string Name => Property?.Element.Name ?? Type.Name;

    public bool IsResource => Type.Kind == TypeKind.Resource;

    public bool IsPrimitive => Type.Kind == TypeKind.Primitive;

    /// <summary>First child of that element name, or null.</summary>
    public ElementNode? this[string name]
    {
        get
        {
            foreach (var child in Children)
                if (child.Name == name)
                    return child;
            return null;
        }
    }

    /// <summary>All children of that element name, in order.</summary>
    public IEnumerable<ElementNode> All(string name)
    {
        foreach (var child in Children)
            if (child.Name == name)
                yield return child;
    }

    /// <summary>Primitive text of the first child of that name, or null.</summary>
    public string? Text(string name) => this[name]?.Value;

    /// <summary>The resource's logical id, or null.</summary>
    public string? Id => Text("id");

    public ElementNode With(ImmutableArray<ElementNode> children) => new(Property, Type, Value, children);

    /// <summary>The same content at another place (an element moved into a Bundle entry, say).</summary>
    public ElementNode At(PropertySchema? property) => new(property, Type, Value, Children);

    /// <summary>Replaces every child of that name by the given nodes, at the place of the first.</summary>
    /// <remarks>Where there was none, the nodes go where the definition's order puts them.</remarks>
    public ElementNode Replace(string name, params ReadOnlySpan<ElementNode> nodes)
    {
        var result = ImmutableArray.CreateBuilder<ElementNode>(Children.Length + nodes.Length);
        var placed = false;
        var order = Type.Element(name)?.Index ?? int.MaxValue;
        foreach (var child in Children)
        {
            var isOld = child.Name == name;
            if (!placed && (isOld || (child.Property!.Element.Index > order && !HasLater(name))))
            {
                result.AddRange(nodes);
                placed = true;
            }
            if (!isOld)
                result.Add(child);
        }
        if (!placed)
            result.AddRange(nodes);
        return With(result.DrainToImmutable());
    }

    private bool HasLater(string name) => this[name] is not null;

    /// <summary>Sets a primitive child by its JSON name (<c>status</c>, <c>valueInstant</c>); keeps no extensions.</summary>
    public ElementNode Set(string jsonName, string? value)
    {
        var property = RequireProperty(jsonName);
        return value is null
            ? Without(property.Element.Name)
            : Replace(property.Element.Name, new ElementNode(property, property.Type, value, []));
    }

    public ElementNode Without(string name) =>
        this[name] is null ? this : With(Children.RemoveAll(c => c.Name == name));

    /// <summary>Adds one more repetition after the last of its name.</summary>
    public ElementNode Append(ElementNode node) => Replace(node.Name, [.. All(node.Name), node]);

    /// <summary>The tree with the primitive texts that the function gives; itself when it gives none.</summary>
    /// <param name="replace">Asked for every node that has a value; null keeps it.</param>
    public ElementNode MapValues(Func<ElementNode, string?> replace)
    {
        if (Value is not null && replace(this) is { } value)
            return new ElementNode(Property, Type, value, [.. Children.Select(child => child.MapValues(replace))]);
        ImmutableArray<ElementNode>.Builder? changed = null;
        for (var i = 0; i < Children.Length; i++)
        {
            var mapped = Children[i].MapValues(replace);
            if (ReferenceEquals(mapped, Children[i]))
                continue;
            changed ??= Children.ToBuilder();
            changed[i] = mapped;
        }
        return changed is null ? this : With(changed.DrainToImmutable());
    }

    /// <summary>An empty child to fill and <see cref="Append"/>, by its JSON name.</summary>
    public ElementNode New(string jsonName, string? value = null)
    {
        var property = RequireProperty(jsonName);
        return new ElementNode(property, property.Type, value, []);
    }

    private PropertySchema RequireProperty(string jsonName) =>
        Type.Property(jsonName) ?? throw new ArgumentException($"{Type.Name} has no {jsonName}", nameof(jsonName));
}

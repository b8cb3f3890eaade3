using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

/// <summary>Lays the elements of a differential (or snapshot) over a profile, in their order.</summary>
/// <remarks>
/// <para>Where an element stands is told by its id; where that is missing, by its path, its slice name and what came
/// before it. Source: http://hl7.org/fhir/R4/elementdefinition.html#id .</para>
/// <para>Elements that nobody has spoken of yet are made on the way, from the base definitions; below an element that has
/// one profile, from that profile, so that its slices are known by name.</para>
/// </remarks>
internal sealed class DifferentialMerge(FhirDefinitions definitions, ProfileTrees trees, ProfileTree tree)
{
    private static readonly SlicingRules ByUrl =
        new([new DiscriminatorRule("value", "url")], IsOrdered: false, SlicingKind.Open, "");

    private static readonly SlicingRules ByType =
        new([new DiscriminatorRule("type", "$this")], IsOrdered: false, SlicingKind.Open, "");

    private readonly Dictionary<string, string> _lastIds = new(StringComparer.Ordinal);

    public void Apply(IReadOnlyList<ElementNode> elements)
    {
        foreach (var definition in elements)
        {
            if (definition.Text("path") is not { } path)
                continue;
            var id = IdOf(definition, path);
            if (Locate(id) is { } element)
                Apply(element, definition, id);
            else
                Refuse(definition, id);
        }
    }

    private void Apply(ProfileElement element, ElementNode definition, string id)
    {
        if (definition["fixed"] is { } own
            && element.Values.Find(known => !known.IsPattern && !ValueMatch.AreEqual(known.Value, own)) is { } other)
        {
            tree.RefixedValues.Add((own, id, other.Source));
        }
        ElementDefinitionReader.Apply(element, definition, tree.Url);
    }

    private void Refuse(ElementNode definition, string id)
    {
        tree.Faults.Add($"the element {id} is not one of {tree.Type.Name}");
        tree.UnknownElements.Add((definition, id));
    }

    private string IdOf(ElementNode definition, string path)
    {
        var id = definition.Text("id") is { } given && IsIdOf(given, path) ? given : IdByOrder(definition, path);
        foreach (var below in _lastIds.Keys.Where(key => key.StartsWith(path + ".", StringComparison.Ordinal)).ToList())
            _lastIds.Remove(below);
        return _lastIds[path] = id;
    }

    private static bool IsIdOf(string id, string path)
    {
        var first = id.AsSpan(0, id.AsSpan().IndexOfAny('.', ':') is var end and >= 0 ? end : id.Length);
        return id.AsSpan().Count('.') == path.AsSpan().Count('.')
            && path.AsSpan().StartsWith(first, StringComparison.Ordinal);
    }

    private string IdByOrder(ElementNode definition, string path)
    {
        var dot = path.LastIndexOf('.');
        if (dot < 0)
            return path;
        var parent = path[..dot];
        var slice = definition.Text("sliceName") is { } name ? ":" + name : "";
        return _lastIds.GetValueOrDefault(parent, parent) + path[dot..] + slice;
    }

    /// <summary>The element of that id, made where it is not there yet; null when the type has no such element.</summary>
    private ProfileElement? Locate(string id)
    {
        var current = tree.Root;
        var isRoot = true;
        foreach (var step in id.Split('.'))
        {
            var colon = step.IndexOf(':', StringComparison.Ordinal);
            if (!isRoot)
            {
                if (Child(current, colon < 0 ? step : step[..colon]) is not { } child)
                    return null;
                current = child;
            }
            isRoot = false;
            if (colon >= 0)
                current = Slice(current, step[(colon + 1)..]);
        }
        return current;
    }

    private ProfileElement? Child(ProfileElement parent, string step)
    {
        var name = step.EndsWith("[x]", StringComparison.Ordinal) ? step[..^3] : step;
        if (parent.Child(name) is { } known)
            return known;
        if (FromTypeProfile(parent, name) is { } inherited)
        {
            parent.Children.Add(inherited);
            return inherited;
        }
        foreach (var type in TypesOf(parent))
        {
            if (type.Element(name) is { } schema)
                return Add(parent, schema);
            // valueQuantity is the slice of value[x] that has this type.
            if (type.Property(name) is { Element.IsChoice: true } property)
                return Slice(parent.Child(property.Element.Name) ?? Add(parent, property.Element), name);
        }
        return null;
    }

    private static ProfileElement Add(ProfileElement parent, ElementSchema schema)
    {
        var child = new ProfileElement
        {
            Name = schema.Name,
            Id = $"{parent.Id}.{schema.Name}{(schema.IsChoice ? "[x]" : "")}",
            Schema = schema,
            SchemaTypes = [.. schema.Properties.Select(property => property.Type)],
        };
        parent.Children.Add(child);
        return child;
    }

    /// <summary>What the one profile of the parent says of the child, so that its slices can be constrained further.</summary>
    private ProfileElement? FromTypeProfile(ProfileElement parent, string name) =>
        parent.Types is [{ Profiles: [var profile] }] && trees.Find(profile)?.Root.Child(name) is { } child
            ? child.Copy()
            : null;

    /// <summary>The types in which a child of the element is looked for: the allowed ones of the declared ones.</summary>
    private IEnumerable<TypeSchema> TypesOf(ProfileElement element)
    {
        if (element.Types.IsEmpty)
            return element.SchemaTypes;
        return element.Types.SelectMany(rule => element.SchemaTypes
            .Where(type => type.Is(rule.Code)).Concat(Narrowed(element, rule.Code)));
    }

    /// <summary>A contained resource, or one in a Bundle, of one type.</summary>
    private IEnumerable<TypeSchema> Narrowed(ProfileElement element, string code) =>
        definitions.Types.TryGetValue(code, out var type)
        && element.SchemaTypes.Any(declared => declared.IsAbstract && type.Is(declared.Name)) ? [type] : [];

    private ProfileElement Slice(ProfileElement element, string fullName)
    {
        var current = element;
        // The slice that is sliced again may be one of the unsliced element: here only the whole name is known.
        var names = fullName.Split('/');
        if (names.Length > 1 && element.Slice(names[0]) is null)
            names = [fullName];
        foreach (var name in names)
        {
            var slice = current.Slice(name);
            if (slice is null)
            {
                slice = NewSlice(current, name);
                current.Slices.Add(slice);
            }
            // A re-slice without a slicing of its own is told apart as its siblings are.
            current.Slicing ??= current == element ? DefaultSlicing(current) : element.Slicing;
            current = slice;
        }
        return current;
    }

    private static ProfileElement NewSlice(ProfileElement element, string name)
    {
        var isReslice = element.SliceName is not null;
        return new ProfileElement
        {
            Name = element.Name,
            Id = isReslice ? $"{element.Id}/{name}" : $"{element.Id}:{name}",
            SliceName = isReslice ? $"{element.SliceName}/{name}" : name,
            Schema = element.Schema,
            SchemaTypes = element.SchemaTypes,
            Types = TypeByName(element, name),
            TypesSource = element.TypesSource,
        };
    }

    /// <summary>The slice valueQuantity of value[x] has the type Quantity also where the differential does not say so.</summary>
    private static ImmutableArray<TypeRule> TypeByName(ProfileElement element, string name) =>
        element.Schema is { IsChoice: true } schema
        && schema.Properties.FirstOrDefault(property => property.JsonName == name) is { } property
            ? [new TypeRule(property.Type.Name, [], [], [], null)]
            : element.Types;

    private SlicingRules? DefaultSlicing(ProfileElement element)
    {
        if (element.Name is "extension" or "modifierExtension")
            return ByUrl with { Source = tree.Url };
        return element.Schema is { IsChoice: true } ? ByType with { Source = tree.Url } : null;
    }
}

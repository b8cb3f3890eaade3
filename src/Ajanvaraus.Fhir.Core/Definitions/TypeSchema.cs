using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace Ajanvaraus.Fhir.Core.Definitions;

public enum TypeKind
{
    Primitive,
    /// <summary>A data type, or a backbone element that stands inside one type (<c>Appointment.participant</c>).</summary>
    Complex,
    Resource,
}

/// <summary>How a primitive is written in JSON.</summary>
public enum JsonForm { Object, String, Number, Boolean }

/// <summary>What the definitions say of one type: its elements, inherited ones first.</summary>
public sealed class TypeSchema
{
    /// <summary>Built when first asked for: most types of R4 are never met, and building all would double the time of
    /// loading. Two threads that build it at once build the same.</summary>
    private ElementNames? _names;

    public TypeSchema(string name, TypeKind kind, JsonForm form, bool isAbstract)
    {
        Name = name;
        Kind = kind;
        Form = form;
        IsAbstract = isAbstract;
    }

    /// <summary><c>Patient</c>, <c>HumanName</c>, <c>boolean</c>; for a backbone element its path.</summary>
    public string Name { get; }

    public TypeKind Kind { get; }

    public JsonForm Form { get; }

    public bool IsAbstract { get; }

    /// <summary>The type it specialises; null for <c>Element</c> and <c>Resource</c>. Set once while loading.</summary>
    public TypeSchema? Base { get; internal set; }

    /// <summary>Elements in the order of the definition. Filled once while loading.</summary>
    public ImmutableArray<ElementSchema> Elements { get; private set; } = [];

    /// <summary>Invariants on the type itself, inherited ones too: key, severity, expression.</summary>
    /// <remarks>Those of a backbone element stand at the elements that have it as type. <c>ele-1</c> stands at
    /// <c>Element</c> only, <c>ext-1</c> at <c>Extension</c>.</remarks>
    public ImmutableArray<ConstraintSchema> Constraints { get; internal set; } = [];

    /// <summary>By JSON name: <c>birthDate</c>, <c>valueQuantity</c>. Not <c>_birthDate</c>, not <c>resourceType</c>.</summary>
    public PropertySchema? Property(string jsonName) => Names.ByJsonName.GetValueOrDefault(jsonName);

    public PropertySchema? Property(ReadOnlySpan<char> jsonName) =>
        Elements.Length > 0 && Names.ByJsonChars.TryGetValue(jsonName, out var property) ? property : null;

    /// <summary>By element name without a choice type: <c>birthDate</c>, <c>value</c>.</summary>
    public ElementSchema? Element(string name) => Names.ByName.GetValueOrDefault(name);

    private ElementNames Names => _names ??= new ElementNames(Elements);

    /// <summary>True for the type itself and for every type that specialises it.</summary>
    public bool Is(string typeName)
    {
        for (var type = this; type is not null; type = type.Base)
            if (type.Name == typeName)
                return true;
        return false;
    }

    public void Complete(ImmutableArray<ElementSchema> elements)
    {
        Elements = elements;
        _names = null;
    }

    public override string ToString() => Name;

    private sealed class ElementNames
    {
        public ElementNames(ImmutableArray<ElementSchema> elements)
        {
            ByName = elements.ToFrozenDictionary(e => e.Name);
            ByJsonName = elements.SelectMany(e => e.Properties).ToFrozenDictionary(p => p.JsonName);
            if (ByJsonName.Count > 0)
                ByJsonChars = ByJsonName.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public FrozenDictionary<string, ElementSchema> ByName { get; }

        public FrozenDictionary<string, PropertySchema> ByJsonName { get; }

        public FrozenDictionary<string, PropertySchema>.AlternateLookup<ReadOnlySpan<char>> ByJsonChars { get; }
    }
}

/// <summary>One element of a type: <c>Patient.birthDate</c>, <c>Observation.value[x]</c>.</summary>
public sealed class ElementSchema
{
    public required string Name { get; init; }

    /// <summary>As in the StructureDefinition, with <c>[x]</c> for a choice.</summary>
    public required string Path { get; init; }

    /// <summary>Place among the elements of its type.</summary>
    public required int Index { get; init; }

    public required int Min { get; init; }

    /// <summary>Null for <c>*</c>.</summary>
    public required int? Max { get; init; }

    public bool IsChoice { get; init; }

    public bool IsSummary { get; init; }

    public bool IsModifier { get; init; }

    /// <summary>An XML attribute (<c>Extension.url</c>, <c>id</c> of elements).</summary>
    public bool IsXmlAttribute { get; init; }

    public BindingSchema? Binding { get; init; }

    public ImmutableArray<ConstraintSchema> Constraints { get; init; } = [];

    /// <summary>Resource types that a Reference or canonical may point to; empty when any or none.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>One per allowed type; one only unless the element is a choice. Set once while loading.</summary>
    public ImmutableArray<PropertySchema> Properties { get; internal set; } = [];

    public bool IsArray => Max is null or > 1;
}

/// <summary>An element with one of its types, as it is named in JSON and XML.</summary>
public sealed class PropertySchema
{
    private readonly EncodedJsonName _name;

    public PropertySchema(ElementSchema element, TypeSchema type, string jsonName)
        : this(element, type, new EncodedJsonName(jsonName))
    {
    }

    internal PropertySchema(ElementSchema element, TypeSchema type, EncodedJsonName name)
    {
        Element = element;
        Type = type;
        _name = name;
    }

    public ElementSchema Element { get; }

    /// <summary>The declared type; abstract <c>Resource</c> for contained resources and Bundle entries.</summary>
    public TypeSchema Type { get; }

    /// <summary>Targets of this type alone, where a choice allows both a Reference and a canonical.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    public string JsonName => _name.Name;

    public JsonEncodedText EncodedName => _name.Plain;

    /// <summary>Name of the sibling that carries id and extensions of a primitive: <c>_birthDate</c>.</summary>
    public JsonEncodedText EncodedShadowName => _name.Shadow;

    public ReadOnlyMemory<byte> Utf8Name => _name.Utf8;
}

/// <summary>A JSON name as bytes, encoded once for all elements of that name.</summary>
internal sealed class EncodedJsonName(string name)
{
    public string Name => name;

    public JsonEncodedText Plain { get; } = JsonEncodedText.Encode(name);

    public JsonEncodedText Shadow { get; } = JsonEncodedText.Encode("_" + name);

    public ReadOnlyMemory<byte> Utf8 { get; } = Encoding.UTF8.GetBytes(name);
}

public enum BindingStrength { Required, Extensible, Preferred, Example }

/// <summary>Value set of a coded element, without its version.</summary>
public sealed record BindingSchema(BindingStrength Strength, string ValueSet);

/// <summary>An invariant: <c>app-2</c>, error, <c>start.exists() = end.exists()</c>.</summary>
public sealed record ConstraintSchema(string Key, bool IsError, string Expression);

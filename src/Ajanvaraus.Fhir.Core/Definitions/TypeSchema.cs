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
    private FrozenDictionary<string, PropertySchema> _byJsonName = FrozenDictionary<string, PropertySchema>.Empty;
    private FrozenDictionary<string, PropertySchema>.AlternateLookup<ReadOnlySpan<char>> _byJsonChars;
    private FrozenDictionary<string, ElementSchema> _byName = FrozenDictionary<string, ElementSchema>.Empty;

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
    public PropertySchema? Property(string jsonName) => _byJsonName.GetValueOrDefault(jsonName);

    public PropertySchema? Property(ReadOnlySpan<char> jsonName) =>
        _byJsonName.Count > 0 && _byJsonChars.TryGetValue(jsonName, out var property) ? property : null;

    /// <summary>By element name without a choice type: <c>birthDate</c>, <c>value</c>.</summary>
    public ElementSchema? Element(string name) => _byName.GetValueOrDefault(name);

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
        _byName = elements.ToFrozenDictionary(e => e.Name);
        _byJsonName = elements.SelectMany(e => e.Properties).ToFrozenDictionary(p => p.JsonName);
        if (_byJsonName.Count > 0)
            _byJsonChars = _byJsonName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public override string ToString() => Name;
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
    public PropertySchema(ElementSchema element, TypeSchema type, string jsonName)
    {
        Element = element;
        Type = type;
        JsonName = jsonName;
        EncodedName = JsonEncodedText.Encode(jsonName);
        EncodedShadowName = JsonEncodedText.Encode("_" + jsonName);
        Utf8Name = Encoding.UTF8.GetBytes(jsonName);
    }

    public ElementSchema Element { get; }

    /// <summary>The declared type; abstract <c>Resource</c> for contained resources and Bundle entries.</summary>
    public TypeSchema Type { get; }

    /// <summary>Targets of this type alone, where a choice allows both a Reference and a canonical.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    public string JsonName { get; }

    public JsonEncodedText EncodedName { get; }

    /// <summary>Name of the sibling that carries id and extensions of a primitive: <c>_birthDate</c>.</summary>
    public JsonEncodedText EncodedShadowName { get; }

    public ReadOnlyMemory<byte> Utf8Name { get; }
}

public enum BindingStrength { Required, Extensible, Preferred, Example }

/// <summary>Value set of a coded element, without its version.</summary>
public sealed record BindingSchema(BindingStrength Strength, string ValueSet);

/// <summary>An invariant: <c>app-2</c>, error, <c>start.exists() = end.exists()</c>.</summary>
public sealed record ConstraintSchema(string Key, bool IsError, string Expression);

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>Writes an element from its first child to its last, in the order of the definition.</summary>
internal sealed class ElementDraft
{
    private readonly PropertySchema? _property;

    private readonly TypeSchema _type;

    private readonly ImmutableArray<ElementNode>.Builder _children = ImmutableArray.CreateBuilder<ElementNode>();

    private ElementDraft(PropertySchema? property, TypeSchema type) => (_property, _type) = (property, type);

    public static ElementDraft Resource(string type, string id)
    {
        var schema = R4.Definitions.Resource(type)
            ?? throw new ArgumentException($"No resource type {type}", nameof(type));
        return new ElementDraft(null, schema).Set("id", id);
    }

    /// <summary>Claims one of the social-care profiles; right after <see cref="Resource"/>.</summary>
    /// <param name="profile">Its id without the prefix that all have: <c>slot</c>.</param>
    public ElementDraft Claims(string profile) =>
        Add("meta", meta => meta.Set("profile", $"{Canonicals.Base}/StructureDefinition/fi-social-{profile}"));

    public ElementNode Build() => new(_property, _type, null, _children.ToImmutable());

    /// <summary>Adds a primitive by its JSON name; nothing when it has no value.</summary>
    public ElementDraft Set(string name, string? value)
    {
        if (value is not null)
        {
            var property = Property(name);
            _children.Add(new ElementNode(property, property.Type, value, []));
        }
        return this;
    }

    public ElementDraft Set(string name, bool value) => Set(name, value ? "true" : "false");

    public ElementDraft Set(string name, int value) => Set(name, value.ToString());

    /// <summary>Adds a complex element, or one more repetition of it.</summary>
    public ElementDraft Add(string name, Action<ElementDraft> fill)
    {
        var property = Property(name);
        var draft = new ElementDraft(property, property.Type);
        fill(draft);
        _children.Add(draft.Build());
        return this;
    }

    /// <summary>Adds one element for each of the values.</summary>
    public ElementDraft AddEach<T>(string name, IEnumerable<T> values, Action<ElementDraft, T> fill)
    {
        foreach (var value in values)
            Add(name, draft => fill(draft, value));
        return this;
    }

    public ElementDraft Reference(string name, string reference) =>
        Add(name, draft => draft.Set("reference", reference));

    public ElementDraft Concept(string name, string system, string code, string? display = null) =>
        Add(name, concept => concept.Add("coding", coding =>
            coding.Set("system", system).Set("code", code).Set("display", display)));

    private PropertySchema Property(string name) =>
        _type.Property(name) ?? throw new ArgumentException($"{_type.Name} has no {name}", nameof(name));
}

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

/// <summary>One element, or one slice of it, as the differentials of a profile and of its bases constrain it.</summary>
/// <remarks>
/// <para>Holds what the profiles say beyond the base definitions; an element that no profile speaks of is absent.</para>
/// <para>Filled while a profile is put together, then left as it is. A profile that is derived works on a copy.</para>
/// </remarks>
internal sealed class ProfileElement
{
    /// <summary>Without the type of a choice: <c>value</c>; the type's name at the root.</summary>
    public required string Name { get; init; }

    /// <summary>As in the definition: <c>Patient.identifier:hetu.system</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Full name of the slice (<c>a/b</c> of a re-slice); null for an element.</summary>
    public string? SliceName { get; init; }

    /// <summary>What the base definitions say; null at the root.</summary>
    public ElementSchema? Schema { get; init; }

    /// <summary>The only type, or the first that has the sought element; what is below is found in it.</summary>
    public ImmutableArray<TypeSchema> SchemaTypes { get; init; } = [];

    public Limit? Min { get; set; }

    public Limit? Max { get; set; }

    /// <summary>Allowed types; empty: those of the base definitions.</summary>
    public ImmutableArray<TypeRule> Types { get; set; } = [];

    /// <summary>Canonical of the profile that states the types.</summary>
    public string TypesSource { get; set; } = "";

    public List<ValueRule> Values { get; private init; } = [];

    public BindingRule? Binding { get; set; }

    public ValueLimit? Least { get; set; }

    public ValueLimit? Most { get; set; }

    public Limit? MaxLength { get; set; }

    public List<Invariant> Invariants { get; private init; } = [];

    public SlicingRules? Slicing { get; set; }

    public List<ProfileElement> Children { get; private init; } = [];

    public List<ProfileElement> Slices { get; private init; } = [];

    /// <summary>The part of the slice's name after the last slash.</summary>
    public string OwnSliceName => SliceName is { } name ? name[(name.LastIndexOf('/') + 1)..] : "";

    public ProfileElement? Child(string name) => Children.Find(child => child.Name == name);

    /// <summary>The slice of that own or whole name, of this element.</summary>
    public ProfileElement? Slice(string name) =>
        Slices.Find(slice => slice.OwnSliceName == name || slice.SliceName == name);

    public ProfileElement Copy() => new()
    {
        Name = Name,
        Id = Id,
        SliceName = SliceName,
        Schema = Schema,
        SchemaTypes = SchemaTypes,
        Min = Min,
        Max = Max,
        Types = Types,
        TypesSource = TypesSource,
        Values = [.. Values],
        Binding = Binding,
        Least = Least,
        Most = Most,
        MaxLength = MaxLength,
        Invariants = [.. Invariants],
        Slicing = Slicing,
        Children = [.. Children.Select(child => child.Copy())],
        Slices = [.. Slices.Select(slice => slice.Copy())],
    };

    public override string ToString() => Id;
}

/// <summary>A number and the canonical of the profile that states it.</summary>
internal sealed record Limit(int Count, string Source);

/// <summary><c>ElementDefinition.type</c>.</summary>
/// <param name="Code">Name of the type.</param>
/// <param name="Profiles">The element conforms to one of them at least; empty: no more than the type.</param>
/// <param name="TargetProfiles">What a Reference or canonical may point to; empty: anything.</param>
/// <param name="Aggregation">contained, referenced, bundled; empty: any.</param>
/// <param name="Versioning">either, independent or specific; null: either.</param>
internal sealed record TypeRule(
    string Code, ImmutableArray<string> Profiles, ImmutableArray<string> TargetProfiles,
    ImmutableArray<string> Aggregation, string? Versioning);

/// <summary><c>fixed[x]</c> or <c>pattern[x]</c>.</summary>
internal sealed record ValueRule(bool IsPattern, ElementNode Value, string Source);

/// <summary><c>minValue[x]</c> or <c>maxValue[x]</c>.</summary>
internal sealed record ValueLimit(ElementNode Value, string Source);

/// <param name="MaxValueSet">Value set of the extension that bounds an extensible binding; or null.</param>
internal sealed record BindingRule(BindingStrength Strength, string ValueSet, string? MaxValueSet, string Source);

internal enum SlicingKind { Open, OpenAtEnd, Closed }

internal sealed record SlicingRules(
    ImmutableArray<DiscriminatorRule> Discriminators, bool IsOrdered, SlicingKind Kind, string Source);

/// <param name="Type">value, exists, pattern, type or profile.</param>
/// <param name="Path">Restricted FHIRPath: names, <c>$this</c>, <c>extension(url)</c>, <c>resolve()</c>, <c>ofType(T)</c>.</param>
internal sealed record DiscriminatorRule(string Type, string Path);

using Ajanvaraus.Fhir.Core.Definitions;

namespace Ajanvaraus.Fhir.Core.FhirPath.Analysis;

/// <summary>What a value is good for in operators and functions.</summary>
[Flags]
internal enum ValueKinds
{
    None = 0,
    Text = 1,
    Number = 2,
    Boolean = 4,
    Date = 8,
    Time = 16,
    Quantity = 32,
    Other = 64,
    Any = Text | Number | Boolean | Date | Time | Quantity | Other,
}

/// <summary>What is known of the items of an expression before any data is seen.</summary>
/// <param name="Types">Types of FHIR; meaningless for any.</param>
/// <param name="Kinds">What the items are good for; <see cref="ValueKinds.None"/>: there are no items.</param>
internal sealed record StaticType(ImmutableArray<TypeSchema> Types, ValueKinds Kinds)
{
    /// <summary>Nothing is known.</summary>
    public static readonly StaticType Any = new([], ValueKinds.Any) { IsAny = true };

    /// <summary><c>{}</c>.</summary>
    public static readonly StaticType Empty = new([], ValueKinds.None);

    public static readonly StaticType Text = new([], ValueKinds.Text);
    public static readonly StaticType Number = new([], ValueKinds.Number);
    public static readonly StaticType Boolean = new([], ValueKinds.Boolean);
    public static readonly StaticType Date = new([], ValueKinds.Date);
    public static readonly StaticType Time = new([], ValueKinds.Time);
    public static readonly StaticType Quantity = new([], ValueKinds.Quantity);

    public bool IsAny { get; private init; }

    /// <summary>Came from <c>children()</c> or <c>descendants()</c>.</summary>
    public bool IsUnordered { get; init; }

    /// <summary>For messages.</summary>
    public string Name => Types.IsEmpty ? $"{Kinds}" : string.Join('|', Types.Select(type => type.Name).Distinct());

    public static StaticType Of(TypeSchema type) => type is { Kind: TypeKind.Resource, IsAbstract: true }
        ? Any
        : new StaticType([type], KindOf(type));

    public static StaticType Of(IEnumerable<StaticType> types)
    {
        var result = Empty;
        foreach (var type in types)
            result = result.Or(type);
        return result;
    }

    public StaticType Or(StaticType other) => IsAny || other.IsAny
        ? Any with { IsUnordered = IsUnordered || other.IsUnordered }
        : new StaticType([.. Types.Union(other.Types)], Kinds | other.Kinds)
        {
            IsUnordered = IsUnordered || other.IsUnordered,
        };

    /// <summary>True when no item could be of these kinds.</summary>
    public bool Excludes(ValueKinds wanted) => !IsAny && Kinds != ValueKinds.None && (Kinds & wanted) == ValueKinds.None;

    private static ValueKinds KindOf(TypeSchema type) => type switch
    {
        { Kind: not TypeKind.Primitive } => type.Is("Quantity") ? ValueKinds.Quantity | ValueKinds.Other
            : ValueKinds.Other,
        { Name: "boolean" } => ValueKinds.Boolean,
        { Name: "integer" or "decimal" or "positiveInt" or "unsignedInt" } => ValueKinds.Number,
        { Name: "date" or "dateTime" or "instant" } => ValueKinds.Date,
        { Name: "time" } => ValueKinds.Time,
        _ => ValueKinds.Text,
    };
}

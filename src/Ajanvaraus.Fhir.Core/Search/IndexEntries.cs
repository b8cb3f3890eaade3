namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>What the search parameters extract from one resource, ready to be stored.</summary>
/// <remarks>Entries without duplicates; <c>Parameter</c> is <see cref="SearchParameter.Key"/>.</remarks>
public sealed record IndexEntries(
    ImmutableArray<TokenEntry> Tokens,
    ImmutableArray<StringEntry> Strings,
    ImmutableArray<DateEntry> Dates,
    ImmutableArray<ReferenceEntry> References,
    ImmutableArray<NumberEntry> Numbers,
    ImmutableArray<QuantityEntry> Quantities,
    ImmutableArray<UriEntry> Uris)
{
    public static readonly IndexEntries Empty = new([], [], [], [], [], [], []);

    public ImmutableArray<CompositeEntry> Composites { get; init; } = [];

    public ImmutableArray<PositionEntry> Positions { get; init; } = [];

    public ImmutableArray<TextEntry> Texts { get; init; } = [];

    /// <summary>The resources that this one contains, each with what is found in it alone.</summary>
    public ImmutableArray<ContainedEntries> Contained { get; init; } = [];

    public bool IsEmpty => Tokens.IsEmpty && Strings.IsEmpty && Dates.IsEmpty && References.IsEmpty && Numbers.IsEmpty
        && Quantities.IsEmpty && Uris.IsEmpty && Composites.IsEmpty && Positions.IsEmpty && Texts.IsEmpty;
}

/// <summary>One element that a composite parameter looks at.</summary>
/// <param name="Components">Of each part what it finds there, under the keys of
/// <see cref="SearchParameter.Components"/>; a part may find nothing.</param>
public sealed record CompositeEntry(int Parameter, ImmutableArray<IndexEntries> Components);

/// <summary>A place on the Earth as a point of the unit sphere: <see cref="GeoPoint"/>.</summary>
public sealed record PositionEntry(int Parameter, GeoPoint Point);

/// <summary>The words of a text: <see cref="TextWords"/>.</summary>
/// <param name="IsContent">Of <c>_content</c>; otherwise of <c>_text</c>.</param>
/// <param name="Words">In order, joined by single blanks.</param>
public sealed record TextEntry(int Parameter, bool IsContent, string Words);

/// <param name="System">Empty when the coding or identifier has none.</param>
/// <param name="Code">As written; boolean as <c>true</c> or <c>false</c>.</param>
/// <param name="Text">Display or text, normalised as <see cref="StringEntry.Normalized"/>, for <c>:text</c>; or null.</param>
public sealed record TokenEntry(int Parameter, string System, string Code, string? Text = null);

/// <param name="Normalized">Lower case, without accents, spaces folded: as SearchText does it.</param>
/// <param name="Exact">As written.</param>
public sealed record StringEntry(int Parameter, string Normalized, string Exact);

/// <summary>A period as half-open microseconds since 1970 UTC; open ends are the extremes of long.</summary>
public sealed record DateEntry(int Parameter, long Start, long End);

/// <param name="TargetType">Resource type, or empty when the reference does not tell.</param>
/// <param name="TargetId">Logical id of a reference to this server, or <c>#id</c> of one to a resource that the same
/// resource contains; empty otherwise.</param>
/// <param name="Uri">Absolute or canonical reference without version; empty for a local one.</param>
/// <param name="IdentifierSystem">Of a logical reference; empty if none.</param>
/// <param name="IdentifierValue">Of a logical reference; empty if none.</param>
public sealed record ReferenceEntry(
    int Parameter, string TargetType, string TargetId, string Uri, string IdentifierSystem, string IdentifierValue)
{
    /// <summary>True of a reference within the resource: to one that it contains.</summary>
    public bool IsContained => TargetId.StartsWith('#');

    /// <summary>True of a reference to a resource of this server that has an address.</summary>
    public bool IsLocal => TargetId.Length > 0 && !IsContained;
}

/// <summary>A contained resource: http://hl7.org/fhir/R4/references.html#contained .</summary>
/// <param name="Id">Within the resource that contains it, without <c>#</c>.</param>
public sealed record ContainedEntries(string Type, string Id, IndexEntries Entries);

/// <summary>The interval that the written precision implies.</summary>
public sealed record NumberEntry(int Parameter, double Low, double High);

public sealed record QuantityEntry(int Parameter, string System, string Code, string Unit, double Low, double High);

public sealed record UriEntry(int Parameter, string Uri);

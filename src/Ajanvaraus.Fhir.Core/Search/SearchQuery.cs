using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Search;

public enum TotalMode { None, Estimate, Accurate }

public enum SummaryMode { False, True, Text, Data, Count }

/// <summary>Which resources are results: those with an address, those that others contain, or both.</summary>
public enum ResourceScope { Addressed, Contained, Both }

/// <summary>A search, parsed and checked against the definitions.</summary>
public sealed record SearchQuery
{
    /// <summary>One type, or several for a whole-system search with <c>_type</c>; none: resources of any type.</summary>
    public required ImmutableArray<string> ResourceTypes { get; init; }

    /// <summary>Null: all resources of the types. For a system search it holds for each type in turn.</summary>
    public SearchExpression? Expression { get; init; }

    /// <summary><c>_contained</c> with <c>_containedType=contained</c>: contained resources are results themselves.</summary>
    public ResourceScope Scope { get; init; }

    /// <summary>True when contained resources are looked into, as <c>_contained</c> asks.</summary>
    public bool AsksContained { get; init; }

    /// <summary>What the caller may see of all that is stored; null: everything.</summary>
    public Visibility? Visibility { get; init; }

    public ImmutableArray<SortKey> Sort { get; init; } = [];

    /// <summary>Matches on a page; 0 means only the total.</summary>
    public required int Count { get; init; }

    /// <summary>Matches left out before the first page, as clients of other guides ask by <c>_offset</c>.</summary>
    public int Offset { get; init; }

    public TotalMode Total { get; init; } = TotalMode.None;

    public SummaryMode Summary { get; init; } = SummaryMode.False;

    /// <summary><c>_elements</c>; empty: all.</summary>
    public ImmutableArray<string> Elements { get; init; } = [];

    public ImmutableArray<IncludeDirective> Includes { get; init; } = [];

    public ImmutableArray<IncludeDirective> RevIncludes { get; init; } = [];

    /// <summary>The parameters that were used, as name and value, for the self link and for the next pages.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Applied { get; init; } = [];

    /// <summary>What was left out under lenient handling, as warnings.</summary>
    public ImmutableArray<Issue> Warnings { get; init; } = [];
}

/// <summary>Sort by a parameter; <see cref="Parameter"/> null means <c>_lastUpdated</c> or <c>_id</c> by <see cref="Code"/>.</summary>
public sealed record SortKey(string Code, SearchParameter? Parameter, bool Descending);

/// <summary><c>_include=Slot:schedule</c> or <c>_revinclude</c>; Parameter null means <c>*</c>.</summary>
/// <param name="SourceType">The type that holds the reference; <see cref="AnyType"/>: every type.</param>
/// <param name="TargetType">Only targets of that type; null: any.</param>
public sealed record IncludeDirective(string SourceType, SearchParameter? Parameter, string? TargetType, bool Iterate)
{
    /// <summary>Of <c>_include=*</c>: with <c>:iterate</c> also the types that were included.</summary>
    public const string AnyType = "*";

    /// <summary>Whether resources of that type can hold the reference.</summary>
    public bool IsFrom(string type) => SourceType == AnyType || SourceType == type;
}

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology.Sets;

/// <summary>What a value set says of its codes: http://hl7.org/fhir/R4/valueset.html#compositions .</summary>
/// <param name="Version">Empty when it has none.</param>
public sealed record ValueSetDefinition(string Url, string Version)
{
    public string? Name { get; init; }

    public string? Title { get; init; }

    public string Status { get; init; } = "active";

    public ImmutableArray<ConceptSet> Include { get; init; } = [];

    public ImmutableArray<ConceptSet> Exclude { get; init; } = [];

    /// <summary><c>compose.inactive</c> is false: codes that are not approved for use are left out.</summary>
    public bool IsActiveOnly { get; init; }

    /// <summary><c>compose.lockedDate</c>: whether codes are active is told as of then; null: as of now.</summary>
    public string? LockedDate { get; init; }

    /// <summary>Canonicals of the supplements that it cannot do without; those that are known are heeded anyway.</summary>
    public ImmutableArray<string> Supplements { get; init; } = [];

    /// <summary>The resource, where it was one; null for those of R4 that are built in.</summary>
    public ElementNode? Resource { get; init; }

    /// <summary><c>url|version</c>, or the url alone.</summary>
    public string Canonical => Version.Length == 0 ? Url : $"{Url}|{Version}";
}

/// <summary>One include or exclude: codes that meet the system's part and each of the value sets.</summary>
/// <param name="System">Null when only value sets are named.</param>
/// <param name="SystemVersion">Null: any.</param>
/// <param name="Concepts">The codes; empty: all of the system that pass the filters.</param>
/// <param name="ValueSets">Canonicals.</param>
public sealed record ConceptSet(
    string? System, string? SystemVersion, ImmutableArray<ListedConcept> Concepts,
    ImmutableArray<ConceptFilter> Filters, ImmutableArray<string> ValueSets)
{
    public string? SystemCanonical => SystemVersion is null ? System : $"{System}|{SystemVersion}";
}

/// <summary>A code that a value set names, with texts of its own.</summary>
public sealed record ListedConcept(string Code, string? Display, ImmutableArray<Designation> Designations);

/// <summary><c>concept is-a 1234</c>: http://hl7.org/fhir/R4/valueset-filter-operator.html .</summary>
public sealed record ConceptFilter(string Property, string Operator, string Value);

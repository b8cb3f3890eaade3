using System.Collections.Frozen;

namespace Ajanvaraus.Fhir.Core.Terminology.Maps;

/// <summary>Mappings between codes: http://hl7.org/fhir/R4/conceptmap.html .</summary>
/// <param name="Version">Empty when it has none.</param>
/// <param name="Source">Value set of the source codes, or null.</param>
/// <param name="Target">Value set of the target codes, or null.</param>
public sealed record ConceptMapDefinition(
    string Url, string Version, string? Source, string? Target, ImmutableArray<MapGroup> Groups)
{
    public string Canonical => Version.Length == 0 ? Url : $"{Url}|{Version}";
}

/// <summary>Mappings from one code system to another.</summary>
/// <param name="Source">Without version; null: any.</param>
/// <param name="Target">Without version; null: not said.</param>
/// <param name="BySource">Targets by source code.</param>
/// <param name="Unmapped">What becomes of a source code that has no mapping; null: nothing.</param>
public sealed record MapGroup(
    string? Source, string? Target, FrozenDictionary<string, ImmutableArray<MapTarget>> BySource, UnmappedRule? Unmapped);

/// <param name="Code">Null where nothing corresponds.</param>
/// <param name="Equivalence">As in R4: <c>equivalent</c>, <c>wider</c>, <c>unmatched</c> ...; of the target to the source.</param>
public sealed record MapTarget(
    string? Code, string? Display, string Equivalence,
    ImmutableArray<MapDependency> DependsOn, ImmutableArray<MapDependency> Products);

/// <summary>An element with a value that a mapping depends on, or that it gives besides its target.</summary>
public sealed record MapDependency(string Property, string? System, string Value, string? Display);

/// <param name="Mode">provided, fixed or other-map.</param>
public sealed record UnmappedRule(string Mode, string? Code, string? Display, string? Url);

using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Terminology.Maps;

/// <summary>What a code is to be translated to: http://hl7.org/fhir/R4/conceptmap-operation-translate.html .</summary>
/// <param name="TargetSystem">Only codes of this system; null: any.</param>
/// <param name="IsReverse">The code is a target, and its sources are asked for.</param>
/// <param name="Dependencies">What the caller can tell that mappings depend on.</param>
public sealed record TranslationRequest(
    AskedCode Code, string? TargetSystem = null, bool IsReverse = false,
    ImmutableArray<MapDependency> Dependencies = default);

/// <param name="IsTranslated">At least one match is a translation: not unmatched, not disjoint.</param>
/// <param name="Remark">Why there is none; or null.</param>
public sealed record Translation(bool IsTranslated, ImmutableArray<TranslationMatch> Matches, Issue? Remark);

/// <param name="Code">Null where the map says that nothing corresponds.</param>
/// <param name="Source">Canonical of the map.</param>
public sealed record TranslationMatch(
    string Equivalence, string? System, string? Code, string? Display, ImmutableArray<MapDependency> Products,
    string Source);

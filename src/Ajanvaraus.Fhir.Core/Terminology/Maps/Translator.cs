using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Terminology.Maps;

/// <summary>Translates a code by a concept map: http://hl7.org/fhir/R4/conceptmap.html .</summary>
/// <remarks>Where a group has no mapping, its unmapped rule decides; a rule that names another map is followed there,
/// and a circle of maps is left at its second round.</remarks>
internal sealed class Translator(TerminologyCatalogue catalogue, TranslationRequest request)
{
    private readonly HashSet<string> _followed = [];

    public Translation Translate(ConceptMapDefinition map)
    {
        var matches = Matches(map).ToImmutableArray();
        var isTranslated = matches.Any(m => m.Equivalence is not ("unmatched" or "disjoint"));
        return new Translation(isTranslated, matches, isTranslated
            ? null
            : TerminologyMessages.NotMapped.At(null, request.Code.Code, map.Canonical));
    }

    private IEnumerable<TranslationMatch> Matches(ConceptMapDefinition map)
    {
        if (!_followed.Add(map.Canonical))
            return [];
        return map.Groups.SelectMany(group => request.IsReverse ? Sources(map, group) : Targets(map, group));
    }

    private IEnumerable<TranslationMatch> Targets(ConceptMapDefinition map, MapGroup group)
    {
        if (!IsSame(group.Source, request.Code.System) || !IsSame(group.Target, request.TargetSystem))
            return [];
        if (!group.BySource.TryGetValue(request.Code.Code, out var targets))
            return Unmapped(map, group);
        return targets.Where(IsMet).Select(target => new TranslationMatch(
            target.Equivalence, group.Target, target.Code, target.Display, target.Products, map.Canonical));
    }

    /// <summary>Where the target is wider than the source, the source is narrower than the target.</summary>
    private IEnumerable<TranslationMatch> Sources(ConceptMapDefinition map, MapGroup group)
    {
        if (!IsSame(group.Target, request.Code.System) || !IsSame(group.Source, request.TargetSystem))
            return [];
        return group.BySource.OrderBy(mapped => mapped.Key, StringComparer.Ordinal)
            .SelectMany(mapped => mapped.Value.Where(t => t.Code == request.Code.Code && IsMet(t))
                .Select(target => new TranslationMatch(
                    Reversed(target.Equivalence), group.Source, mapped.Key, null, [], map.Canonical)));
    }

    private IEnumerable<TranslationMatch> Unmapped(ConceptMapDefinition map, MapGroup group) =>
        group.Unmapped switch
        {
            { Mode: "provided" } =>
                [new TranslationMatch("equal", group.Target, request.Code.Code, request.Code.Display, [], map.Canonical)],
            { Mode: "fixed", Code: { } code } rule =>
                [new TranslationMatch("inexact", group.Target, code, rule.Display, [], map.Canonical)],
            { Mode: "other-map", Url: { } url } when catalogue.ConceptMap(url) is { } other => Matches(other),
            _ => [],
        };

    /// <summary>Every element that the mapping depends on has the value that it depends on.</summary>
    private bool IsMet(MapTarget target)
    {
        foreach (var needed in target.DependsOn)
            if (request.Dependencies.IsDefaultOrEmpty || !request.Dependencies.Any(given => Meets(given, needed)))
                return false;
        return true;
    }

    private static bool Meets(MapDependency given, MapDependency needed) =>
        given.Property == needed.Property && given.Value == needed.Value
        && (needed.System is null || given.System is null || given.System == needed.System);

    private static bool IsSame(string? system, string? wanted) => system is null || wanted is null || system == wanted;

    private static string Reversed(string equivalence) => equivalence switch
    {
        "wider" => "narrower",
        "narrower" => "wider",
        "subsumes" => "specializes",
        "specializes" => "subsumes",
        _ => equivalence,
    };
}

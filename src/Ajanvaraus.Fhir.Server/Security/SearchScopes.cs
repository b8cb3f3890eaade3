using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Which types a search reaches, and whether the caller's scopes reach them too.</summary>
/// <remarks>A chain or <c>_has</c> tells of the resources that it goes through, and so do includes: each is asked like a
/// search or read of its type.</remarks>
internal static class SearchScopes
{
    /// <summary>Why the caller may not search so; null when the scopes allow it.</summary>
    public static Problem? Check(SearchQuery query, Identity identity)
    {
        if (identity.IsUnlimited)
            return null;
        var types = query.ResourceTypes.IsEmpty ? [SmartScope.AnyType] : query.ResourceTypes;
        // Of several types those are found that the caller reaches.
        var isAllowed = types.Any(type => identity.MayReach(type, ScopeInteractions.Search))
            && !(query.AsksContained && LooksInside(query, identity))
            && !query.Sort.Any(key => key.Parameter is { } parameter && identity.Reach(ScopeInteractions.Search)?.ExposedBy(parameter) is not null)
            && (query.Expression is not { } expression || Reaches(expression, identity))
            && query.Includes.All(include => MayInclude(include, identity))
            && query.RevIncludes.All(include => identity.MayReach(Named(include.SourceType), ScopeInteractions.Read));
        return isAllowed ? null : TokenProblems.NotGranted;
    }

    private static bool Reaches(SearchExpression expression, Identity identity) => expression switch
    {
        AndExpression and => and.Operands.All(operand => Reaches(operand, identity)),
        OrExpression or => or.Operands.All(operand => Reaches(operand, identity)),
        NotExpression not => Reaches(not.Operand, identity),
        OtherValueExpression other => Reaches(other.Leaf, identity),
        ChainExpression chain =>
            identity.MayReach(chain.TargetType, ScopeInteractions.Search) && Reaches(chain.Operand, identity),
        HasExpression has =>
            identity.MayReach(has.SourceType, ScopeInteractions.Search) && Reaches(has.Operand, identity),
        ContainsExpression contains =>
            contains.Types.All(type => identity.MayReach(type, ScopeInteractions.Search)) && Reaches(contains.Operand, identity),
        CompositeExpression composite => composite.Components.All(component => Reaches(component, identity)),
        _ => true,
    };

    /// <summary>What is contained has no access of its own: into a type of which a part is hidden nobody looks.</summary>
    private static bool LooksInside(SearchQuery query, Identity identity)
    {
        var inside = query.Expression is ContainsExpression contains ? contains.Types : [];
        return query.ResourceTypes.IsEmpty || !query.ResourceTypes.Concat(inside)
            .All(type => identity.ReachesAll(type, ScopeInteractions.Search));
    }

    /// <summary>Some type that the reference may lead to.</summary>
    private static bool MayInclude(IncludeDirective include, Identity identity)
    {
        if (include.TargetType is { } target)
            return identity.MayReach(target, ScopeInteractions.Read);
        return include.Parameter is { Targets: { IsDefaultOrEmpty: false } targets }
            ? targets.Any(type => identity.MayReach(type, ScopeInteractions.Read))
            : identity.MayReach(SmartScope.AnyType, ScopeInteractions.Read);
    }

    private static string Named(string type) => type == IncludeDirective.AnyType ? SmartScope.AnyType : type;
}

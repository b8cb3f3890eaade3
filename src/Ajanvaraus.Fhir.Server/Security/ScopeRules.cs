using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Operations;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Which scopes an interaction needs: the first door, by type alone.</summary>
/// <remarks>
/// <para>One refusal for all: it tells nothing of what is stored. A search is checked once more when it is read, for the types
/// that it reaches through chains and includes (<see cref="SearchScopes"/>). Which resources of a type are reached is asked
/// of the database (<see cref="Identity.Reach"/>).</para>
/// <para>Source: http://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html ; ADR 0025.</para>
/// </remarks>
internal static class ScopeRules
{
    /// <summary>Why the caller may not do this; null when the scopes allow it.</summary>
    public static Problem? Check(FhirRequest request, OperationTable operations)
    {
        var identity = request.Caller.Identity;
        if (identity.IsUnlimited)
            return null;
        var target = request.Target;
        var isAllowed = target.Kind switch
        {
            TargetKind.Metadata => true,
            // Bundles are checked entry by entry, work in the background by its owner.
            TargetKind.Job or TargetKind.JobFile or TargetKind.System or TargetKind.SystemSearchForm =>
                identity != Identity.Nobody,
            TargetKind.Operation => operations.Find(target) is not { } operation
                || OperationScopes.Allow(identity, target, operation.Registration.Name),
            TargetKind.SystemHistory => identity.MayReach(SmartScope.AnyType, ScopeInteractions.Search),
            TargetKind.Compartment or TargetKind.CompartmentSearchForm =>
                identity.MayReach(target.Member!, ScopeInteractions.Search),
            _ => identity.MayReach(target.Type!, Needed(request)),
        };
        return isAllowed ? null : TokenProblems.NotGranted;
    }

    private static ScopeInteractions Needed(FhirRequest request)
    {
        var needed = (request.Target.Kind, request.Method) switch
        {
            (TargetKind.TypeHistory or TargetKind.TypeSearchForm, _) => ScopeInteractions.Search,
            (TargetKind.Type, "GET") => ScopeInteractions.Search,
            (TargetKind.Type, "POST") => ScopeInteractions.Create,
            (_, "GET") => ScopeInteractions.Read,
            (_, "PUT" or "PATCH") => ScopeInteractions.Update,
            (_, "DELETE") => ScopeInteractions.Delete,
            _ => ScopeInteractions.All,
        };
        return IsConditional(request) ? needed | ScopeInteractions.Search : needed;
    }

    /// <summary>Whether a write depends on what a search finds.</summary>
    private static bool IsConditional(FhirRequest request) =>
        request.Conditions.IfNoneExist is not null
        || (request.Target.Kind == TargetKind.Type && request.Method is "PUT" or "PATCH" or "DELETE");
}

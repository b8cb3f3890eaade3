using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;
using Ajanvaraus.Fhir.Server.Security.Representation;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>Whether the caller may write what a transaction writes: as it was before, and as it is then.</summary>
/// <remarks>
/// What the caller does not see is answered as if it were not there. What comes out is asked of the database when all is
/// written, by the same conditions that searches meet; a refusal undoes the transaction. ADR 0026.
/// </remarks>
/// <param name="labeller">Whose right to set labels counts, where the server writes for somebody; null: that of the identity.</param>
internal sealed class WriteAccess(WriteSession session, Identity identity, Identity? labeller = null)
{
    private readonly Identity _labeller = labeller ?? identity;

    /// <summary>Conditional writes find what the caller sees; null: everything.</summary>
    public Visibility? Found => identity.Reach(ScopeInteractions.Search);

    /// <summary>Asked as soon as the state before is known; what there is nothing to do with is finished.</summary>
    public async ValueTask<Problem?> BeforeAsync(WriteTarget target)
    {
        if (!IsAsked(target))
            return null;
        var isDelete = target.Intent.Method == WriteMethod.Delete;
        var asked = isDelete ? ScopeInteractions.Delete : ScopeInteractions.Update;
        if (!target.Exists)
            return (IsMadeUnderItsOwnName(target) || target.Before is not null) && !identity.ReachesAll(target.Type, asked)
                ? isDelete ? null : WriteProblems.Unknown()
                : null;
        var refused = await ExistingAsync(target.Type, target.Id, asked);
        if (refused?.Kind != ProblemKind.NotFound || !isDelete)
            return refused;
        target.Finish(null, WriteEffect.Deleted);
        return null;
    }

    /// <summary>Whether that may be done with a resource that is there: it may be hidden, or seen and not the caller's to change.</summary>
    public async ValueTask<Problem?> ExistingAsync(string type, string id, ScopeInteractions asked) =>
        identity.IsUnlimited || await MayAsync(type, id, asked) ? null
        : await MayAsync(type, id, ScopeInteractions.Read) ? TokenProblems.NotGranted
        : WriteProblems.Unknown();

    /// <summary>Asked before anything is written: labels, and who may act for whom, are set by those who keep the register.</summary>
    public Problem? Labels(WriteTarget target) => !_labeller.IsUnlimited && IsOwnWill(target) && !target.IsDone
        ? Labels(target.Exists ? StoredNodes.Parse(target.Before!) : null, target.Resource)
        : null;

    /// <param name="before">Null: there was nothing.</param>
    /// <param name="after">Null: there is nothing left.</param>
    public Problem? Labels(ElementNode? before, ElementNode? after) =>
        _labeller.IsUnlimited || (after ?? before) is not { } one || _labeller.Access?.MaySetLabels(one.Type.Name) == true
            || ((after is null || SecurityLabels.AreSame(before, after)) && RegisterFacts.AreSame(before, after) && IsHiddenByClient(before, after))
            ? null
            : TokenProblems.NotGranted;

    /// <summary>Clients themselves hide their bookings from who acts for them, and show them again.</summary>
    private bool IsHiddenByClient(ElementNode? before, ElementNode? after) =>
        after is null || SecurityLabels.IsHidden(before) == SecurityLabels.IsHidden(after)
        || (_labeller.Self is { } self && (before ?? after).Type.Name == "Appointment"
            && AppointmentMapping.Patients(new AppointmentView(before ?? after)).Contains(self));

    /// <summary>Asked when everything is written.</summary>
    public async ValueTask<Problem?> AfterAsync(ImmutableArray<WriteTarget> targets)
    {
        if (identity.IsUnlimited)
            return null;
        foreach (var group in targets.Where(t => IsAsked(t) || t.IsAnswer).Where(IsWritten).GroupBy(t => (t.Type, Asked: AskedOf(t))))
        {
            if (identity.Reach(group.Key.Asked)!.Of(group.Key.Type) is not { } condition)
                continue;
            var meeting = await session.MeetingAsync(group.Key.Type, [.. group.Select(t => t.Id)], condition);
            if (group.FirstOrDefault(t => !meeting.Contains(t.Id)) is { } outside)
                return outside.Locate(TokenProblems.NotGranted);
        }
        return null;
    }

    /// <summary>Asked before anything is written, so that nobody draws somebody in by the write that makes them theirs.</summary>
    /// <remarks>What the transaction makes anew is the caller's to name.</remarks>
    public async ValueTask<Problem?> ReferencesAsync(ImmutableArray<WriteTarget> targets)
    {
        if (identity.IsUnlimited)
            return null;
        var made = targets.Where(t => t.Before is null && !t.IsDone).Select(t => (t.Type, t.Id)).ToHashSet();
        foreach (var target in targets.Where(t => IsAsked(t) && !t.IsDone))
            if (!await MayReferAsync(target, made, ScopeInteractions.Read) && !await MayReferAsync(target, made, ScopeInteractions.Search))
                return target.Locate(TokenProblems.NotGranted);
        return null;
    }

    private ValueTask<bool> MayReferAsync(WriteTarget target, HashSet<(string Type, string Id)> made, ScopeInteractions seenBy)
    {
        var named = new NamedResources(identity.Reach(seenBy)!, made);
        if (target.Resource is { } written)
            named.AddReferences(written);
        if (target.Exists)
            named.RemoveReferences(StoredNodes.Parse(target.Before!));
        return named.AreSeenAsync(session.MeetingAsync);
    }

    private bool IsAsked(WriteTarget target) => !identity.IsUnlimited && IsOwnWill(target);

    /// <summary>Travel and documentation that go with their meeting are a consequence, too.</summary>
    private static bool IsOwnWill(WriteTarget target) => target.Intent is { IsConsequence: false, Follows: null };

    private async ValueTask<bool> MayAsync(string type, string id, ScopeInteractions asked) =>
        identity.Reach(asked)!.Of(type) is not { } condition
        || (condition is not NothingExpression && !(await session.MeetingAsync(type, [id], condition)).IsEmpty);

    /// <summary>An update that would make the resource: who does not see all of the type could find out by it what there is.</summary>
    private static bool IsMadeUnderItsOwnName(WriteTarget target) =>
        target.Intent is { IsNamedByServer: false, Method: WriteMethod.Put or WriteMethod.Patch } intent
        && (intent.Id is not null || intent.Resource?.Id == target.Id);

    private static bool IsWritten(WriteTarget target) => target.Result is { Effect: WriteEffect.Created or WriteEffect.Updated };

    private static ScopeInteractions AskedOf(WriteTarget target) =>
        (target.Exists ? ScopeInteractions.Update : ScopeInteractions.Create)
        | (target.OverrideReason is null ? ScopeInteractions.None : ScopeInteractions.Override)
        | (target.IsAnswer ? ScopeInteractions.Approve : ScopeInteractions.None);
}

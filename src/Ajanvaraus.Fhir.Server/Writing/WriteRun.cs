using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>One transaction of the pipeline: identify, lock, test, then write.</summary>
/// <remarks>
/// Locks are taken in one order (Appointments, Schedules, calendar owners, then the other rows, each sorted), so that two
/// transactions wait for each other and do not deadlock. A booking that ends another's expired hold locks that
/// Appointment late; where that meets somebody who goes the other way, the database ends one and it is run again.
/// </remarks>
internal sealed class WriteRun
{
    private readonly WriteSession _session;
    private readonly WriteServices _services;
    private readonly ImmutableArray<WriteTarget> _targets;
    private readonly Caller _caller;
    private readonly Func<ElementNode, ValueTask<Problem?>> _checkPatched;
    private BundleLinks? _links;

    /// <param name="session">The transaction.</param>
    /// <param name="services">What every write needs.</param>
    /// <param name="intents">What is to be written.</param>
    /// <param name="caller">Who asks for it.</param>
    /// <param name="checkPatched">What only the outcome of a patch can tell: the profiles that it claims.</param>
    public WriteRun(
        WriteSession session, WriteServices services, ImmutableArray<WriteIntent> intents, Caller caller,
        Func<ElementNode, ValueTask<Problem?>> checkPatched)
    {
        _checkPatched = checkPatched;
        _session = session;
        _services = services;
        _targets = [.. intents.Select(i => new WriteTarget(i))];
        _caller = caller;
    }

    public async ValueTask<Outcome<ImmutableArray<WriteResult>>> RunAsync()
    {
        if (await IdentifyAsync() is { } unidentified)
            return unidentified;
        if (await ResolveReferencesAsync() is { } unresolved)
            return unresolved;
        if (await LockAndTestAsync() is { } refused)
            return refused;
        var appointments = new AppointmentGate(_session, _services, _caller, _targets);
        foreach (var target in WriteOrder())
        {
            if (!target.IsDone && !appointments.WillWrite(target) && await WriteOneAsync(target, appointments) is { } problem)
                return target.Locate(problem);
        }
        // A Slot that its Appointment turned out not to need is an edit of its own.
        foreach (var target in _targets)
        {
            if (!target.IsDone && await WriteOneAsync(target, appointments) is { } problem)
                return target.Locate(problem);
        }
        return ImmutableArray.CreateRange(_targets, t => t.Result!);
    }

    private async ValueTask<Problem?> IdentifyAsync()
    {
        foreach (var target in _targets)
        {
            if (await IdentifyAsync(target) is { } problem)
                return target.Locate(problem);
        }
        return CheckIdentities();
    }

    /// <summary>A condition may have found what another entry names, or what another condition has found.</summary>
    /// <remarks>Source: http://hl7.org/fhir/R4/http.html#trules: "if any resource identities overlap … fail".</remarks>
    private Problem? CheckIdentities()
    {
        if (_targets.Length < 2)
            return null;
        var written = new Dictionary<(string Type, string Id), WriteTarget>();
        var conditions = new Dictionary<string, WriteTarget>();
        foreach (var target in _targets)
        {
            // Two that make what is not there yet by one condition would make it twice.
            var isNew = target.Intent is { IfNoneExist: not null } or { Condition: not null } && !target.IsDone;
            if (isNew && !conditions.TryAdd(ConditionText(target.Intent), target))
                return Duplicate(conditions[ConditionText(target.Intent)], target);
            if (!target.IsDone && !written.TryAdd((target.Type, target.Id), target))
                return Duplicate(written[(target.Type, target.Id)], target);
        }
        return null;
    }

    private static Problem? Duplicate(WriteTarget first, WriteTarget second) => second.Intent.EntryIndex < 0
        ? null
        : RestIssues.DuplicateIdentity(first.Intent.EntryIndex, second.Intent.EntryIndex);

    private async ValueTask<Problem?> IdentifyAsync(WriteTarget target)
    {
        var intent = target.Intent;
        if ((intent.IfNoneExist ?? intent.Condition) is { } condition)
        {
            await _session.LockConditionAsync(ConditionText(intent));
            var found = await _session.FindAsync(intent.Type, condition.Expression, limit: 2);
            if (found.Length > 1)
                return WriteProblems.SeveralMatches();
            if (found.Length == 1 && intent.IfNoneExist is not null)
            {
                target.Id = found[0].Id;
                target.Finish(found[0], WriteEffect.Unchanged);
                return null;
            }
            if (found.Length == 1)
            {
                if (intent.Resource?.Id is { } given && given != found[0].Id)
                    return WriteProblems.IdDiffersFromMatch();
                target.Id = found[0].Id;
            }
        }
        if (target.Id.Length == 0)
            target.Id = (intent.Condition is null ? null : intent.Resource?.Id) ?? _services.Ids.Next();
        return null;
    }

    /// <summary>The same for the same criteria in any order.</summary>
    private static string ConditionText(WriteIntent intent) =>
        intent.Type + '?' + string.Join('&', (intent.IfNoneExist ?? intent.Condition)!.Applied
            .Select(p => $"{p.Key}={p.Value}").Order(StringComparer.Ordinal));

    private async ValueTask<Problem?> ResolveReferencesAsync()
    {
        // References among entries exist only in a Bundle.
        var isBundle = _targets.Any(t => t.Intent.EntryIndex >= 0);
        _links = isBundle ? BundleLinks.Of(_targets) : null;
        foreach (var target in _targets)
        {
            if (await ResolveReferencesAsync(target) is { } problem)
                return target.Locate(problem);
        }
        return null;
    }

    private async ValueTask<Problem?> ResolveReferencesAsync(WriteTarget target)
    {
        if (target.Resource is not { } resource)
            return null;
        if (_links is not null)
        {
            var resolved = await _links.ResolveAsync(resource, target.Intent.FullUrl, _services.Conditions, _session);
            if (resolved.Failed)
                return resolved.Problem;
            resource = resolved.Value;
        }
        target.Resource = resource.Id == target.Id ? resource : resource.Set("id", target.Id);
        return null;
    }

    private async ValueTask<Problem?> LockAndTestAsync()
    {
        var areCalendarsLocked = !_session.Booking.LocksCalendars;
        foreach (var target in LockOrder())
        {
            if (target.IsDone)
                continue;
            if (!areCalendarsLocked && target.Type != "Appointment")
            {
                if (await LockCalendarsAsync() is { } refused)
                    return refused;
                areCalendarsLocked = true;
            }
            target.Before = await _session.LockAsync(target.Type, target.Id);
            var problem = Test(target) ?? Edit(target)
                ?? await ResolveEditedAsync(target) ?? await CheckPatchedAsync(target);
            if (problem is not null)
                return target.Locate(problem);
        }
        return null;
    }

    /// <summary>What a patch in a transaction brings may link to other entries too.</summary>
    private ValueTask<Problem?> ResolveEditedAsync(WriteTarget target) =>
        _links is null || target.Intent.Edit is null || target.IsDone ? default : ResolveReferencesAsync(target);

    private async ValueTask<Problem?> CheckPatchedAsync(WriteTarget target) =>
        target is { IsDone: false, Intent.Method: WriteMethod.Patch, Resource: { } patched }
            ? await _checkPatched(patched)
            : null;

    /// <summary>Locks the calendars of Slots and Schedules that are written by hand: nobody books them meanwhile.</summary>
    /// <remarks>A precondition that fails already is told at once, without waiting for those who book.</remarks>
    private async ValueTask<Problem?> LockCalendarsAsync()
    {
        var schedules = new HashSet<string>();
        foreach (var target in _targets)
        {
            if (target.IsDone || !IsSchedulingRow(target))
                continue;
            target.Before = await _session.ReadAsync(target.Type, target.Id);
            if (Test(target) is { } problem)
                return target.Locate(problem);
            schedules.UnionWith(target.Type == "Schedule" ? [target.Id] : SchedulesOf(target));
        }
        if (schedules.Count > 0)
            await _session.Booking.LockSchedulesAsync(schedules);
        return null;
    }

    /// <summary>The calendar that a Slot leaves and the one that it comes to; mostly the same.</summary>
    private static IEnumerable<string> SchedulesOf(WriteTarget slot)
    {
        var before = slot.Exists ? StoredNodes.Parse(slot.Before!) : null;
        // An edit is made under the lock; here it only tells which calendar it leads to.
        var after = before is not null && slot.Intent.Edit is { } edit ? edit(before).Value : slot.Resource;
        return new[] { before, after }.OfType<ElementNode>()
            .Select(s => LocalReference.IdOf(new SlotView(s).ScheduleReference, "Schedule"))
            .OfType<string>();
    }

    /// <summary>Makes the asked change to the locked version.</summary>
    private static Problem? Edit(WriteTarget target)
    {
        if (target.Intent.Edit is not { } edit)
            return null;
        if (!target.Exists)
            return target.Before is null ? WriteProblems.Unknown() : WriteProblems.Gone();
        var current = StoredNodes.Parse(target.Before!);
        var edited = edit(current);
        if (edited.Failed)
            return edited.Problem;
        target.Resource = edited.Value;
        if (ReferenceEquals(edited.Value, current))
            target.Finish(target.Before, WriteEffect.Unchanged);
        return null;
    }

    private static bool IsSchedulingRow(WriteTarget target) => target.Type is "Slot" or "Schedule";

    private static Problem? Test(WriteTarget target)
    {
        var intent = target.Intent;
        if (intent.IfNoneMatchAny && target.Exists)
            return WriteProblems.AlreadyExists();
        if (intent.IfMatch is { } expected && (!target.Exists || target.Before!.Version != expected))
            return WriteProblems.VersionDiffers(target.Before?.Version);
        if (intent is { RequiresIfMatch: true, IfMatch: null } && target.Exists)
            return WriteProblems.IfMatchRequired();
        return null;
    }

    private IEnumerable<WriteTarget> LockOrder() => _targets
        .OrderBy(t => t.Type == "Appointment" ? 0 : 1)
        .ThenBy(t => t.Type, StringComparer.Ordinal)
        .ThenBy(t => t.Id, StringComparer.Ordinal);

    /// <summary>DELETE, POST, PUT by the specification; Appointments last, those that give up their time first.</summary>
    private IEnumerable<WriteTarget> WriteOrder() => _targets
        .OrderBy(t => t.Type != "Appointment" || t.Resource is null ? 0 : AppointmentGate.GivesUpTime(t) ? 1 : 2)
        .ThenBy(t => t.Intent.Method switch { WriteMethod.Delete => 0, WriteMethod.Post => 1, _ => 2 });

    private static Problem? Refused(WriteTarget target, Problem problem)
    {
        if (!target.Intent.MayBeRefused || problem.Kind != ProblemKind.Conflict)
            return AppointmentChecks.AsPatched(problem, target.Intent.Method);
        target.Refuse(problem);
        return null;
    }

    private async ValueTask<Problem?> WriteOneAsync(WriteTarget target, AppointmentGate appointments)
    {
        if (target.Resource is { } resource && target.IsSame(resource))
        {
            target.Finish(target.Before, WriteEffect.Unchanged);
            return null;
        }
        switch (target.Type)
        {
            case "Appointment":
                return await appointments.WriteAsync(target) is { } refused ? Refused(target, refused) : null;
            case "Slot" or "Schedule":
                if (await CalendarGuard.CheckAsync(_session, target) is { } inUse)
                    return inUse;
                break;
        }
        if (target.Intent.Method == WriteMethod.Delete)
        {
            var deleted = await _session.DeleteAsync(target.Type, target.Id);
            target.Finish(deleted ?? target.Before, WriteEffect.Deleted);
            return null;
        }
        var stored = await _session.PutAsync(
            _services.Prepare(target.Resource!), target.Intent.Method, _services.PrepareBefore(target.Before));
        target.Finish(stored, target.Exists ? WriteEffect.Updated : WriteEffect.Created);
        return null;
    }
}

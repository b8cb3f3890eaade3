using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;

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
    private ImmutableArray<WriteTarget> _targets;
    private readonly Caller _caller;
    private readonly Func<ElementNode, ValueTask<Problem?>> _checkPatched;
    private readonly Func<WriteSession, ValueTask<Problem?>> _confirm;
    private readonly WriteAccess _access;
    private BundleLinks? _links;

    /// <param name="session">The transaction.</param>
    /// <param name="services">What every write needs.</param>
    /// <param name="intents">What is to be written.</param>
    /// <param name="caller">Who asks for it.</param>
    /// <param name="checkPatched">What only the outcome of a patch can tell: the profiles that it claims.</param>
    /// <param name="confirm">Whether what the intents were made from is still so, asked when all is locked.</param>
    public WriteRun(
        WriteSession session, WriteServices services, ImmutableArray<WriteIntent> intents, Caller caller,
        Func<ElementNode, ValueTask<Problem?>> checkPatched, Func<WriteSession, ValueTask<Problem?>> confirm)
    {
        _checkPatched = checkPatched;
        _confirm = confirm;
        _session = session;
        _services = services;
        _targets = [.. intents.Select(i => new WriteTarget(i))];
        _caller = caller;
        _access = new WriteAccess(session, caller.Identity, caller.WritesFor);
    }

    public async ValueTask<Outcome<ImmutableArray<WriteResult>>> RunAsync()
    {
        if (await new WriteIdentities(_session, _services, _targets, _access.Found).FindAsync() is { } unidentified)
            return unidentified;
        _targets = _targets.AddRange(await LinkedTargets.FindAsync(_session, _services, _targets));
        if (await ResolveReferencesAsync() is { } unresolved)
            return unresolved;
        if (await LockAndTestAsync() is { } refused)
            return refused;
        if (await _access.ReferencesAsync(_targets) is { } unseen)
            return unseen;
        if (await _confirm(_session) is { } outdated)
            return outdated;
        var appointments = new AppointmentGate(_session, _services, _caller, _targets);
        foreach (var target in WriteOrder())
        {
            if (target.IsDone || target.Intent.Follows is not null || appointments.WillWrite(target))
                continue;
            if (await WriteOneAsync(target, appointments) is { } problem)
                return target.Locate(problem);
        }
        // A Slot that its Appointment turned out not to need is an edit of its own.
        foreach (var target in _targets)
        {
            if (LinkedTargets.Leave(target) is { } unbooked)
                return unbooked;
            if (!target.IsDone && await WriteOneAsync(target, appointments) is { } problem)
                return target.Locate(problem);
        }
        await appointments.ShowWrittenAsync(_targets);
        await appointments.RecordAsync(_targets);
        if (await _access.AfterAsync(_targets) is { } outside)
            return outside;
        if (_caller.Trail is { } trail)
            await trail.WriteAsync(_session, _targets);
        return ImmutableArray.CreateRange(_targets, t => t.Result!);
    }

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
            var resolved = await _links.ResolveAsync(
                resource, target.Intent.FullUrl, _services.Conditions, _caller.Identity, _session);
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
            if (await _access.BeforeAsync(target) is { } hidden)
                return target.Locate(hidden);
            if (target.IsDone)
                continue;
            if (target.Intent is { Follows: not null, Resource: null } && target.Exists)
                target.Resource = StoredNodes.Parse(target.Before!);
            var problem = Test(target) ?? Edit(target)
                ?? await ResolveEditedAsync(target) ?? await CheckPatchedAsync(target) ?? _access.Labels(target);
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

    /// <summary>Locks the calendars of Slots, Schedules, services and places that are written by hand: nobody books them meanwhile.</summary>
    /// <remarks>A precondition that fails already is told at once, without waiting for those who book.</remarks>
    private async ValueTask<Problem?> LockCalendarsAsync()
    {
        var (schedules, services, places) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        foreach (var target in _targets)
        {
            if (target.IsDone || !IsSchedulingRow(target))
                continue;
            target.Before = await _session.ReadAsync(target.Type, target.Id);
            if ((await _access.BeforeAsync(target) ?? Test(target)) is { } problem)
                return target.Locate(problem);
            switch (target.Type)
            {
                case "Slot": schedules.UnionWith(SchedulesOf(target)); break;
                case "Schedule": schedules.Add(target.Id); break;
                case "Location": if (ChangedWays.AreIn(target)) places.Add(target.Id); break;
                default: if (SaysRules(target)) services.Add(target.Id); break;
            }
        }
        schedules.UnionWith(await ChangedWays.CalendarsAsync(_session, places));
        if (schedules.Count + services.Count > 0)
            await _session.Booking.LockSchedulesAsync(schedules, services);
        return null;
    }

    /// <summary>Whether the service has rules for its calendars, or gets some: a name may be corrected without stopping those who book.</summary>
    private static bool SaysRules(WriteTarget service) =>
        (service.Exists && CalendarRule.Of(StoredNodes.Parse(service.Before!)).SaysAny)
        || (service.Resource is { } resource ? CalendarRule.Of(resource).SaysAny : service.Intent.Edit is not null);

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

    private static bool IsSchedulingRow(WriteTarget target) => target.Type is "Slot" or "Schedule" or "HealthcareService" or "Location";

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
        if (_services.Messages is { } messages && target is { Type: "CommunicationRequest", Intent.IsConsequence: true })
            await messages.NoticeAsync(_session, stored, target.Resource!);
        return null;
    }
}

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Where every write of an Appointment meets the calendars, however it came.</summary>
/// <remarks>
/// One decision and all its effects (Slots, claims, the Appointment, what follows it) in the transaction of the session.
/// The rules are Scheduling's; here they are only fed and their result is stored.
/// </remarks>
internal sealed class AppointmentGate
{
    private readonly WriteSession _session;
    private readonly WriteServices _services;
    private readonly Caller _caller;
    private readonly SlotWriter _slots;
    private readonly TimeRelease _time;
    private readonly ShownSlots _shown;
    private readonly HoldSettlement _holds;
    private readonly LinkedBookings _linked;

    public AppointmentGate(
        WriteSession session, WriteServices services, Caller caller, ImmutableArray<WriteTarget> targets)
    {
        _session = session;
        _services = services;
        _caller = caller;
        _slots = new SlotWriter(session, services, targets);
        _shown = new ShownSlots(session, _slots);
        _time = new TimeRelease(session, _slots, _shown);
        _holds = new HoldSettlement(session, services, _time);
        _linked = new LinkedBookings(_time, targets, (target, before) => BookAsync(target, before));
    }

    /// <summary>True when the Appointment, as it is to be written, takes no time.</summary>
    public static bool GivesUpTime(WriteTarget target) =>
        target.Resource is null || !AppointmentTransitions.Occupies(StatusOf(new AppointmentView(target.Resource)));

    /// <summary>True for a Slot that an Appointment of the same transaction books: both are one booking.</summary>
    /// <remarks>Not when it also changes calendar: that is an edit of its own, and comes first.</remarks>
    public bool WillWrite(WriteTarget slot) =>
        slot is { Exists: true, Resource: { } resource } && _slots.IsBookedHere(slot)
        && new SlotView(resource).ScheduleReference == new SlotView(StoredNodes.Parse(slot.Before!)).ScheduleReference;

    /// <inheritdoc cref="HoldSettlement.EndAsync"/>
    public ValueTask EndHoldAsync(string appointmentId, ImmutableArray<string> holders, Instant now) =>
        _holds.EndAsync(appointmentId, holders, now);

    /// <inheritdoc cref="ShownSlots.ShowWrittenAsync"/>
    public ValueTask ShowWrittenAsync(IReadOnlyCollection<WriteTarget> targets) => _shown.ShowWrittenAsync(targets);

    public async ValueTask<Problem?> WriteAsync(WriteTarget target)
    {
        AppointmentView? before = target.Exists ? new AppointmentView(StoredNodes.Parse(target.Before!)) : null;
        if (before is { } booked && await Deadlines().CheckCancelAsync(booked, target) is { } tooLate)
            return tooLate;
        if (target.Resource is null)
            return await DeleteAsync(target, before);
        var after = new AppointmentView(target.Resource);
        if (CitizenRules.Check(_caller.Identity, before, after, target) is { } others)
            return others;
        if (before is { } old && await ChangeAsync(old, after, target) is { } forbidden)
            return forbidden;
        if ((AppointmentChecks.Texts(after) ?? GroupEnrolment.Check(before, after)) is { } broken)
            return broken;
        if (AppointmentTransitions.Occupies(StatusOf(after)))
            return await BookAsync(target, before);
        if (await Minors().CheckLabelsAsync(before?.Resource, after.Resource) is { } notHidden)
            return notHidden;
        // What comes with its end is a copy of another system's booking, as is what had no time here to give up.
        var isCopy = before is null && AppointmentTransitions.AllowedFrom(StatusOf(after)).Length <= 1;
        if (TakesTime(before))
        {
            isCopy = !await _time.ReleaseAsync(target.Id);
            await _linked.CancelAsync(target.Id, target.Resource, StoreAsync);
        }
        return isCopy ? await StoreAsItIsAsync(target, target.Resource) : await StoreAsync(target, target.Resource);
    }

    /// <summary>Status by the table, and what a booking fixes.</summary>
    private async ValueTask<Problem?> ChangeAsync(AppointmentView before, AppointmentView after, WriteTarget target)
    {
        var rebooks = Rebooks(target, before);
        if (!rebooks && AppointmentChecks.Status(before, after) is { } wrongStatus)
            return wrongStatus;
        return rebooks || TakesTime(before) ? await new FixedElements(_session).CheckAsync(before, target) : null;
    }

    /// <summary>A confirmation that comes after its hold has ended books anew while the time is free.</summary>
    private static bool Rebooks(WriteTarget target, AppointmentView before) =>
        target.Booking is { ConfirmsHold: true } && HoldEnd.IsExpired(before.Resource);

    /// <summary>The same, also while nobody has settled the end of the hold.</summary>
    private static bool ConfirmsLate(WriteTarget target, AppointmentView before, Instant now) =>
        target.Booking is { ConfirmsHold: true }
        && (HoldEnd.IsExpired(before.Resource)
            || (before.HeldUntil is { } until && Instant.FromDateTimeOffset(until) <= now));

    private static bool TakesTime(AppointmentView? appointment) =>
        appointment is { } view && AppointmentTransitions.Occupies(StatusOf(view));

    private static AppointmentStatus StatusOf(AppointmentView appointment) =>
        AppointmentStatusCodes.Parse(appointment.Status) ?? AppointmentStatus.Proposed;

    private async ValueTask<Problem?> DeleteAsync(WriteTarget target, AppointmentView? before)
    {
        if (TakesTime(before))
        {
            await _time.ReleaseAsync(target.Id);
            await _linked.CancelAsync(target.Id, null, StoreAsync);
        }
        var deleted = await _session.DeleteAsync(target.Type, target.Id);
        target.Finish(deleted ?? target.Before, WriteEffect.Deleted);
        return null;
    }

    private async ValueTask<Problem?> BookAsync(WriteTarget target, AppointmentView? before)
    {
        var now = Moments.Of(_session);
        var after = new AppointmentView(target.Resource!);
        var holdUntil = HoldTimes.Of(target, before, StatusOf(after), now);
        var directive = target.Booking;
        var move = TakesTime(before) ? new AppointmentMove(_session, before!.Value) : null;
        if (move is not null && directive is not null)
            after = new AppointmentView(target.Resource = await move.LeaveAsync(target.Resource!, directive));
        var request = await AppointmentMapping.RequestAsync(
            after, StatusOf(after), directive, holdUntil, _caller, _session.ReadAsync);
        if (ForeignCopy.NamesSlot(after, request) && !(move is null && ForeignCopy.IsBroughtWithItsId(target)))
            return new Problem(ProblemKind.Unprocessable, [RefusalProblems.ReferenceNotFound("Appointment.slot")]);
        request = LinkedBookings.Complete(request, target, TakesTime(before) ? before : null);
        if (before is { } ended && Rebooks(target, ended))
            request = await new AppointmentMove(_session, ended).AnewAsync(request);
        if (move is not null)
        {
            target.Resource = await move.DismissAsync(target.Resource!, request);
            after = new AppointmentView(target.Resource);
            request = request with { SlotIds = AppointmentMapping.SlotIds(after) };
            var kept = await move.KeepCalendarsAsync(request);
            request = kept with { StandsAlready = move.StandsAt(kept) };
        }
        if (ForeignCopy.NamesNoCalendar(request))
            return await WithoutCalendarAsync(target, before, holdUntil);
        var reads = new ReadOnce(_session.ReadManyAsync);
        var rules = target.Intent.IsImport ? null : new CalendarRules(reads.ReadAsync);
        var computed = new ComputedBooking(new ComputedSlots(reads.ReadAsync, _services.SlotClaims), _session.Booking.Queries);
        request = await computed.ResolveAsync(request);
        if (move is not null && !request.StandsAlready)
            await _linked.GiveWayAsync(target.Id, before!.Value);
        request = _linked.WithJourneys(request);
        var calendars = new BookingCalendars(_session, _slots, computed, rules);
        var snapshot = await calendars.ReadAsync(request, isNew: !target.Exists);
        if ((request.SlotIds.IsEmpty && request.ScheduleIds.IsEmpty && snapshot.CalendarOwners.IsEmpty)
            || (move is null && ForeignCopy.Is(target, request, snapshot)))
            return await WithoutCalendarAsync(target, before, holdUntil);
        if (directive?.HoldSeconds is not null && await _holds.HeldAlreadyAsync(request, snapshot, now) is { } held)
        {
            target.Finish(held, WriteEffect.Unchanged);
            return null;
        }
        snapshot = _slots.AsSeenBefore(await _holds.SettleAsync(
            request, snapshot, now, () => calendars.ReadAsync(request, isNew: false)));
        if (target.Intent.IsImport)
            snapshot = ImportedCalendar.AsItWas(snapshot);
        if (await RuleAsync(target, before, request, snapshot, now) is { } broken)
            return broken;
        var step = await new Approval(reads).DecideAsync(target, before, after, request, snapshot);
        target.IsAnswer = step is ApprovalStep.Approve or ApprovalStep.TurnDown;
        if (step is ApprovalStep.Refuse)
            return Approval.Needed();
        if (step is ApprovalStep.TurnDown)
            return await TurnDownAsync(target, now);
        if (step is ApprovalStep.StillWait)
        {
            target.Finish(target.Before, WriteEffect.Unchanged);
            return null;
        }
        if (step is not ApprovalStep.None)
            request = request with
            {
                Status = step == ApprovalStep.Wait ? AppointmentStatus.Pending : AppointmentStatus.Booked,
            };
        return BookingRules.Decide(request, snapshot, now) switch
        {
            Accepted accepted => await StoreBookingAsync(target, accepted, snapshot, request, step)
                ?? await RemindAsync(target, before, snapshot, request, reads),
            Refused refused when before is { } old && ConfirmsLate(target, old, now) =>
                RefusalProblems.HoldExpired(refused, after),
            Refused refused => RefusalProblems.From(refused, after),
            _ => throw new InvalidOperationException("A decision is accepted or refused."),
        };
    }

    /// <summary>The rules on whom a booking is for and how early, which the calendars know nothing of.</summary>
    private async ValueTask<Problem?> RuleAsync(
        WriteTarget target, AppointmentView? before, BookingRequest request, BookingSnapshot snapshot, Instant now)
    {
        var after = new AppointmentView(target.Resource!);
        var named = snapshot.SchedulesNamedBy(request);
        if (await MinorsAsync(target, before, snapshot.Schedules.Where(s => named.Contains(s.Id)).SelectMany(s => s.Actors)) is { } tooYoung)
            return tooYoung;
        if (await Deadlines().CheckMoveAsync(before, snapshot.TimeOf(request)?.Start, target) is { } tooLate)
            return tooLate;
        if (await OwnWorkers.CheckAsync(_caller.Identity, after, request, snapshot, _session.ReadManyAsync) is { } notOwn)
            return notOwn;
        if (AppointmentChecks.Client(after) is { } clientMissing)
            return clientMissing;
        if (!target.Intent.IsImport && await AppointmentChecks.ReferencesAsync(after, _session.ReadAllAsync) is { } unknown)
            return unknown;
        if (target.Booking?.MaximumHolds is { } most
            && await HoldQuota.CheckAsync(_session, request, most, now) is { } tooMany)
            return tooMany;
        var entitlements = new EntitlementCheck(_session, _services);
        if (await entitlements.CheckAsync(before, after, snapshot.TimeOf(request)?.Start) is { } notEntitled)
            return notEntitled;
        if (!target.Intent.IsConsequence && target.Booking is not { IsLinked: true } && await new BookingQuota(_session, _services)
            .CheckAsync(_caller.Identity, TakesTime(before) ? before : null, after, request, snapshot, now) is { } hoarded)
            return hoarded;
        if (await new GroupEnrolment(_session).CheckSeatAsync(request, snapshot, after, now) is { } twice)
            return twice;
        return request.Overbooks || target.Booking is { IsLinked: true }
            ? null
            : CalendarRules.CheckLeadTime(now, before, after, request, snapshot);
    }

    private ChangeDeadlines Deadlines() => new(_session, _caller.Identity);

    private MinorRules Minors() => new(_session.ReadManyAsync, _caller.Identity, Moments.Of(_session));

    private ValueTask<Problem?> MinorsAsync(WriteTarget target, AppointmentView? before, IEnumerable<string> calendarActors) =>
        target.Intent is { Follows: not null } or { IsConsequence: true }
            ? default
            : Minors().CheckAsync(before, new AppointmentView(target.Resource!), calendarActors);

    /// <summary>A copy of another system's booking: nobody here has a calendar to protect.</summary>
    private async ValueTask<Problem?> WithoutCalendarAsync(
        WriteTarget target, AppointmentView? before, Instant? holdUntil)
    {
        if (target.Booking is { RequiresCalendar: true })
            return RefusalProblems.NothingToBook();
        if (await MinorsAsync(target, before, []) is { } tooYoung)
            return tooYoung;
        if (TakesTime(before))
            await _time.ReleaseAsync(target.Id);
        return await StoreAsItIsAsync(target, HoldTimes.On(target.Resource!, holdUntil));
    }

    private async ValueTask<Problem?> StoreBookingAsync(
        WriteTarget target, Accepted accepted, BookingSnapshot snapshot, BookingRequest request, ApprovalStep step)
    {
        var made = await _slots.WriteAsync(accepted.Slots, snapshot);
        await _session.Booking.ReplaceClaimsAsync(target.Id, accepted.Claims, snapshot.Claims);
        var claims = accepted.Claims.Concat(snapshot.Claims.Where(c => c.AppointmentId == target.Id));
        if (target.Intent.IsImport)
            _shown.ShowLater(claims);
        else if (ClosedSlots.AreShown(snapshot.Schedules))
            await _shown.ShowAsync([.. claims]);
        var slotIds = ImmutableArray.CreateRange(
            accepted.SlotIds, id => id.StartsWith('#') ? made[int.Parse(id.AsSpan(1))] : id);
        var zone = Zones.Of(snapshot);
        var resource = AppointmentMapping.Apply(target.Resource!, accepted, slotIds, zone);
        if (!target.Intent.IsImport && !slotIds.IsEmpty && await _slots.NodeAsync(slotIds[0]) is { } slot)
            resource = AppointmentMapping.Describe(resource, slot);
        if (target.Booking is not null || step == ApprovalStep.Wait)
            resource = AppointmentParticipants.AddActors(resource, snapshot, slotIds, request.ScheduleIds);
        if (resource.Text("status") != request.Status.Code())
            resource = resource.Set("status", request.Status.Code());
        if (step == ApprovalStep.Wait)
        {
            resource = Approval.Ask(resource);
            target.Warnings = target.Warnings.Add(Approval.Awaited());
        }
        var reason = accepted.Overridden.IsEmpty ? null : target.Booking?.OverrideReason;
        if (reason is not null)
            resource = Overbooking.Mark(resource, reason);
        target.Resource = HoldTimes.On(resource, request.HoldUntil);
        await StoreAsync(target, target.Resource);
        (target.OverrideReason, target.Overridden) = (reason, Overbooking.CalendarsOf(accepted.Overridden));
        if (step == ApprovalStep.Approve)
            await TellClientsAsync(Notices.Confirmation, target, Moments.Of(_session));
        return await _linked.FollowAsync(target, accepted, snapshot);
    }

    /// <summary>Records who did what to the bookings, when all is written.</summary>
    public async ValueTask RecordAsync(ImmutableArray<WriteTarget> targets)
    {
        foreach (var target in targets)
            if (BookingProvenance.Of(target, _caller, Moments.Of(_session)) is { } provenance)
                await AddAsync(provenance);
    }

    /// <summary>The professional has declined: the time is free again, and the client is told.</summary>
    private async ValueTask<Problem?> TurnDownAsync(WriteTarget target, Instant now)
    {
        await _time.ReleaseAsync(target.Id);
        var reason = new AppointmentCancellation.Reason { Code = "not-approved" };
        target.Resource = AppointmentCancellation.Cancelled(target.Resource!, reason);
        await _linked.CancelAsync(target.Id, target.Resource, StoreAsync);
        await StoreAsync(target, target.Resource);
        await TellClientsAsync(Notices.Cancellation, target, now);
        return null;
    }

    private async ValueTask TellClientsAsync(string kind, WriteTarget target, Instant now)
    {
        var concerned = Notices.ClientsOf(target.Resource!).Select(c => (c, $"Appointment/{target.Id}"));
        foreach (var notice in Notices.Of(kind, concerned, now))
            await AddAsync(notice);
    }

    /// <summary>Plans the reminders of what was booked.</summary>
    /// <returns>Nothing: there is nothing to refuse any more.</returns>
    private async ValueTask<Problem?> RemindAsync(
        WriteTarget target, AppointmentView? before, BookingSnapshot snapshot, BookingRequest request, ReadOnce reads)
    {
        if (_services.Messages is not { } messages || target.Result?.Stored is not { } stored)
            return null;
        var named = snapshot.SchedulesNamedBy(request);
        await messages.PlanAsync(
            _session, before, stored, new AppointmentView(target.Resource!), [.. snapshot.Schedules.Where(s => named.Contains(s.Id))],
            reads.ReadAsync);
        return null;
    }

    private async ValueTask AddAsync(ElementNode resource)
    {
        var id = _services.Ids.Next();
        _session.TakeNew(resource.Type.Name, id);
        var stored = await _session.PutAsync(_services.Prepare(resource.Set("id", id)), WriteMethod.Post);
        if (_services.Messages is { } messages && resource.Type.Name == "CommunicationRequest")
            await messages.NoticeAsync(_session, stored, resource);
    }

    private ValueTask<Problem?> StoreAsync(WriteTarget target, ElementNode resource)
    {
        if (!target.Intent.IsImport)
            target.Resource = resource = NationalDetails.InStep(resource, target.Before);
        return StoreAsItIsAsync(target, resource);
    }

    private async ValueTask<Problem?> StoreAsItIsAsync(WriteTarget target, ElementNode resource)
    {
        if (target.IsSame(resource))
        {
            target.Finish(target.Before, WriteEffect.Unchanged);
            return null;
        }
        var stored = await _session.PutAsync(
            _services.Prepare(resource), target.Intent.Method, _services.PrepareBefore(target.Before));
        target.Finish(stored, target.Exists ? WriteEffect.Updated : WriteEffect.Created);
        return null;
    }
}

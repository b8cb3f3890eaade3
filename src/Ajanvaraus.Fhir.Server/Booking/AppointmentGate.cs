using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Where every write of an Appointment meets the calendars, however it came.</summary>
/// <remarks>
/// One decision and all its effects (Slots, claims, the Appointment) in the transaction of the session. The rules are
/// Scheduling's; here they are only fed and their result is stored.
/// </remarks>
internal sealed class AppointmentGate(
    WriteSession session, WriteServices services, Caller caller, ImmutableArray<WriteTarget> targets)
{
    private readonly SlotWriter _slots = new(session, services, targets);

    /// <summary>True when the Appointment, as it is to be written, takes no time.</summary>
    public static bool GivesUpTime(WriteTarget target) =>
        target.Resource is null || !AppointmentTransitions.Occupies(StatusOf(new AppointmentView(target.Resource)));

    /// <summary>True for a Slot that an Appointment of the same transaction books: both are one booking.</summary>
    /// <remarks>Not when it also changes calendar: that is an edit of its own, and comes first.</remarks>
    public bool WillWrite(WriteTarget slot) =>
        slot is { Exists: true, Resource: { } resource } && _slots.IsBookedHere(slot)
        && new SlotView(resource).ScheduleReference == new SlotView(StoredNodes.Parse(slot.Before!)).ScheduleReference;

    public async ValueTask<Problem?> WriteAsync(WriteTarget target)
    {
        AppointmentView? before = target.Exists ? new AppointmentView(StoredNodes.Parse(target.Before!)) : null;
        if (target.Resource is null)
            return await DeleteAsync(target, before);
        var after = new AppointmentView(target.Resource);
        var status = StatusOf(after);
        if (before is { } old && AppointmentChecks.Change(old, after, Rebooks(target, old)) is { } forbidden)
            return forbidden;
        if (AppointmentChecks.Texts(after) is { } tooLong)
            return tooLong;
        if (AppointmentTransitions.Occupies(status))
            return await BookAsync(target, before, after, status);
        if (TakesTime(before))
            await ReleaseAsync(target.Id);
        return await StoreAsync(target, target.Resource);
    }

    /// <summary>A confirmation that comes after its hold has ended books anew while the time is free.</summary>
    private static bool Rebooks(WriteTarget target, AppointmentView before) =>
        target.Intent.Booking is { ConfirmsHold: true } && HoldEnd.IsExpired(before.Resource);

    /// <summary>The same, also while nobody has settled the end of the hold.</summary>
    private static bool ConfirmsLate(WriteTarget target, AppointmentView before, Instant now) =>
        target.Intent.Booking is { ConfirmsHold: true }
        && (HoldEnd.IsExpired(before.Resource)
            || (before.HeldUntil is { } until && Instant.FromDateTimeOffset(until) <= now));

    private static bool TakesTime(AppointmentView? appointment) =>
        appointment is { } view && AppointmentTransitions.Occupies(StatusOf(view));

    private static AppointmentStatus StatusOf(AppointmentView appointment) =>
        AppointmentStatusCodes.Parse(appointment.Status) ?? AppointmentStatus.Proposed;

    private async ValueTask<Problem?> DeleteAsync(WriteTarget target, AppointmentView? before)
    {
        if (TakesTime(before))
            await ReleaseAsync(target.Id);
        var deleted = await session.DeleteAsync(target.Type, target.Id);
        target.Finish(deleted ?? target.Before, WriteEffect.Deleted);
        return null;
    }

    private async ValueTask<Problem?> BookAsync(
        WriteTarget target, AppointmentView? before, AppointmentView after, AppointmentStatus status)
    {
        var now = Moments.Of(session);
        var holdUntil = HoldUntil(target, before, status, now);
        var directive = target.Intent.Booking;
        var move = TakesTime(before) ? new AppointmentMove(session, before!.Value) : null;
        if (move is not null && directive is not null)
            after = new AppointmentView(target.Resource = await move.LeaveAsync(target.Resource!, directive));
        var request = await AppointmentMapping.RequestAsync(
            after, status, directive, holdUntil, caller, session.ReadAsync);
        if (NamesForeignSlot(after, request) && !(move is null && IsBroughtWithItsId(target)))
            return new Problem(ProblemKind.Unprocessable, [RefusalProblems.ReferenceNotFound("Appointment.slot")]);
        if (move is not null)
        {
            var kept = await move.KeepCalendarsAsync(request);
            request = kept with { StandsAlready = move.StandsAt(kept) };
        }
        if (NamesNoCalendar(request))
            return await WithoutCalendarAsync(target, before, holdUntil);
        var read = new ReadOnce(session.ReadManyAsync);
        var computed = new ComputedBooking(new ComputedSlots(read.ReadAsync), session.Booking.Queries);
        request = await computed.ResolveAsync(request);
        var snapshot = await WithComputedAsync(
            request, await session.Booking.SnapshotAsync(request, isNew: !target.Exists), computed);
        if ((request.SlotIds.IsEmpty && request.ScheduleIds.IsEmpty && snapshot.CalendarOwners.IsEmpty)
            || (move is null && IsForeignCopy(target, request, snapshot)))
            return await WithoutCalendarAsync(target, before, holdUntil);
        if (directive?.HoldSeconds is not null && await HeldAlreadyAsync(request, snapshot, now) is { } held)
        {
            target.Finish(held, WriteEffect.Unchanged);
            return null;
        }
        if (AppointmentChecks.Client(after) is { } clientMissing)
            return clientMissing;
        if (!target.Intent.IsImport && await AppointmentChecks.ReferencesAsync(after, session.ReadAsync) is { } unknown)
            return unknown;
        snapshot = _slots.AsSeenBefore(await SettleAsync(request, snapshot, now, computed));
        if (target.Intent.IsImport)
            snapshot = ImportedCalendar.AsItWas(snapshot);
        if (directive?.MaximumHolds is { } most && await HoldQuota.CheckAsync(session, request, most, now) is { } tooMany)
            return tooMany;
        var start = (request.Time ?? SlotSpan(request, snapshot))?.Start;
        if (await new EntitlementCheck(session, services).CheckAsync(before, after, start) is { } notEntitled)
            return notEntitled;
        if (await LeadTimes.CheckAsync(before, after, request, snapshot, start, now, read.ReadAsync) is { } tooSoon)
            return tooSoon;
        return BookingRules.Decide(request, snapshot, now) switch
        {
            Accepted accepted => await StoreBookingAsync(target, accepted, snapshot, holdUntil),
            Refused refused when before is { } old && ConfirmsLate(target, old, now) =>
                RefusalProblems.HoldExpired(refused, after),
            Refused refused => RefusalProblems.From(refused, after),
            _ => throw new InvalidOperationException("A decision is accepted or refused."),
        };
    }

    private static bool NamesNoCalendar(BookingRequest request) =>
        request.SlotIds.IsEmpty && request.ScheduleIds.IsEmpty && request.RequiredActors.IsEmpty;

    /// <summary>A copy of another system's booking: nobody here has a calendar to protect.</summary>
    private async ValueTask<Problem?> WithoutCalendarAsync(
        WriteTarget target, AppointmentView? before, Instant? holdUntil)
    {
        if (target.Intent.Booking is { RequiresCalendar: true })
            return RefusalProblems.NothingToBook();
        if (TakesTime(before))
            await ReleaseAsync(target.Id);
        return await StoreAsync(target, WithHold(target.Resource!, holdUntil));
    }

    /// <summary>
    /// An update that brings an Appointment with its own id and names only Slots that are not of this server: a copy of
    /// another system's booking. A create that names an unknown Slot is a mistake and is refused.
    /// </summary>
    private static bool IsForeignCopy(WriteTarget target, BookingRequest request, BookingSnapshot snapshot) =>
        IsBroughtWithItsId(target)
        && request.ScheduleIds.IsEmpty && snapshot.CalendarOwners.IsEmpty
        && !snapshot.Slots.Any(s => request.SlotIds.Contains(s.Id));

    private static bool IsBroughtWithItsId(WriteTarget target) =>
        target.Intent is { Method: WriteMethod.Put, Booking: null };

    /// <summary>A Slot that is named by an identifier or on another server: its time cannot be protected here.</summary>
    private static bool NamesForeignSlot(AppointmentView appointment, BookingRequest request) =>
        appointment.Resource.All("slot").Count() > request.SlotIds.Length;

    /// <summary>The same hold asked for again by its holder: the first one stands.</summary>
    private async ValueTask<StoredResource?> HeldAlreadyAsync(
        BookingRequest request, BookingSnapshot snapshot, Instant now)
    {
        var asked = request.Time ?? SlotSpan(request, snapshot);
        var calendars = AskedCalendars(request, snapshot);
        var held = snapshot.Claims
            .Where(c => c.AppointmentId != request.AppointmentId
                && c.Expires > now && request.Holders.Contains(c.Holder) && c.Time == asked)
            .GroupBy(c => c.AppointmentId)
            .FirstOrDefault(claims => calendars.IsSubsetOf(claims.Select(c => c.Target)));
        return held is null ? null : await session.ReadAsync("Appointment", held.Key);
    }

    /// <summary>Schedules named, by themselves or by their Slots, and owners: what a hold of this request claims.</summary>
    private static HashSet<string> AskedCalendars(BookingRequest request, BookingSnapshot snapshot) =>
    [
        .. request.ScheduleIds.Select(CalendarReference.OfSchedule),
        .. snapshot.Slots.Where(s => request.SlotIds.Contains(s.Id))
            .Select(s => CalendarReference.OfSchedule(s.ScheduleId)),
        .. request.RequiredActors.Where(snapshot.CalendarOwners.Contains),
    ];

    private static TimeRange? SlotSpan(BookingRequest request, BookingSnapshot snapshot)
    {
        var named = snapshot.Slots.Where(s => request.SlotIds.Contains(s.Id)).ToList();
        return named.Count == 0 ? null : new TimeRange(named.Min(s => s.Time.Start), named.Max(s => s.Time.End));
    }

    /// <summary>The calendars, after ending expired holds on them and giving back what the same holder held there.</summary>
    private async ValueTask<BookingSnapshot> SettleAsync(
        BookingRequest request, BookingSnapshot snapshot, Instant now, ComputedBooking computed)
    {
        var asked = request.Time ?? SlotSpan(request, snapshot);
        var taken = snapshot.Schedules.Select(s => CalendarReference.OfSchedule(s.Id))
            .Concat(snapshot.CalendarOwners)
            .ToHashSet();
        var outdated = snapshot.Claims
            .Where(c => c.AppointmentId != request.AppointmentId && taken.Contains(c.Target)
                && asked is { } time && c.Time.Overlaps(time)
                && c.Expires is { } expires && (expires <= now || request.Holders.Contains(c.Holder)))
            .Select(c => c.AppointmentId)
            .Distinct()
            .ToList();
        if (outdated.Count == 0)
            return snapshot;
        foreach (var appointmentId in outdated)
            await EndHoldAsync(appointmentId, request.Holders, now);
        return await WithComputedAsync(request, await session.Booking.SnapshotAsync(request), computed);
    }

    /// <summary>The calendars with the times that their templates open and that are not stored.</summary>
    private async ValueTask<BookingSnapshot> WithComputedAsync(
        BookingRequest request, BookingSnapshot snapshot, ComputedBooking computed)
    {
        var (open, slots) = await computed.AddAsync(snapshot, request);
        _slots.Know(slots);
        return open;
    }

    /// <summary>Ends a hold that has expired or that its holder replaces: time free, Appointment cancelled.</summary>
    /// <remarks>
    /// It was seen without its locks, and a confirmation may have come first: it is looked at again under them, and is
    /// left alone when it is no such hold any more.
    /// </remarks>
    /// <param name="holders">Who replaces holds of their own.</param>
    public async ValueTask EndHoldAsync(string appointmentId, ImmutableArray<string> holders, Instant now)
    {
        var stored = await session.LockAsync("Appointment", appointmentId);
        var snapshot = await session.Booking.AppointmentSnapshotAsync(appointmentId);
        if (snapshot.Claims.FirstOrDefault(c => c.AppointmentId == appointmentId) is not { Expires: { } expires } hold
            || (expires > now && !holders.Contains(hold.Holder)))
            return;
        await ReleaseAsync(appointmentId, snapshot);
        if (stored is not { IsDeleted: false })
            return;
        var before = StoredNodes.Parse(stored);
        var ended = HoldEnd.Apply(before, isExpired: expires <= now);
        await session.PutAsync(services.Prepare(ended), WriteMethod.Put, services.PrepareBefore(stored, before));
    }

    private async ValueTask ReleaseAsync(string appointmentId) =>
        await ReleaseAsync(appointmentId, await session.Booking.AppointmentSnapshotAsync(appointmentId));

    private async ValueTask ReleaseAsync(string appointmentId, BookingSnapshot snapshot)
    {
        await _slots.WriteAsync(BookingRules.Release(appointmentId, snapshot, Moments.Of(session)), snapshot);
        await session.Booking.ReplaceClaimsAsync(appointmentId, [], snapshot.Claims);
    }

    private async ValueTask<Problem?> StoreBookingAsync(
        WriteTarget target, Accepted accepted, BookingSnapshot snapshot, Instant? holdUntil)
    {
        var made = await _slots.WriteAsync(accepted.Slots, snapshot);
        await session.Booking.ReplaceClaimsAsync(target.Id, accepted.Claims, snapshot.Claims);
        var slotIds = ImmutableArray.CreateRange(
            accepted.SlotIds, id => id.StartsWith('#') ? made[int.Parse(id.AsSpan(1))] : id);
        var zone = Zones.Of(snapshot);
        var resource = AppointmentMapping.Apply(target.Resource!, accepted, slotIds, zone);
        if (!target.Intent.IsImport && !slotIds.IsEmpty && await _slots.NodeAsync(slotIds[0]) is { } slot)
            resource = AppointmentMapping.Describe(resource, slot);
        if (target.Intent.Booking is not null)
            resource = AppointmentParticipants.AddActors(resource, snapshot, slotIds, target.Intent.Booking);
        return await StoreAsync(target, WithHold(resource, holdUntil));
    }

    private async ValueTask<Problem?> StoreAsync(WriteTarget target, ElementNode resource)
    {
        if (target.IsSame(resource))
        {
            target.Finish(target.Before, WriteEffect.Unchanged);
            return null;
        }
        var stored = await session.PutAsync(
            services.Prepare(resource), target.Intent.Method, services.PrepareBefore(target.Before));
        target.Finish(stored, target.Exists ? WriteEffect.Updated : WriteEffect.Created);
        return null;
    }

    /// <summary>A new hold from the directive; a hold that lives goes on to its old end.</summary>
    private static Instant? HoldUntil(
        WriteTarget target, AppointmentView? before, AppointmentStatus status, Instant now)
    {
        if (status != AppointmentStatus.Pending)
            return null;
        if (target.Intent.Booking?.HoldSeconds is { } seconds)
            return WholeSecond(now + Duration.FromSeconds(seconds));
        var held = target.Intent.IsImport ? new AppointmentView(target.Resource!).HeldUntil : before?.HeldUntil;
        return held is { } until ? Instant.FromDateTimeOffset(until) : null;
    }

    /// <summary>The end is told to the second, so it falls on one: what is told is what is kept.</summary>
    private static Instant WholeSecond(Instant instant)
    {
        var rest = instant.ToUnixTimeTicks() % NodaConstants.TicksPerSecond;
        return rest == 0 ? instant : instant.PlusTicks(NodaConstants.TicksPerSecond - rest);
    }

    private static ElementNode WithHold(ElementNode appointment, Instant? until)
    {
        var free = WithoutHold(appointment);
        if (until is not { } instant)
            return free;
        var extension = free.New("extension")
            .Set("url", Canonicals.HeldUntil)
            .Set("valueInstant", AppointmentMapping.InstantText(instant, TimeZoneInfo.Utc));
        return free.Append(extension);
    }

    private static ElementNode WithoutHold(ElementNode appointment) => appointment.Replace(
        "extension", [.. appointment.All("extension").Where(e => e.Text("url") != Canonicals.HeldUntil)]);

}

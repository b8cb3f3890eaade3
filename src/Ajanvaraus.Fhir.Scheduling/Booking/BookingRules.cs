using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>Decides on bookings, holds, confirmations and moves, and says what giving up a booking does.</summary>
/// <remarks>
/// <para>Every way in (operations, plain writes, transactions) asks the same function, so the same rules hold.</para>
/// <para>Spans are half-open and exact; a hold counts until its expiry and not a moment longer.</para>
/// </remarks>
public static class BookingRules
{
    /// <summary>Whether the request may have its time, and all that follows if so.</summary>
    /// <returns><see cref="Accepted"/>, or <see cref="Refused"/> with every reason at once.</returns>
    /// <exception cref="ArgumentException">The status asked for does not occupy time.</exception>
    public static BookingDecision Decide(BookingRequest request, BookingSnapshot snapshot, Instant now)
    {
        if (!AppointmentTransitions.Occupies(request.Status))
            throw new ArgumentException($"An appointment that is {request.Status} books nothing.", nameof(request));

        var refusals = new List<Refusal>();
        var scope = BookingScope.Resolve(request, snapshot, now, refusals);
        if (scope is null) return new Refused([.. refusals]);

        var buffers = new BookingBuffers(snapshot.Schedules, snapshot.Claims, snapshot.Journeys);
        var plan = ClaimPlan.Of(scope, request, buffers);
        var superseded = ClaimPlan.Superseded(plan, request, snapshot.Claims, buffers, now);
        var standing = new ClaimStanding(request.AppointmentId, superseded, snapshot.Claims, now);
        BookingConflicts.Find(request, scope, plan, snapshot, standing, refusals);
        if (!buffers.AreNone) BookingConflicts.FindNear(request, scope, plan, standing, buffers, refusals);
        BookingConflicts.FindOtherLengths(request, scope, snapshot, refusals);
        BookingConflicts.FindFull(request, scope, plan, snapshot, standing, refusals);
        if (refusals.Exists(r => !request.Overbooks || !MayBeOverridden(r.Kind))) return new Refused(InOrder(refusals));

        var carving = Carve(request, scope, snapshot, standing);
        if (request.StaysInSlots && !request.Overbooks && Unoffered(scope, carving, snapshot, now) is { } unoffered)
            return new Refused([unoffered]);
        return new Accepted(
            scope.Time, ClaimPlan.Claims(plan, request, standing), carving.Changes, carving.SlotIds, superseded)
        {
            Overridden = [.. refusals],
        };
    }

    /// <summary>Appointments whose hold the request takes over: of its own holder, in its time or in the buffers beside it.</summary>
    public static ImmutableArray<string> HoldsTakenOver(BookingRequest request, BookingSnapshot snapshot, Instant now)
    {
        if (BookingScope.Resolve(request, snapshot, now, []) is not { } scope) return [];
        var buffers = new BookingBuffers(snapshot.Schedules, snapshot.Claims, snapshot.Journeys);
        var plan = ClaimPlan.Of(scope, request, buffers);
        return ClaimPlan.Superseded(plan, request, snapshot.Claims, buffers, now);
    }

    /// <summary>What a cancellation, a release or the end of a hold does to the Slots; all claims of it go.</summary>
    /// <remarks>
    /// Slots become free, fillers go, a full group opens. What another live claim takes stays taken, also when it takes
    /// only a part of a Slot: the Slot is cut there. An absence stays.
    /// </remarks>
    public static ImmutableArray<SlotChange> Release(string appointmentId, BookingSnapshot snapshot, Instant now)
    {
        var standing = new ClaimStanding(appointmentId, [], snapshot.Claims, now);
        var changes = ImmutableArray.CreateBuilder<SlotChange>();
        foreach (var slot in snapshot.Slots)
            if (standing.IsReleased(slot)) changes.AddRange(standing.Free(slot));
        return changes.ToImmutable();
    }

    /// <summary>What the end of an absence does to a Slot that it closed: free, but for what is booked of it by now.</summary>
    /// <remarks>While some services alone were closed, the worker may have been booked for others at its time.</remarks>
    public static ImmutableArray<SlotChange> Reopen(SlotState slot, ImmutableArray<Claim> claims, Instant now)
    {
        var standing = new ClaimStanding("", [], claims, now);
        var taken = slot.Capacity > 1 ? [] : standing.TakenParts(slot, slot.Time);
        if (taken.Count == 0) return [new SlotChange(slot.Id, slot.ScheduleId, slot.Time, SlotStatus.Free)];
        var kept = new SlotChange(slot.Id, slot.ScheduleId, taken[0], SlotStatus.Busy);
        return [kept, .. SlotCut.Around(slot with { Status = SlotStatus.Busy }, taken[0], standing)];
    }

    /// <summary>Time that no Slot covers, or that a Slot covers which opens later.</summary>
    private static Refusal? Unoffered(BookingScope scope, SlotCarving carving, BookingSnapshot snapshot, Instant now)
    {
        if (carving.Unoffered is { } gap) return Refuse(gap.ScheduleId, gap.Time);
        foreach (var slot in snapshot.Slots)
            if (slot.Status == SlotStatus.Free && slot.IsYetToOpen(now) && scope.IsNamed(slot.ScheduleId)
                && slot.Time.Overlaps(scope.Time))
                return Refuse(slot.ScheduleId, slot.Time);
        return null;

        static Refusal Refuse(string scheduleId, TimeRange time) => new(
            RefusalKind.OutsideAvailability, "No slot is open at that time.", CalendarReference.OfSchedule(scheduleId),
            time);
    }

    /// <summary>Taken or closed time, or too much of it; what is malformed or unknown stays so.</summary>
    private static bool MayBeOverridden(RefusalKind kind) =>
        kind is RefusalKind.SlotUnavailable or RefusalKind.OutsideAvailability or RefusalKind.LimitReached
            or RefusalKind.LengthNotGiven;

    private static SlotCarving Carve(
        BookingRequest request, BookingScope scope, BookingSnapshot snapshot, ClaimStanding standing)
    {
        var isTentative = request.HoldUntil is not null || request.Status == AppointmentStatus.Pending;
        var carving = new SlotCarving(standing, isTentative ? SlotStatus.BusyTentative : SlotStatus.Busy);
        foreach (var schedule in scope.Named)
        {
            var group = scope.Groups.GetValueOrDefault(schedule.Id);
            carving.Carve(schedule.Id, group?.Time ?? scope.Time, group, isNamed: true, snapshot.Slots);
        }

        foreach (var schedule in scope.Implied)
            carving.Carve(schedule.Id, scope.OwnerTime, null, isNamed: false, snapshot.Slots);
        carving.FreeRest(snapshot.Slots);
        return carving;
    }

    /// <summary>The same for the same calendars, in whatever order a database tells of them.</summary>
    private static ImmutableArray<Refusal> InOrder(List<Refusal> refusals) =>
    [
        .. refusals.OrderBy(r => r.Kind).ThenBy(r => r.Time?.Start).ThenBy(r => r.Time?.End).ThenBy(r => r.Target, StringComparer.Ordinal),
    ];
}

using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>Finds everything that stands in the way of a plan.</summary>
internal static class BookingConflicts
{
    public static void Find(
        BookingRequest request, BookingScope scope, ImmutableArray<PlannedClaim> plan, BookingSnapshot snapshot,
        ClaimStanding standing, List<Refusal> refusals)
    {
        // A shadow is never alone: the claim on its owner, of the same time, names the obstacle.
        foreach (var planned in plan.Where(p => !CalendarReference.IsShadow(p.Target)))
        {
            // Who shares its time since somebody booked over it keeps it.
            if (request.StandsAlready && standing.Keeps(planned)) continue;
            foreach (var claim in standing.Standing)
                if (planned.MeetsWith(claim)) AddOnce(refusals, claim.Target, claim.Time, "The time is taken.");
        }

        foreach (var group in scope.Groups.Values)
        {
            if (standing.Seat(group) >= group.Capacity && !(request.StandsAlready && standing.HasSeat(group)))
                AddOnce(refusals, CalendarReference.OfSchedule(group.ScheduleId), group.Time, "No seat is left.");
        }

        foreach (var slot in snapshot.Slots)
            if (!IsOwn(slot, request) && Blocks(slot, request, scope, standing) && IsFor(slot, request, scope, snapshot)) Refuse(slot, refusals);
    }

    /// <summary>Bookings that have another time, and between which and this one the buffers of both and the way do not fit.</summary>
    public static void FindNear(
        BookingRequest request, BookingScope scope, ImmutableArray<PlannedClaim> plan, ClaimStanding standing,
        BookingBuffers buffers, List<Refusal> refusals)
    {
        var isTakenElsewhere = Stay.PlaceOf(request.PlacesBefore, scope.Named) != Stay.PlaceOf(request.Places, scope.Named);
        foreach (var planned in plan.Where(p => !CalendarReference.IsShadow(p.Target)))
        {
            var stands = request.StandsAlready && standing.Keeps(planned);
            if (stands && !isTakenElsewhere) continue;
            // Whoever enrols in a group that somebody is in already changes nothing about its time.
            if (planned.Group is { } group && standing.Standing.Any(c => c.Group == group.Id && c.Target == planned.Target)) continue;
            foreach (var claim in standing.Standing)
                // One that stands and is taken elsewhere is asked for its journeys alone.
                if (!ClaimMark.Follows(claim.Group, request.AppointmentId) && !BelongTogether(request, claim)
                    && !planned.MeetsWith(claim) && planned.IsTooNear(claim, buffers)
                    && !(stands && (planned with { Stay = Stay.Anywhere }).IsTooNear(claim, buffers)))
                    AddOnce(refusals, claim.Target, buffers.Around(claim, planned.Stay), "The time is kept free beside a booking.");
        }
    }

    /// <summary>Calendars that give visits of other lengths, to who asks for offered time.</summary>
    /// <remarks>Who opened a Slot said how long it is: it may be booked whole. docs/adr/0023-visit-lengths.md.</remarks>
    public static void FindOtherLengths(
        BookingRequest request, BookingScope scope, BookingSnapshot snapshot, List<Refusal> refusals)
    {
        if (request.StandsAlready || request.FollowsId is not null) return;
        foreach (var schedule in scope.Named.Where(s => !s.Lengths.IsEmpty && !s.Lengths.Contains(scope.Time.Length)))
        {
            var slots = snapshot.Slots.Where(s => s.ScheduleId == schedule.Id).ToList();
            var asksForOffered = request.StaysInSlots || slots.Exists(s => request.SlotIds.Contains(s.Id));
            if (asksForOffered && !scope.Groups.ContainsKey(schedule.Id) && !slots.Exists(s => s.Time == scope.Time))
                refusals.Add(new Refusal(
                    RefusalKind.LengthNotGiven, "The calendar gives visits of other lengths.",
                    CalendarReference.OfSchedule(schedule.Id), scope.Time));
        }
    }

    /// <summary>Days and weeks of the calendars named in which no further booking may begin.</summary>
    public static void FindFull(
        BookingRequest request, BookingScope scope, ImmutableArray<PlannedClaim> plan, BookingSnapshot snapshot,
        ClaimStanding standing, List<Refusal> refusals)
    {
        if (request.FollowsId is not null) return;
        foreach (var schedule in scope.Named.Where(s => !s.Limits.AreNone))
        {
            var planned = plan.First(p => CalendarReference.IsSchedule(p.Target, schedule.Id));
            if (request.StandsAlready && standing.Keeps(planned)) continue;
            var live = snapshot.Counted.Where(c => !standing.HasEnded(c)).ToLookup(standing.IsReleased);
            if (new BookingCount(schedule, live[false], live[true]).FullFor(planned.Time.Start, planned.Group?.Id) is { } full)
                refusals.Add(new Refusal(
                    RefusalKind.LimitReached, "The calendar has as many bookings then as it may have.", planned.Target, full));
        }
    }

    /// <summary>A meeting, its journeys and its documentation follow each other without a break.</summary>
    private static bool BelongTogether(BookingRequest request, Claim claim) =>
        request.FollowsId is { } meeting
        && (claim.AppointmentId == meeting || ClaimMark.Follows(claim.Group, meeting));

    /// <summary>Whether what is closed for some services is closed for this booking.</summary>
    /// <remarks>Where the Appointment does not say it, those of its calendars do that the closing is about.</remarks>
    private static bool IsFor(SlotState slot, BookingRequest request, BookingScope scope, BookingSnapshot snapshot)
    {
        if (!slot.ClosesServiceOnly) return true;
        var owners = snapshot.Schedules.Where(s => s.Id == slot.ScheduleId).SelectMany(s => s.Actors)
            .Where(a => ClaimTargets.IsClaimed(a, snapshot.CalendarOwners)).ToHashSet();
        var concerned = scope.Named.Where(s => s.Id == slot.ScheduleId || s.Actors.Any(owners.Contains)).ToList();
        var parts = snapshot.Slots.Where(s => request.SlotIds.Contains(s.Id) && s.Time.Overlaps(slot.Time)
            && concerned.Exists(c => c.Id == s.ScheduleId)).ToList();
        return parts.Count == 0
            ? slot.Closes(request.Services, [.. concerned.SelectMany(s => s.Services)])
            : parts.Exists(part => slot.Closes(
                request.Services, part.Services, concerned.First(c => c.Id == part.ScheduleId).Services));
    }

    /// <summary>What stands keeps its Slots, whoever else has booked over them, and an absence that came later.</summary>
    private static bool IsOwn(SlotState slot, BookingRequest request) => request.StandsAlready
        && (slot.Status == SlotStatus.BusyUnavailable || request.SlotIds.Contains(slot.Id));

    /// <summary>Nobody has taken the time of an absence: it is outside what is offered, as a closed day is.</summary>
    private static void Refuse(SlotState slot, List<Refusal> refusals)
    {
        var target = CalendarReference.OfSchedule(slot.ScheduleId);
        if (slot.Status == SlotStatus.BusyUnavailable)
            refusals.Add(new Refusal(RefusalKind.OutsideAvailability, "The slot is not free.", target, slot.Time));
        else
            AddOnce(refusals, target, slot.Time, "The slot is not free.");
    }

    private static bool Blocks(SlotState slot, BookingRequest request, BookingScope scope, ClaimStanding standing)
    {
        if (slot.Status is SlotStatus.Free or SlotStatus.EnteredInError) return false;
        if (!scope.IsNamed(slot.ScheduleId))
        {
            return scope.IsImplied(slot.ScheduleId) && slot.Time.Overlaps(scope.OwnerTime)
                && standing.IsAbsence(slot);
        }

        var group = scope.Groups.GetValueOrDefault(slot.ScheduleId);
        if (!slot.Time.Overlaps(group?.Time ?? scope.Time)) return false;
        if (slot.Id == group?.Id) return !IsOpen(slot, standing, standing);
        return slot.IsClosedByAbsence ? request.SlotIds.Contains(slot.Id) : standing.IsUnexplained(slot);
    }

    /// <summary>A full group is busy; it opens when a seat gives way. One closed by hand has no such claims.</summary>
    /// <param name="seats">How the claims on seats of the Slot stand.</param>
    /// <param name="standing">How all claims on its Schedule stand.</param>
    internal static bool IsOpen(SlotState slot, ClaimStanding seats, ClaimStanding standing) =>
        slot.Status switch
        {
            SlotStatus.Free => true,
            SlotStatus.Busy or SlotStatus.BusyTentative => seats.HasSeats(slot) || standing.IsVacated(slot),
            _ => false,
        }
        && seats.Seat(slot) < slot.Capacity;

    private static void AddOnce(List<Refusal> refusals, string target, TimeRange time, string text)
    {
        // A claim and the busy Slot under it are one obstacle.
        if (!refusals.Exists(r => r.Kind == RefusalKind.SlotUnavailable && r.Target == target && r.Time == time))
            refusals.Add(new Refusal(RefusalKind.SlotUnavailable, text, target, time));
    }
}

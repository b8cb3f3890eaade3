using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>One span that a request would claim.</summary>
/// <param name="Group">The Slot whose seats are shared; null when the span is not shared.</param>
/// <param name="Buffers">What the booking keeps beside it on this target.</param>
/// <param name="Stay">Where a professional is for it.</param>
internal sealed record PlannedClaim(string Target, TimeRange Time, SlotState? Group, Buffers Buffers, Stay Stay)
{
    /// <summary>Whether a claim of another on the same target stands in the way: touching spans do not.</summary>
    public bool MeetsWith(Claim other) =>
        other.Target == Target && other.Time.Overlaps(Time) && (Group is null || other.Group != Group.Id);

    /// <summary>Whether the claim of another is nearer than the buffers of both, and the way between them, allow.</summary>
    public bool IsTooNear(Claim other, BookingBuffers buffers) =>
        other.Target == Target && (Group is null || other.Group != Group.Id)
        && buffers.Around(other, Stay).Overlaps(Buffers.Around(Time));
}

/// <summary>All that a request would claim, target by target.</summary>
internal static class ClaimPlan
{
    /// <remarks>
    /// Schedules named and owners are taken. On another Schedule of an owner there is only a shadow, for its Slots: its
    /// other owners stay bookable.
    /// A seat in a group takes the whole of its Slot; owners and further calendars that take part share the same group,
    /// so that each client of one meeting meets the same professional in the same room.
    /// </remarks>
    /// <param name="scope">The calendars and the time.</param>
    /// <param name="request">What belongs to a meeting keeps no buffers of its own, and is nowhere by itself.</param>
    /// <param name="buffers">For the journeys that are booked already.</param>
    public static ImmutableArray<PlannedClaim> Of(BookingScope scope, BookingRequest request, BookingBuffers buffers)
    {
        var keepsNone = request.FollowsId is not null;
        var place = Stay.PlaceOf(request.Places, scope.Named);
        var main = scope.Main;
        var plan = ImmutableArray.CreateBuilder<PlannedClaim>();
        foreach (var schedule in scope.Named)
        {
            var group = scope.Groups.GetValueOrDefault(schedule.Id);
            plan.Add(new PlannedClaim(
                CalendarReference.OfSchedule(schedule.Id), group?.Time ?? scope.Time, group ?? main,
                keepsNone ? Buffers.None : schedule.Buffers, Stay.Anywhere));
        }

        foreach (var schedule in scope.Implied)
            foreach (var owner in scope.Owners)
                if (schedule.Actors.Contains(owner))
                    plan.Add(new PlannedClaim(
                        CalendarReference.Via(schedule.Id, owner), scope.OwnerTime, main, Buffers.None, Stay.Anywhere));

        foreach (var owner in scope.Owners)
        {
            var kept = keepsNone ? Buffers.None : BookingBuffers.OfOwner(owner, scope.Named);
            var stay = keepsNone ? Stay.Anywhere : buffers.WithWays(
                StayOf(owner, place, scope, request), owner, request.AppointmentId, scope.OwnerTime);
            plan.Add(new PlannedClaim(owner, scope.OwnerTime, main, kept, stay));
        }

        return plan.ToImmutable();
    }

    /// <remarks>Of a seat in a group only the Slot is told by its claim: the group is where the professional's calendar is.</remarks>
    private static Stay StayOf(string owner, string? place, BookingScope scope, BookingRequest request) =>
        Stay.Of(owner, scope.Main is null ? place : null, scope.Named) with
        {
            HasJourneyTo = request.Journeys.Any(j => j.IsBefore && j.IsFor(owner, scope.Owners)),
            HasJourneyFrom = request.Journeys.Any(j => !j.IsBefore && j.IsFor(owner, scope.Owners)),
        };

    public static ImmutableArray<string> Superseded(
        ImmutableArray<PlannedClaim> plan, BookingRequest request, ImmutableArray<Claim> claims, BookingBuffers buffers,
        Instant now)
    {
        var superseded = ImmutableArray.CreateBuilder<string>();
        foreach (var claim in claims)
        {
            if (claim.AppointmentId == request.AppointmentId || ClaimStanding.HasEnded(claim, now)) continue;
            if (!ClaimStanding.IsHeldBy(claim, request.Holders) || superseded.Contains(claim.AppointmentId)) continue;
            if (plan.Any(p => p.Target == claim.Target && p.Buffers.Around(p.Time).Overlaps(buffers.Around(claim, p.Stay))))
                superseded.Add(claim.AppointmentId);
        }

        return superseded.ToImmutable();
    }

    public static ImmutableArray<Claim> Claims(
        ImmutableArray<PlannedClaim> plan, BookingRequest request, ClaimStanding standing)
    {
        var following = request.FollowsId is not { } meeting ? null
            : request.IsJourney ? ClaimMark.JourneyOf(meeting) : ClaimMark.Following(meeting);
        var holder = request.HoldUntil is null || request.Holders.IsEmpty ? "" : request.Holders[0];
        return [.. plan.Select(p => new Claim(
            p.Target, p.Group is null ? standing.Place(p) : standing.Seat(p.Group), p.Time, request.AppointmentId,
            p.Group?.Id ?? following ?? ClaimMark.OfPlace(p.Stay.Said), request.HoldUntil, holder))];
    }
}

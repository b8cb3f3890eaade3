using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>The calendars that a request touches, read at one moment under their locks.</summary>
/// <remarks>
/// Slots and claims, shadows included, that overlap the asked time; also the Slots named, the claims of the
/// Appointment, and for a move or a release the Slots under those claims with the other claims on them.
/// Holds that have ended may still be among them.
/// </remarks>
public sealed record BookingSnapshot(
    ImmutableArray<ScheduleState> Schedules,
    ImmutableArray<SlotState> Slots,
    ImmutableArray<Claim> Claims)
{
    /// <summary>Owners among the asked actors that have a Schedule here.</summary>
    public ImmutableHashSet<string> CalendarOwners { get; init; } = [];

    /// <summary>Claims on the calendars that have limits, of whole weeks around the asked time.</summary>
    public ImmutableArray<Claim> Counted { get; init; } = [];

    /// <summary>Between the places of the calendars and of the bookings.</summary>
    public Journeys Journeys { get; init; } = Journeys.None;

    /// <summary>The time that is asked for: as given, or from the first Slot named to the last; null: neither.</summary>
    public TimeRange? TimeOf(BookingRequest request)
    {
        var named = Slots.Where(s => request.SlotIds.Contains(s.Id)).ToList();
        return request.Time ?? (named.Count == 0
            ? null
            : new TimeRange(named.Min(s => s.Time.Start), named.Max(s => s.Time.End)));
    }

    /// <summary>Ids of the Schedules that are asked for by themselves or by their Slots.</summary>
    public ImmutableArray<string> SchedulesNamedBy(BookingRequest request) =>
    [
        .. request.ScheduleIds
            .Concat(Slots.Where(s => request.SlotIds.Contains(s.Id)).Select(s => s.ScheduleId))
            .Distinct(),
    ];
}

using Ajanvaraus.Fhir.Scheduling.Slots;

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
}

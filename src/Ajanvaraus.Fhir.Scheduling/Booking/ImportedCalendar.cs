using Ajanvaraus.Fhir.Scheduling.Slots;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>Calendars that an import has brought, as they were before the Appointment that it brings after them.</summary>
public static class ImportedCalendar
{
    /// <summary>A busy Slot that no claim explains is free for its Appointment; calendars since closed are open.</summary>
    /// <remarks>
    /// Slots come busy from where they were booked, before the Appointments that made them so. What protects a time is
    /// the claim, which stays; busy-unavailable stays an absence, because bookings never make it.
    /// </remarks>
    public static BookingSnapshot AsItWas(BookingSnapshot snapshot) => snapshot with
    {
        Schedules = [.. snapshot.Schedules.Select(s => s with { IsActive = true, Horizon = null })],
        Slots =
        [
            .. snapshot.Slots.Select(s => s.Status is SlotStatus.Busy or SlotStatus.BusyTentative
                && !snapshot.Claims.Any(c => ClaimStanding.Covers(c, s))
                    ? s with { Status = SlotStatus.Free }
                    : s),
        ],
    };
}

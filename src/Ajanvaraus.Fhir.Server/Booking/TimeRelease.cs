using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Gives back the time that an Appointment has: its Slots and its claims.</summary>
internal sealed class TimeRelease(WriteSession session, SlotWriter slots)
{
    public async ValueTask ReleaseAsync(string appointmentId) =>
        await ReleaseAsync(appointmentId, await session.Booking.AppointmentSnapshotAsync(appointmentId));

    public async ValueTask ReleaseAsync(string appointmentId, BookingSnapshot snapshot)
    {
        await slots.WriteAsync(BookingRules.Release(appointmentId, snapshot, Moments.Of(session)), snapshot);
        await session.Booking.ReplaceClaimsAsync(appointmentId, [], snapshot.Claims);
    }
}

using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Gives back the time that an Appointment has: its Slots and its claims.</summary>
internal sealed class TimeRelease(WriteSession session, SlotWriter slots)
{
    /// <returns>False for a copy of another system's booking: it had no time here.</returns>
    public async ValueTask<bool> ReleaseAsync(string appointmentId)
    {
        var snapshot = await session.Booking.AppointmentSnapshotAsync(appointmentId);
        await ReleaseAsync(appointmentId, snapshot);
        return snapshot.Claims.Any(claim => claim.AppointmentId == appointmentId);
    }

    public async ValueTask ReleaseAsync(string appointmentId, BookingSnapshot snapshot)
    {
        await slots.WriteAsync(BookingRules.Release(appointmentId, snapshot, Moments.Of(session)), snapshot);
        await session.Booking.ReplaceClaimsAsync(appointmentId, [], snapshot.Claims);
    }
}

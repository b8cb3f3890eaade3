using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Gives back the time that an Appointment has: its Slots and its claims.</summary>
internal sealed class TimeRelease(WriteSession session, SlotWriter slots, ShownSlots shown)
{
    /// <returns>False for a copy of another system's booking: it had no time here.</returns>
    public async ValueTask<bool> ReleaseAsync(string appointmentId)
    {
        var snapshot = await SnapshotAsync(appointmentId);
        await ReleaseAsync(appointmentId, snapshot);
        return snapshot.Claims.Any(claim => claim.AppointmentId == appointmentId);
    }

    /// <summary>What an Appointment has, and the Slots as far around it as it may have closed.</summary>
    public ValueTask<BookingSnapshot> SnapshotAsync(string appointmentId) =>
        session.Booking.AppointmentSnapshotAsync(appointmentId, ShownSlots.Farthest);

    public async ValueTask ReleaseAsync(string appointmentId, BookingSnapshot snapshot)
    {
        await slots.WriteAsync(BookingRules.Release(appointmentId, snapshot, Moments.Of(session)), snapshot);
        await session.Booking.ReplaceClaimsAsync(appointmentId, [], snapshot.Claims);
        if (snapshot.Slots.Any(s => s.IsClosed))
            await shown.ShowAsync([.. snapshot.Claims.Where(c => c.AppointmentId == appointmentId)]);
    }
}

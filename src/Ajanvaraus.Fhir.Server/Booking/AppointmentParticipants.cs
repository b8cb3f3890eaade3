using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Scheduling.Booking;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Whom an operation's Appointment involves beside those that the caller named.</summary>
internal static class AppointmentParticipants
{
    /// <summary>Adds the actors of the booked calendars, so that the booking is found in their calendars.</summary>
    public static ElementNode AddActors(
        ElementNode appointment, BookingSnapshot snapshot, ImmutableArray<string> slotIds,
        ImmutableArray<string> scheduleIds)
    {
        var schedules = snapshot.Slots.Where(s => slotIds.Contains(s.Id)).Select(s => s.ScheduleId)
            .Concat(scheduleIds)
            .ToHashSet();
        var named = new AppointmentView(appointment).Participants.Select(p => p.Actor).ToHashSet();
        foreach (var actor in snapshot.Schedules.Where(s => schedules.Contains(s.Id)).SelectMany(s => s.Actors))
        {
            if (!named.Add(actor))
                continue;
            var participant = appointment.New("participant");
            participant = participant
                .Append(participant.New("actor").Set("reference", actor))
                .Set("status", "accepted");
            appointment = appointment.Append(participant);
        }
        return appointment;
    }
}

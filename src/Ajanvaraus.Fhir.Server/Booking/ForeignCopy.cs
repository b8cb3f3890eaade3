using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Appointments that were booked elsewhere: here they protect no time.</summary>
/// <remarks>Source: docs/scheduling-rules.md, Copies of other systems.</remarks>
internal static class ForeignCopy
{
    public static bool NamesNoCalendar(BookingRequest request) =>
        request.SlotIds.IsEmpty && request.ScheduleIds.IsEmpty && request.RequiredActors.IsEmpty;

    /// <summary>
    /// An update that brings an Appointment with its own id and names only Slots that are not of this server: a copy of
    /// another system's booking. A create that names an unknown Slot is a mistake and is refused.
    /// </summary>
    public static bool Is(WriteTarget target, BookingRequest request, BookingSnapshot snapshot) =>
        IsBroughtWithItsId(target)
        && request.ScheduleIds.IsEmpty && snapshot.CalendarOwners.IsEmpty
        && !snapshot.Slots.Any(s => request.SlotIds.Contains(s.Id));

    public static bool IsBroughtWithItsId(WriteTarget target) =>
        target.Intent is { Method: WriteMethod.Put, Booking: null };

    /// <summary>A Slot that is named by an identifier or on another server: its time cannot be protected here.</summary>
    public static bool NamesSlot(AppointmentView appointment, BookingRequest request) =>
        appointment.Resource.All("slot").Count() > request.SlotIds.Length;
}

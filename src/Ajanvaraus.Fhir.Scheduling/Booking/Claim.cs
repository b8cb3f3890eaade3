using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>A span that an Appointment occupies of one calendar owner.</summary>
/// <param name="Target">
/// What is taken: a Schedule, Practitioner, Location or Device, as <c>Schedule/a</c>; or an owner's shadow on another
/// Schedule of theirs (<see cref="CalendarReference"/>).
/// </param>
/// <param name="Seat">0 for the only or first seat; a group Slot of capacity n has seats 0 to n-1.</param>
/// <param name="Group">
/// Id of the Slot whose seats are shared. When the span is not shared: the meeting that it belongs to, the place where it
/// is, or empty (<see cref="ClaimMark"/>).
/// </param>
/// <param name="Expires">End of a hold; null when it does not end by itself.</param>
/// <param name="Holder">Who holds: the principal or, without tokens, the patient; empty for a booking.</param>
public sealed record Claim(
    string Target, int Seat, TimeRange Time, string AppointmentId, string Group, Instant? Expires, string Holder)
{
    /// <summary>Where its booking takes place, as <c>Location/a</c>, when that is not where its calendars are; else null.</summary>
    public string? Place => ClaimMark.PlaceOf(Group);
}

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>Codes of <c>http://hl7.org/fhir/appointmentstatus</c>; the numbers are stored.</summary>
public enum AppointmentStatus
{
    Proposed = 0,
    Pending = 1,
    Booked = 2,
    Arrived = 3,
    Fulfilled = 4,
    Cancelled = 5,
    NoShow = 6,
    EnteredInError = 7,
    CheckedIn = 8,
    Waitlist = 9,
}

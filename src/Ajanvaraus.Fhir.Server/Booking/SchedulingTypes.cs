namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>The resource types whose writes pass the booking rules.</summary>
internal static class SchedulingTypes
{
    public static bool Contains(string type) => type is "Appointment" or "Slot" or "Schedule";
}

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>Reads and writes the relative references by which calendars and their owners are named.</summary>
internal static class CalendarReference
{
    private const string SchedulePrefix = "Schedule/";

    private static readonly string[] OwnerPrefixes = ["Practitioner/", "Device/", "Location/"];

    public static string OfSchedule(string scheduleId) => SchedulePrefix + scheduleId;

    /// <summary>Whether the reference names exactly this Schedule, told without making a string.</summary>
    public static bool IsSchedule(string reference, string scheduleId) =>
        reference.Length == SchedulePrefix.Length + scheduleId.Length
        && reference.StartsWith(SchedulePrefix, StringComparison.Ordinal)
        && reference.EndsWith(scheduleId, StringComparison.Ordinal);

    /// <summary>A PractitionerRole stands for its Practitioner; a HealthcareService is never taken.</summary>
    public static bool IsOwnerType(string reference)
    {
        foreach (var prefix in OwnerPrefixes)
            if (reference.StartsWith(prefix, StringComparison.Ordinal)) return true;
        return false;
    }
}

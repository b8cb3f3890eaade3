namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>Reads and writes the texts by which calendars, their owners and the targets of claims are named.</summary>
/// <remarks>
/// A target is <c>Schedule/x</c>, an owner such as <c>Practitioner/a</c>, or <c>Schedule/x/via/Practitioner/a</c>: the
/// shadow that a booking of the owner elsewhere casts on a Schedule that it does not name. Two shadows on one Schedule
/// meet only when they are of the same owner. A logical id has no slash, so the parts are always told apart.
/// </remarks>
public static class CalendarReference
{
    private const string SchedulePrefix = "Schedule/";
    private const string ViaOwner = "/via/";

    private static readonly string[] OwnerPrefixes = ["Practitioner/", "Device/", "Location/"];

    public static string OfSchedule(string scheduleId) => SchedulePrefix + scheduleId;

    /// <summary>The shadow of an owner on a Schedule.</summary>
    /// <param name="owner">As a reference: <c>Practitioner/a</c>.</param>
    public static string Via(string scheduleId, string owner) => SchedulePrefix + scheduleId + ViaOwner + owner;

    /// <summary>The id of the Schedule of a target, named or shadowed; null for an owner.</summary>
    public static string? ScheduleIdOf(string target)
    {
        if (!target.StartsWith(SchedulePrefix, StringComparison.Ordinal)) return null;
        var end = target.IndexOf('/', SchedulePrefix.Length);
        return end < 0 ? target[SchedulePrefix.Length..] : target[SchedulePrefix.Length..end];
    }

    /// <summary>A PractitionerRole stands for its Practitioner; a HealthcareService is never taken.</summary>
    public static bool IsOwnerType(string reference)
    {
        foreach (var prefix in OwnerPrefixes)
            if (reference.StartsWith(prefix, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>Whether the target is exactly this Schedule, told without making a string.</summary>
    internal static bool IsSchedule(string target, string scheduleId) =>
        target.Length == SchedulePrefix.Length + scheduleId.Length && IsOfSchedule(target, scheduleId);

    /// <summary>Whether the target is this Schedule or a shadow on it, told without making a string.</summary>
    public static bool IsOfSchedule(string target, string scheduleId)
    {
        var length = SchedulePrefix.Length + scheduleId.Length;
        return target.StartsWith(SchedulePrefix, StringComparison.Ordinal)
            && target.AsSpan(SchedulePrefix.Length).StartsWith(scheduleId, StringComparison.Ordinal)
            && (target.Length == length || target[length] == '/');
    }

    internal static bool IsShadow(string target) =>
        target.StartsWith(SchedulePrefix, StringComparison.Ordinal) && target.IndexOf('/', SchedulePrefix.Length) >= 0;
}

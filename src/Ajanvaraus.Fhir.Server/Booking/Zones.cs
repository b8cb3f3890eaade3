using System.Collections.Concurrent;

using Ajanvaraus.Fhir.Scheduling.Booking;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Time zones of calendars, in which their times are written.</summary>
internal static class Zones
{
    public const string DefaultId = "Europe/Helsinki";

    public static readonly TimeZoneInfo Default = TimeZoneInfo.FindSystemTimeZoneById(DefaultId);

    private static readonly ConcurrentDictionary<string, TimeZoneInfo> Known = new();

    /// <summary>The zone of that name; the default one when it is unknown.</summary>
    public static TimeZoneInfo Of(string id) =>
        id == DefaultId ? Default : Known.GetOrAdd(id, static name =>
            TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : Default);

    /// <summary>The zone of the Schedule, or of the first one.</summary>
    public static TimeZoneInfo Of(BookingSnapshot snapshot, string? scheduleId = null)
    {
        foreach (var schedule in snapshot.Schedules)
            if (scheduleId is null || schedule.Id == scheduleId)
                return Of(schedule.ZoneId);
        return Default;
    }
}

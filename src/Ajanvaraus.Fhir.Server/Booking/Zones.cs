using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Booking;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Time zones of calendars, in which their times are written.</summary>
internal static class Zones
{
    public const string DefaultId = TimeZones.DefaultId;

    public static ZoneRules Default => TimeZones.Default;

    /// <summary>The zone of that name; the default one when it is unknown.</summary>
    public static ZoneRules Of(string id) => TimeZones.Find(id) ?? Default;

    /// <summary>The zone of the Schedule, or of the first one.</summary>
    public static ZoneRules Of(BookingSnapshot snapshot, string? scheduleId = null)
    {
        foreach (var schedule in snapshot.Schedules)
            if (scheduleId is null || schedule.Id == scheduleId)
                return Of(schedule.ZoneId);
        return Default;
    }
}

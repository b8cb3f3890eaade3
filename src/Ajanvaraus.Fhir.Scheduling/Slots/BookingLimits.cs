using System.Runtime.InteropServices;

using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>How many bookings of a calendar may begin on one local day, and in one week from Monday to Sunday.</summary>
/// <remarks>Null: any number; otherwise at least 1.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BookingLimits(int? PerDay, int? PerWeek)
{
    public static readonly BookingLimits None = default;

    public bool AreNone => PerDay is null && PerWeek is null;

    /// <summary>The smaller of each.</summary>
    public static BookingLimits Stricter(BookingLimits one, BookingLimits other) =>
        new(Smaller(one.PerDay, other.PerDay), Smaller(one.PerWeek, other.PerWeek));

    /// <summary>The weeks around a time whose bookings tell whether calendars are full then; null: none of them has limits.</summary>
    public static TimeRange? WeeksAround(TimeRange time, IEnumerable<ScheduleState> schedules)
    {
        TimeRange? around = null;
        foreach (var zoneId in schedules.Where(s => !s.Limits.AreNone).Select(s => s.ZoneId).Distinct())
        {
            var weeks = LocalDays.WeeksAround(time, CalendarZone.Of(zoneId));
            around = around is { } known
                ? new TimeRange(Instant.Min(known.Start, weeks.Start), Instant.Max(known.End, weeks.End))
                : weeks;
        }

        return around;
    }

    private static int? Smaller(int? one, int? other) =>
        one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;
}

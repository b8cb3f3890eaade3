namespace Ajanvaraus.Fhir.Scheduling.Reminders;

/// <summary>Hours of the night in which nobody is reminded.</summary>
/// <param name="From">Hour of the evening, 0 to 23.</param>
/// <param name="Until">Hour of the morning; the same hour: there are none.</param>
public sealed record QuietHours(int From, int Until)
{
    public static readonly QuietHours None = new(0, 0);

    public bool Contains(LocalTime time) => From <= Until
        ? time.Hour >= From && time.Hour < Until
        : time.Hour >= From || time.Hour < Until;
}

/// <summary>When somebody is reminded of a booking.</summary>
/// <remarks>Source: docs/scheduling-rules.md, Reminders.</remarks>
public static class ReminderTimes
{
    /// <summary>A reminder that waits for the morning leaves so much time at least.</summary>
    private static readonly Duration LeastNotice = Duration.FromHours(1);

    /// <summary>The moments at which a booking is reminded of, the first one first.</summary>
    /// <param name="start">Of the booking.</param>
    /// <param name="befores">How long before it; whole days count by the calendar of the zone, also when the clock is put forward or back.</param>
    /// <param name="quiet">By the clock of the zone.</param>
    /// <param name="zone">Of the booking.</param>
    /// <param name="agreed">When its time was agreed: what had been due by then is not told any more.</param>
    public static ImmutableArray<Instant> Of(
        Instant start, IEnumerable<Duration> befores, QuietHours quiet, DateTimeZone zone, Instant agreed) =>
    [
        .. befores.Where(before => before > Duration.Zero)
            .Select(before => Waking(Before(start, before, zone), start, quiet, zone))
            .Where(due => due > agreed && due < start).Distinct().Order(),
    ];

    private static Instant Before(Instant start, Duration before, DateTimeZone zone) =>
        before == Duration.FromDays(before.Days)
            ? (start.InZone(zone).LocalDateTime - Period.FromDays(before.Days)).InZoneLeniently(zone).ToInstant()
            : start - before;

    /// <summary>In the night: when the morning comes, or the evening before when that would be too late.</summary>
    private static Instant Waking(Instant due, Instant start, QuietHours quiet, DateTimeZone zone)
    {
        var local = due.InZone(zone).LocalDateTime;
        if (!quiet.Contains(local.TimeOfDay))
            return due;
        var isEvening = quiet.From > quiet.Until && local.Hour >= quiet.From;
        var morning = (isEvening ? local.Date.PlusDays(1) : local.Date).At(new LocalTime(quiet.Until, 0)).InZoneLeniently(zone).ToInstant();
        if (start - morning >= LeastNotice)
            return morning;
        var evening = isEvening || quiet.From < quiet.Until ? local.Date : local.Date.PlusDays(-1);
        return evening.At(new LocalTime(quiet.From, 0)).InZoneLeniently(zone).ToInstant();
    }
}

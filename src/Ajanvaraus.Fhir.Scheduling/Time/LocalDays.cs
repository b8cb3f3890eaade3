namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>The local days and weeks of a zone as spans of time: a day has 23 to 25 hours, a week begins on Monday.</summary>
/// <remarks>Each moment is in one day and one week. Those of the last week of time are in the day and week before it.</remarks>
internal static class LocalDays
{
    private static readonly Duration Edge = Duration.FromDays(15);

    public static TimeRange DayOf(Instant moment, DateTimeZone zone) => From(DateOf(moment, zone), 1, zone);

    /// <summary>As ISO 8601 has weeks, so that one may begin in the old year.</summary>
    public static TimeRange WeekOf(Instant moment, DateTimeZone zone) =>
        From(DateOf(moment, zone).With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday)), 7, zone);

    /// <summary>Whole weeks around a time, from the Monday of its start to the Sunday of its end.</summary>
    public static TimeRange WeeksAround(TimeRange time, DateTimeZone zone) =>
        new(WeekOf(time.Start, zone).Start, WeekOf(time.End, zone).End);

    private static LocalDate DateOf(Instant moment, DateTimeZone zone)
    {
        var known = Instant.Max(Instant.MinValue + Edge, Instant.Min(moment, Instant.MaxValue - Edge));
        var date = known.InZone(zone).Date;
        // Where clocks go back over midnight, the day that has begun is not gone back from.
        return zone.AtStartOfDay(date.PlusDays(1)).ToInstant() <= known ? date.PlusDays(1) : date;
    }

    private static TimeRange From(LocalDate first, int days, DateTimeZone zone) =>
        new(zone.AtStartOfDay(first).ToInstant(), zone.AtStartOfDay(first.PlusDays(days)).ToInstant());
}

namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>Times that come again at the same local hour, also across a change of clocks.</summary>
/// <param name="Count">How many, the first included; 1 or more.</param>
/// <param name="StepDays">Days from one to the next: 7 for weekly.</param>
public sealed record Series(int Count, int StepDays)
{
    /// <summary>How long after the first the last one may begin.</summary>
    public Duration Reach => Duration.FromDays((Count - 1) * StepDays) + Duration.FromHours(1);

    /// <summary>All times in order, each as long as the first.</summary>
    /// <returns>Null when one falls in the hour that a spring day lacks: there is no such time.</returns>
    /// <remarks>An hour that occurs twice in autumn means the earlier, unless the first is of the later one.</remarks>
    public IReadOnlyList<TimeRange>? Occurrences(TimeRange first, DateTimeZone zone)
    {
        var local = first.Start.InZone(zone).LocalDateTime;
        var times = new List<TimeRange>(Count) { first };
        for (var n = 1; n < Count; n++)
        {
            var mapping = zone.MapLocal(local.PlusDays(n * StepDays));
            if (mapping.Count == 0) return null;
            var start = mapping.First().ToInstant();
            times.Add(new TimeRange(start, start + first.Length));
        }

        return times;
    }
}

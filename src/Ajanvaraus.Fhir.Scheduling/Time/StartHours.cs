namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>On which local days and in which hours of the day a time may start.</summary>
/// <param name="Days">Empty: any.</param>
/// <param name="Spans">Half-open spans of the local day; empty: any hour.</param>
public sealed record StartHours(ImmutableHashSet<IsoDayOfWeek> Days, ImmutableArray<(LocalTime From, LocalTime To)> Spans)
{
    public bool Include(LocalDateTime start)
    {
        if (!Days.IsEmpty && !Days.Contains(start.DayOfWeek)) return false;
        if (Spans.IsEmpty) return true;
        foreach (var (from, to) in Spans)
            if (start.TimeOfDay >= from && (start.TimeOfDay < to || to == LocalTime.Midnight)) return true;
        return false;
    }
}

namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>Sets of spans: union and what a union leaves open.</summary>
internal static class TimeSpans
{
    /// <summary>The union as disjoint runs in order of time; spans that touch are joined.</summary>
    public static List<TimeRange> Merge(IEnumerable<TimeRange> spans)
    {
        var sorted = new List<TimeRange>(spans);
        sorted.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        var runs = new List<TimeRange>(sorted.Count);
        foreach (var span in sorted)
        {
            if (runs.Count > 0 && span.Start <= runs[^1].End)
                runs[^1] = new TimeRange(runs[^1].Start, Instant.Max(runs[^1].End, span.End));
            else
                runs.Add(span);
        }

        return runs;
    }

    /// <summary>The parts of <paramref name="whole"/> that no run of <see cref="Merge"/> covers.</summary>
    public static IEnumerable<TimeRange> Gaps(TimeRange whole, List<TimeRange> runs)
    {
        var from = whole.Start;
        foreach (var run in runs)
        {
            if (run.Start > from) yield return new TimeRange(from, Instant.Min(run.Start, whole.End));
            from = Instant.Max(from, run.End);
            if (from >= whole.End) yield break;
        }

        if (from < whole.End) yield return new TimeRange(from, whole.End);
    }
}

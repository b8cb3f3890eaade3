namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>A union of spans, kept as disjoint runs in order, so that a question costs one binary search.</summary>
internal sealed class SpanSet
{
    private readonly List<TickSpan> _runs = [];

    /// <summary>Sorts <paramref name="spans"/> in place; spans that touch make one run.</summary>
    public SpanSet(List<TickSpan> spans)
    {
        if (!IsInOrder(spans)) spans.Sort();
        foreach (var span in spans) Append(span);
    }

    private SpanSet()
    {
    }

    /// <param name="items">In order of their spans.</param>
    /// <param name="spanOf">The span of one.</param>
    public static SpanSet OfOrdered<T>(List<T> items, Func<T, TickSpan> spanOf)
    {
        var set = new SpanSet();
        foreach (var item in items) set.Append(spanOf(item));
        return set;
    }

    /// <summary>Whether one run holds all of the span.</summary>
    public bool Covers(TickSpan span) =>
        LastStartingBefore(span.Start + 1) is >= 0 and var at && _runs[at].End >= span.End;

    public bool Overlaps(TickSpan span) =>
        LastStartingBefore(span.End) is >= 0 and var at && _runs[at].End > span.Start;

    private void Append(TickSpan span)
    {
        if (_runs.Count > 0 && span.Start <= _runs[^1].End)
            _runs[^1] = new TickSpan(_runs[^1].Start, Math.Max(_runs[^1].End, span.End));
        else
            _runs.Add(span);
    }

    private static bool IsInOrder(List<TickSpan> spans)
    {
        for (var at = 1; at < spans.Count; at++)
            if (spans[at - 1] > spans[at]) return false;
        return true;
    }

    private int LastStartingBefore(long tick)
    {
        var (low, high) = (0, _runs.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_runs[middle].Start < tick) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }
}

using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>The Slots of one calendar that are open to a booking of its own, in order of time.</summary>
internal sealed class OpenSlots
{
    private readonly List<(TickSpan Time, string Id)> _slots;
    private readonly SpanSet _runs;
    private readonly long _longest;

    /// <param name="slots">In any order; they become this set's own.</param>
    public OpenSlots(List<(TickSpan Time, string Id)> slots)
    {
        _slots = slots;
        // They mostly come in order, and to see that costs a tenth of sorting them.
        if (!IsInOrder()) _slots.Sort(InOrder);
        foreach (var (time, _) in _slots) _longest = Math.Max(_longest, time.Length);
        _runs = SpanSet.OfOrdered(_slots, o => o.Time);
    }

    public List<(TickSpan Time, string Id)>.Enumerator GetEnumerator() => _slots.GetEnumerator();

    /// <summary>Whether the time lies in Slots that follow one another without a gap.</summary>
    public bool Cover(TickSpan time) => _runs.Covers(time);

    /// <summary>Ids of those that overlap the time.</summary>
    public IEnumerable<string> In(TickSpan time)
    {
        for (var at = FirstThatMayReach(time.Start); at < _slots.Count && _slots[at].Time.Start < time.End; at++)
            if (_slots[at].Time.Overlaps(time)) yield return _slots[at].Id;
    }

    private bool IsInOrder()
    {
        for (var at = 1; at < _slots.Count; at++)
            if (InOrder(_slots[at - 1], _slots[at]) > 0) return false;
        return true;
    }

    private static int InOrder((TickSpan Time, string Id) a, (TickSpan Time, string Id) b)
    {
        var byTime = a.Time.CompareTo(b.Time);
        return byTime != 0 ? byTime : string.CompareOrdinal(a.Id, b.Id);
    }

    /// <summary>Slots before it end too early: none is longer than the longest.</summary>
    private int FirstThatMayReach(long start)
    {
        var (low, high) = (0, _slots.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_slots[middle].Time.Start < start - _longest) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

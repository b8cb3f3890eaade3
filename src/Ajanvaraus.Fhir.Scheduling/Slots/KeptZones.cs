using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>A booking that a calendar may not come near to.</summary>
/// <param name="Zone">Its time, with its buffers and those of the calendar.</param>
/// <param name="Length">Of the booking itself.</param>
/// <param name="Group">Of its claim: the Slot whose seats it shares.</param>
internal sealed record KeptZone(TimeRange Zone, Duration Length, string Group);

/// <summary>The zones of one calendar in order of time, so that those that touch a time are found by halves.</summary>
internal sealed class KeptZones
{
    private readonly List<KeptZone> _zones;
    private readonly Duration _longest;

    public KeptZones(IEnumerable<KeptZone> zones)
    {
        _zones = [.. zones];
        _zones.Sort(static (a, b) => a.Zone.Start.CompareTo(b.Zone.Start));
        foreach (var zone in _zones) _longest = Duration.Max(_longest, zone.Zone.Length);
    }

    public int Count => _zones.Count;

    public IEnumerable<TimeRange> Spans => _zones.Select(z => z.Zone);

    /// <summary>Those that overlap the time, in order of their start.</summary>
    public IEnumerable<KeptZone> Touching(TimeRange time)
    {
        for (var at = FirstThatMayReach(time.Start); at < _zones.Count && _zones[at].Zone.Start < time.End; at++)
            if (_zones[at].Zone.Overlaps(time)) yield return _zones[at];
    }

    /// <summary>Zones before it end too early: none is longer than the longest.</summary>
    private int FirstThatMayReach(Instant start)
    {
        var (low, high) = (0, _zones.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (start - _zones[middle].Zone.Start > _longest) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

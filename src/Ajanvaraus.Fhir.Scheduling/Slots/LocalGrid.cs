using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>Wall-clock steps from local midnight: 09:00 is on the grid in summer and in winter.</summary>
/// <remarks>
/// A local time that does not exist gives no point; one that occurs twice gives a point for each instant. The steps
/// start anew each midnight, also when they do not divide the day.
/// </remarks>
internal static class LocalGrid
{
    /// <summary>Grid points in <c>[span.Start, span.End)</c>, as Unix ticks.</summary>
    public static void Collect(TickSpan span, long step, DateTimeZone zone, List<long> points)
    {
        var from = span.Start;
        while (from < span.End)
        {
            // The offset is constant up to the next change, so that local time is one addition away.
            var interval = zone.GetZoneInterval(Instant.FromUnixTimeTicks(from));
            var offset = interval.WallOffset.Ticks;
            var until = interval.HasEnd ? Math.Min(span.End, interval.End.ToUnixTimeTicks()) : span.End;
            for (var local = AtOrAfter(from + offset, step); local < until + offset; local = AtOrAfter(local + 1, step))
                points.Add(local - offset);
            from = until;
        }
    }

    private static long AtOrAfter(long local, long step)
    {
        var sinceMidnight = local % NodaConstants.TicksPerDay;
        if (sinceMidnight < 0) sinceMidnight += NodaConstants.TicksPerDay;
        var midnight = local - sinceMidnight;
        var steps = (sinceMidnight + step - 1) / step;
        return Math.Min(midnight + (steps * step), midnight + NodaConstants.TicksPerDay);
    }
}

using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>A booking that a calendar may not come near to.</summary>
/// <param name="Zone">Its time, with its buffers and those of the calendar.</param>
/// <param name="Length">Of the booking itself.</param>
internal sealed record KeptZone(TimeRange Zone, Duration Length);

/// <summary>What is offered of an open time beside bookings that keep buffers.</summary>
/// <remarks>
/// A time that no buffer touches is offered whole. Of another one what is left is offered when a booking as long as the
/// one beside it would fit in; a shorter rest is of use to nobody, and is not offered by itself.
/// </remarks>
internal static class OfferedParts
{
    public static List<TimeRange> Of(TimeRange open, IEnumerable<KeptZone> zones)
    {
        var touching = zones.Where(z => z.Zone.Overlaps(open)).ToList();
        if (touching.Count == 0) return [open];
        var least = touching.Min(z => z.Length);
        return [.. TimeSpans.Gaps(open, TimeSpans.Merge(touching.Select(z => z.Zone))).Where(p => p.Length >= least)];
    }
}

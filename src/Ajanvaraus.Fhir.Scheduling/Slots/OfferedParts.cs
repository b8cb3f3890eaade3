using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>What is offered of an open time beside bookings that keep buffers.</summary>
/// <remarks>
/// A time that no buffer touches is offered whole. Of another one what is left is offered when a booking as long as the
/// one beside it would fit in; a shorter rest is of use to nobody, and is not offered by itself.
/// </remarks>
internal static class OfferedParts
{
    /// <param name="open">The time.</param>
    /// <param name="touching">All zones that overlap it.</param>
    public static List<TimeRange> Of(TimeRange open, List<KeptZone> touching)
    {
        if (touching.Count == 0) return [open];
        var least = touching.Min(z => z.Length);
        return [.. TimeSpans.Gaps(open, TimeSpans.Merge(touching.Select(z => z.Zone))).Where(p => p.Length >= least)];
    }
}

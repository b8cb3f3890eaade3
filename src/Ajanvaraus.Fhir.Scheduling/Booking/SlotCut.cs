using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>What becomes of a Slot around the part of it that keeps its id.</summary>
/// <remarks>
/// Time that others still have stays taken, each new Slot inside one claim of theirs, so that giving up that claim
/// frees it; the rest is free. Of a filler only the taken time is left.
/// </remarks>
internal static class SlotCut
{
    public static IEnumerable<SlotChange> Around(SlotState slot, TimeRange kept, ClaimStanding standing) =>
        Rest(slot, new TimeRange(slot.Time.Start, kept.Start), standing)
            .Concat(Rest(slot, new TimeRange(kept.End, slot.Time.End), standing));

    private static IEnumerable<SlotChange> Rest(SlotState slot, TimeRange rest, ClaimStanding standing)
    {
        if (rest.IsEmpty) yield break;
        var taken = slot.Status == SlotStatus.Free ? [] : standing.TakenParts(slot, rest);
        foreach (var part in taken) yield return New(slot, part, slot.Status);
        if (slot.IsFiller) yield break;
        foreach (var gap in TimeSpans.Gaps(rest, taken)) yield return New(slot, gap, SlotStatus.Free);
    }

    private static SlotChange New(SlotState slot, TimeRange time, SlotStatus status) =>
        new(null, slot.ScheduleId, time, status, CopyOf: slot.Id, IsFiller: slot.IsFiller);
}

using System.Runtime.InteropServices;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>How long the visits are that a search may offer of one calendar, in ticks.</summary>
/// <param name="Only">Null: as long as is asked, or as the Slots are; 0: the calendar gives no visits of the length asked.</param>
/// <param name="Grid">Steps that cut a longer Slot when the search names none: the shortest visit of the calendar.</param>
/// <remarks>Source: docs/adr/0023-visit-lengths.md.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OfferedLength(long? Only, long? Grid)
{
    public static readonly OfferedLength Any = default;

    /// <param name="schedule">With its lengths, the usual one first.</param>
    /// <param name="needed">The length asked; null: the usual one.</param>
    public static OfferedLength Of(ScheduleState schedule, Duration? needed)
    {
        if (schedule.Lengths.IsEmpty) return Any;
        var length = needed ?? schedule.Lengths[0];
        return new OfferedLength(
            schedule.Lengths.Contains(length) ? length.BclCompatibleTicks : 0, schedule.Lengths.Min().BclCompatibleTicks);
    }

    /// <summary>The calendar gives no visits of the length asked.</summary>
    public bool IsNone => Only == 0;

    public bool Fits(long length) => Only is not { } only || length == only;
}

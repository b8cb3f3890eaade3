using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>Which Slots can be booked, each alone: as they are, or in the parts that buffers leave of them.</summary>
public static class BookableSlots
{
    /// <param name="slots">Among those of the data.</param>
    /// <param name="data">As for a search of free times: <see cref="FindTimes"/>.</param>
    /// <param name="now">A Slot that has begun is not booked any more.</param>
    public static IEnumerable<SlotState> Of(IEnumerable<SlotState> slots, FindData data, Instant now)
    {
        var index = new CalendarIndex(now, data);
        foreach (var ofSchedule in slots.GroupBy(s => s.ScheduleId))
        {
            if (index.Active(ofSchedule.Key) is not { } schedule) continue;
            var view = new CalendarView(schedule, index, seats: 1);
            foreach (var slot in ofSchedule)
                foreach (var part in slot.Capacity > 1 ? [TickSpan.Of(slot.Time)] : view.Parts(TickSpan.Of(slot.Time)))
                    if (part.ToTimeRange() is var time && time.Start >= now && view.Carries(part, mayShare: true))
                        yield return time == slot.Time ? slot : slot with { Time = time };
        }
    }

    /// <summary>The same for who looks at a calendar: also what has begun, or is not to be booked yet.</summary>
    public static IEnumerable<SlotState> Open(IEnumerable<SlotState> slots, FindData data, Instant now)
    {
        var index = new CalendarIndex(now, data);
        foreach (var ofSchedule in slots.GroupBy(s => s.ScheduleId))
        {
            if (index.Active(ofSchedule.Key) is not { } schedule) continue;
            var view = new CalendarView(schedule, index, seats: 1);
            foreach (var slot in ofSchedule)
                foreach (var part in slot.Capacity > 1 ? [TickSpan.Of(slot.Time)] : view.Parts(TickSpan.Of(slot.Time)))
                    if (!view.IsBlocked(part, slot) && view.HasRoom(part, mayShare: true))
                        yield return part.ToTimeRange() is var time && time == slot.Time ? slot : slot with { Time = time };
        }
    }
}

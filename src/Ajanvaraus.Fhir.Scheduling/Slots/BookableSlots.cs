namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>Which Slots can be booked as they are, each alone.</summary>
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
                if (slot.Time.Start >= now && view.Carries(Time.TickSpan.Of(slot.Time), mayShare: true))
                    yield return slot;
        }
    }
}

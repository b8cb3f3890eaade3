using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>The times of one calendar at which some of its services are closed, and not the others.</summary>
internal sealed class ClosedServices(ScheduleState schedule, List<SlotState> closings)
{
    /// <summary>The open Slots, when any service is closed alone.</summary>
    private readonly Dictionary<string, SlotState> _slots = [];

    public bool IsEmpty => closings.Count == 0;

    public void Know(SlotState open) => _slots[open.Id] = open;

    /// <summary>What closes the service of the Slot alone, in its time.</summary>
    public IEnumerable<SlotState> Of(SlotState slot) =>
        closings.Where(c => c.Time.Overlaps(slot.Time) && c.Closes(slot.Services, schedule.Services));

    /// <summary>Whether nothing here closes the time for what a booking is for.</summary>
    public bool AreOpen(TickSpan time, (ImmutableArray<string> OfSlot, ImmutableArray<string> OfSchedule) services) =>
        !closings.Exists(c => TickSpan.Of(c.Time).Overlaps(time) && c.Closes(services.OfSlot, services.OfSchedule));

    /// <summary>What an open Slot says it is for; nothing of one that is not known.</summary>
    public ImmutableArray<string> ServicesOf(string? slotId) =>
        slotId is null ? [] : _slots.GetValueOrDefault(slotId)?.Services ?? [];

    /// <summary>Of the open Slots in which the time lies, from the first whose service is open in all of it.</summary>
    /// <param name="inTime">Ids, in order.</param>
    public IEnumerable<string> Usable(IEnumerable<string> inTime, TickSpan time) => IsEmpty
        ? inTime
        : inTime.Where(id => !Of(_slots[id]).Any(c => TickSpan.Of(c.Time).Overlaps(time)))
            .SkipWhile(id => !AreOpen(time, (_slots[id].Services, schedule.Services)));

    /// <summary>Whether Slots carry the time that are open for their services, and for that of the first, which a proposal says.</summary>
    /// <param name="inTime">Ids of known Slots, in order.</param>
    public bool LeaveOpen(IEnumerable<string> inTime, TickSpan time) =>
        new SpanSet([.. Usable(inTime, time).Select(id => TickSpan.Of(_slots[id].Time))]).Covers(time);
}

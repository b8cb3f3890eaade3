using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>The Slots of several seats in one calendar that have seats left for who asks.</summary>
internal sealed class GroupSlots
{
    private readonly Dictionary<TickSpan, (SlotState Slot, int SeatsLeft)> _groups = [];

    public IReadOnlyCollection<TickSpan> Times => _groups.Keys;

    public bool Have(TickSpan time) => _groups.ContainsKey(time);

    /// <summary>Null when there is none at exactly that time.</summary>
    public (SlotState Slot, int SeatsLeft)? At(TickSpan time) =>
        _groups.TryGetValue(time, out var group) ? group : null;

    /// <param name="claims">That stand in the way of who asks.</param>
    /// <param name="seats">So many must be left.</param>
    /// <param name="mayBegin">Whether a booking may be made of it at all: horizon, notice, closed services.</param>
    public static GroupSlots Of(
        ScheduleState schedule, CalendarIndex index, List<Claim> claims, List<SlotState> blocking, int seats, Func<SlotState, bool> mayBegin)
    {
        var open = new GroupSlots();
        var groups = new List<SlotState>();
        foreach (var slot in index.Slots(schedule.Id))
            if (slot.Capacity > 1 && slot.Status != SlotStatus.EnteredInError && !index.IsYetToOpen(slot)) groups.Add(slot);
        if (groups.Count == 0) return open;
        var all = index.Standing(schedule.Id);
        var taken = claims.Select(c => (Time: TickSpan.Of(c.Time), Zone: TickSpan.Of(index.Zone(schedule, c).Zone), c.Group))
            .Concat(blocking.Select(s => (Time: TickSpan.Of(s.Time), Zone: TickSpan.Of(s.Time), Group: s.Id)))
            .Distinct().ToList();
        var ofGroups = index.ClaimsOf(schedule.Id).ToLookup(c => c.Group);
        foreach (var slot in groups)
        {
            var time = TickSpan.Of(slot.Time);
            var standing = index.StandingOf(ofGroups[slot.Id]);
            if (!BookingConflicts.IsOpen(slot, standing, all) || !mayBegin(slot)) continue;
            var left = slot.Capacity - standing.SeatsTaken(slot);
            // Whoever enrols in a group that somebody is in already changes nothing about its time.
            var isBegun = left < slot.Capacity;
            if (left >= seats && !taken.Exists(t => t.Group != slot.Id && (isBegun ? t.Time : t.Zone).Overlaps(time)))
                open._groups.TryAdd(time, (slot, left));
        }

        return open;
    }
}

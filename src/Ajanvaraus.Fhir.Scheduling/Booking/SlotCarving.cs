using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>Turns the Slots under an accepted time into what they are afterwards.</summary>
/// <remarks>
/// The booked part of a Slot keeps its id; the parts outside stay free as Slots of their own. In a named Schedule the
/// time that no Slot covers gets a filler; in an implied one the Slots that other owners took are left as they are.
/// A Slot of several seats is never cut, and is busy when its seats are gone.
/// </remarks>
internal sealed class SlotCarving(ClaimStanding standing, SlotStatus bookedStatus)
{
    private readonly ImmutableArray<SlotChange>.Builder _changes = ImmutableArray.CreateBuilder<SlotChange>();
    private readonly ImmutableArray<string>.Builder _slotIds = ImmutableArray.CreateBuilder<string>();
    private readonly HashSet<string> _handled = [];

    public ImmutableArray<SlotChange> Changes => _changes.ToImmutable();

    /// <summary>Booked time that stood in no Slot; null when there is none.</summary>
    public SlotChange? Unoffered => _changes.FirstOrDefault(c => c is { Id: null, CopyOf: null, IsFiller: true });

    /// <summary>Slots of the Appointment; a made one as <c>#n</c> by its place among the changes.</summary>
    public ImmutableArray<string> SlotIds => _slotIds.ToImmutable();

    public void Carve(
        string scheduleId, TimeRange time, SlotState? group, bool isNamed, ImmutableArray<SlotState> slots)
    {
        var covered = new List<TimeRange>();
        var taken = slots.Where(s => s.ScheduleId == scheduleId && IsTakenBy(s, time) && (isNamed || !IsOfOthers(s)));
        foreach (var slot in taken.OrderBy(s => s.Time.Start))
        {
            _handled.Add(slot.Id);
            var isShared = isNamed && slot.Id != group?.Id && IsShared(slot);
            // What is named and not there any more is taken by a Slot that is.
            if (isShared && slot.IsComputed) continue;
            if (isShared) _slotIds.Add(slot.Id);
            else if (slot.Id == group?.Id) TakeSeat(slot);
            else if (slot.Capacity > 1) Change(slot, slot.Time, bookedStatus);
            else if (IsOutgrown(slot, time)) Remove(slot);
            else Cut(slot, time);
            if (isShared || !IsOutgrown(slot, time)) covered.Add(slot.Time);
        }

        if (!isNamed) return;
        foreach (var gap in TimeSpans.Gaps(time, TimeSpans.Merge(covered)))
        {
            _slotIds.Add("#" + _changes.Count);
            _changes.Add(new SlotChange(null, scheduleId, gap, bookedStatus, IsFiller: true));
        }
    }

    /// <summary>Frees the Slots that the Appointment, or one that it supersedes, leaves behind.</summary>
    public void FreeRest(ImmutableArray<SlotState> slots)
    {
        foreach (var slot in slots)
            if (!_handled.Contains(slot.Id) && standing.IsReleased(slot)) _changes.AddRange(standing.Free(slot));
    }

    private bool IsTakenBy(SlotState slot, TimeRange time) =>
        slot.Status is not (SlotStatus.EnteredInError or SlotStatus.BusyUnavailable) && slot.Time.Overlaps(time);

    /// <summary>A stored filler that the booking leaves in part; one that is computed is only cut to its part.</summary>
    private static bool IsOutgrown(SlotState slot, TimeRange time) =>
        slot is { IsFiller: true, IsComputed: false } && !time.Contains(slot.Time);

    /// <summary>Taken already by another owner of its Schedule, whose claim covers it.</summary>
    private bool IsOfOthers(SlotState slot) => slot.Status != SlotStatus.Free && standing.IsTaken(slot);

    /// <summary>Booked over: others have it still, and it stays as they have it.</summary>
    private bool IsShared(SlotState slot) => slot.Status != SlotStatus.Free && !standing.IsVacated(slot);

    private void TakeSeat(SlotState slot)
    {
        var isFull = standing.SeatsTaken(slot) + 1 >= slot.Capacity;
        Change(slot, slot.Time, isFull ? bookedStatus : SlotStatus.Free);
    }

    private void Cut(SlotState slot, TimeRange time)
    {
        var inside = slot.Time.Intersect(time);
        Change(slot, inside, bookedStatus);
        _changes.AddRange(SlotCut.Around(slot, inside, standing));
    }

    private void Change(SlotState slot, TimeRange time, SlotStatus status)
    {
        _slotIds.Add(slot.Id);
        if (slot.IsComputed || slot.Time != time || slot.Status != status)
            _changes.Add(new SlotChange(slot.Id, slot.ScheduleId, time, status, IsFiller: slot.IsFiller));
    }

    private void Remove(SlotState slot) =>
        _changes.Add(new SlotChange(
            slot.Id, slot.ScheduleId, slot.Time, SlotStatus.Free, IsFiller: true, IsRemoved: true));
}

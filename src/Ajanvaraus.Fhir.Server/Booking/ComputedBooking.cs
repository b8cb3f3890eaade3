using Ajanvaraus.Fhir.Persistence.Booking;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Templates;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>The computed Slots of one booking: those that it names, and those in whose time it lies.</summary>
internal sealed class ComputedBooking(ComputedSlots slots, BookingQueries queries)
{
    private readonly List<(ComputedSlotId Id, string ScheduleId)> _named = [];

    /// <summary>The request with the calendars and the time of the computed Slots that it names.</summary>
    public async ValueTask<BookingRequest> ResolveAsync(BookingRequest request)
    {
        foreach (var id in request.SlotIds.Select(ComputedSlotId.Parse).OfType<ComputedSlotId>())
            if (await queries.SchedulesByKeysAsync([id.ScheduleKey]) is [var scheduleId])
                _named.Add((id, scheduleId));
        return _named.Count == 0 ? request : request with
        {
            ScheduleIds = [.. request.ScheduleIds.Union(_named.Select(n => n.ScheduleId))],
            Around = new TimeRange(_named.Min(n => n.Id.Time.Start), _named.Max(n => n.Id.Time.End)),
        };
    }

    /// <summary>The calendars with the computed Slots in the time of the booking.</summary>
    /// <remarks>
    /// What the Appointment has of computed time counts as open to it, as it is given back when the booking moves. A Slot
    /// that is named and no longer computed is taken, or its calendar no longer opens then: the rules refuse it so.
    /// </remarks>
    public async ValueTask<(BookingSnapshot Snapshot, IReadOnlyList<ComputedSlot> Slots)> AddAsync(
        BookingSnapshot snapshot, BookingRequest request)
    {
        var named = snapshot.Slots.Where(s => request.SlotIds.Contains(s.Id)).Select(s => s.Time);
        var spans = ((IEnumerable<TimeRange?>)[request.Time, request.Around]).OfType<TimeRange>().Concat(named).ToList();
        if (spans.Count == 0)
            return (snapshot, []);
        var window = new TimeRange(spans.Min(s => s.Start), spans.Max(s => s.End));
        var found = await slots.OverlappingAsync(
            [.. snapshot.Schedules.Select(s => s.Id)], window, snapshot.Slots.Where(s => !IsOwn(s, request, snapshot)));
        if (found.Count == 0 && _named.Count == 0)
            return (snapshot, []);
        var stored = snapshot.Slots.Select(s => s.Id).ToHashSet();
        var (computed, gone) = Name([.. found], stored);
        var ids = computed.Select(s => s.Id).ToHashSet();
        return (snapshot with
        {
            Slots = [.. snapshot.Slots.Where(s => !ids.Contains(s.Id)), .. computed.Select(s => s.State), .. gone.Select(g => Gone(g, snapshot))],
        }, computed);
    }

    /// <summary>Cuts the parts out that are named by an id of their own; the rest are named and not there.</summary>
    private (List<ComputedSlot> Computed, List<(ComputedSlotId Id, string ScheduleId)> Gone) Name(
        List<ComputedSlot> computed, HashSet<string> stored)
    {
        var gone = new List<(ComputedSlotId, string)>();
        var parts = new List<ComputedSlot>();
        foreach (var name in _named)
        {
            var text = name.Id.ToString();
            if (stored.Contains(text) || computed.Exists(s => s.Id == text))
                continue;
            if (computed.Find(s => s.Holds(name.Id)) is { } whole)
                parts.Add(whole.Part(name.Id.Time));
            else
                gone.Add(name);
        }
        computed.RemoveAll(s => parts.Exists(p => s.Holds(ComputedSlotId.Parse(p.Id)!)));
        computed.AddRange(parts);
        return (computed, gone);
    }

    private static SlotState Gone((ComputedSlotId Id, string ScheduleId) name, BookingSnapshot snapshot)
    {
        var isTaken = snapshot.Slots.Any(s => s.ScheduleId == name.ScheduleId && s.Time.Overlaps(name.Id.Time)
            && s.Status is SlotStatus.Busy or SlotStatus.BusyTentative);
        return new SlotState(
            name.Id.ToString(), name.ScheduleId, name.Id.Time, isTaken ? SlotStatus.Busy : SlotStatus.BusyUnavailable)
        {
            IsComputed = true,
        };
    }

    private static bool IsOwn(SlotState slot, BookingRequest request, BookingSnapshot snapshot) =>
        slot.IsFiller && snapshot.Claims.Any(
            c => c.AppointmentId == request.AppointmentId && c.Time.Contains(slot.Time)
                && CalendarReference.IsOfSchedule(c.Target, slot.ScheduleId));
}

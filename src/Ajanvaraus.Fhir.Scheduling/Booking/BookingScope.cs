using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>What a request means over a snapshot: the calendars involved and the time.</summary>
/// <param name="Named">Schedules of the Slots named, then those named themselves.</param>
/// <param name="Implied">Other Schedules of the owners that are claimed.</param>
/// <param name="Owners">Practitioners, Devices and Locations that are claimed.</param>
/// <param name="Groups">By Schedule id, the Slot of several seats that is booked there.</param>
internal sealed record BookingScope(
    TimeRange Time, ImmutableArray<ScheduleState> Named, ImmutableArray<ScheduleState> Implied,
    ImmutableArray<string> Owners, ImmutableDictionary<string, SlotState> Groups)
{
    public static BookingScope? Resolve(
        BookingRequest request, BookingSnapshot snapshot, Instant now, List<Refusal> refusals)
    {
        if (request.SlotIds.IsEmpty && request.Time is null)
        {
            refusals.Add(new Refusal(RefusalKind.NothingToBook, "Give a slot, or start and end."));
            return null;
        }

        var slots = NamedSlots(request, snapshot, refusals);
        var named = NamedSchedules(request, snapshot, slots, refusals);
        if (refusals.Count > 0 || TimeOf(request, slots, refusals) is not { } time) return null;

        // What stands is not asked again: rules that came after it are for new bookings.
        if (!request.StandsAlready)
        {
            CheckOpening(slots, now, refusals);
            CheckAvailability(time, named, slots, refusals);
        }

        var groups = GroupsOf(time, named, slots, snapshot, refusals);
        var owners = ClaimTargets.Owners(request.RequiredActors, named, snapshot.CalendarOwners);
        var implied = ClaimTargets.Implied(snapshot.Schedules, named, owners);
        return new BookingScope(time, named, implied, owners, groups);
    }

    /// <summary>The Slot of several seats that owners and further calendars share; null when there is none.</summary>
    public SlotState? Main { get; } =
        Named.Select(s => Groups.GetValueOrDefault(s.Id)).FirstOrDefault(g => g is not null);

    /// <summary>For how long the owners are taken: a seat in a group takes the whole of its Slot.</summary>
    public TimeRange OwnerTime => Main?.Time ?? Time;

    public bool IsNamed(string scheduleId) => Named.Any(s => s.Id == scheduleId);

    public bool IsImplied(string scheduleId) => Implied.Any(s => s.Id == scheduleId);

    private static List<SlotState> NamedSlots(BookingRequest request, BookingSnapshot snapshot, List<Refusal> refusals)
    {
        var slots = new List<SlotState>(request.SlotIds.Length);
        foreach (var id in request.SlotIds)
        {
            var slot = snapshot.Slots.FirstOrDefault(s => s.Id == id && s.Status != SlotStatus.EnteredInError);
            if (slot is null) refusals.Add(NotFound("The slot is not known.", "Slot/" + id));
            else if (!slots.Contains(slot)) slots.Add(slot);
        }

        return slots;
    }

    private static ImmutableArray<ScheduleState> NamedSchedules(
        BookingRequest request, BookingSnapshot snapshot, List<SlotState> slots, List<Refusal> refusals)
    {
        var named = ImmutableArray.CreateBuilder<ScheduleState>();
        foreach (var id in slots.Select(s => s.ScheduleId).Concat(request.ScheduleIds).Distinct())
        {
            var schedule = snapshot.Schedules.FirstOrDefault(s => s.Id == id);
            if (schedule is not null && (schedule.IsActive || request.StandsAlready)) named.Add(schedule);
            else
            {
                var text = schedule is null ? "The schedule is not known." : "The schedule is not active.";
                refusals.Add(NotFound(text, CalendarReference.OfSchedule(id)));
            }
        }

        return named.ToImmutable();
    }

    private static TimeRange? TimeOf(BookingRequest request, List<SlotState> slots, List<Refusal> refusals)
    {
        if (request.Time is { } given)
        {
            if (!given.IsEmpty) return given;
            refusals.Add(new Refusal(RefusalKind.InvalidTime, "The end must be after the start.", null, given));
            return null;
        }

        // Without a time of its own the Appointment lasts as its Slots do, so each Schedule's must make the same run.
        TimeRange? common = null;
        foreach (var ofSchedule in slots.GroupBy(s => s.ScheduleId))
        {
            var runs = TimeSpans.Merge(ofSchedule.Select(s => s.Time));
            if (runs.Count == 1 && (common is null || common == runs[0]))
            {
                common = runs[0];
                continue;
            }

            refusals.Add(new Refusal(
                RefusalKind.InvalidTime, "The slots do not make one run of time; give start and end.",
                CalendarReference.OfSchedule(ofSchedule.Key)));
            return null;
        }

        return common;
    }

    private static void CheckAvailability(
        TimeRange time, ImmutableArray<ScheduleState> named, List<SlotState> slots, List<Refusal> refusals)
    {
        foreach (var schedule in named)
        {
            var reference = CalendarReference.OfSchedule(schedule.Id);
            if (schedule.Horizon is { } horizon && !horizon.Contains(time))
                refusals.Add(Outside("The time is outside the planning horizon.", reference, horizon));

            var runs = TimeSpans.Merge(slots.Where(s => s.ScheduleId == schedule.Id).Select(s => s.Time));
            if (runs.Count > 0 && !runs.Exists(run => run.Contains(time)))
                refusals.Add(Outside("The time is outside the slots named.", reference, time));
        }
    }

    /// <summary>Who names a Slot asks for offered time, and it is not offered yet.</summary>
    private static void CheckOpening(List<SlotState> slots, Instant now, List<Refusal> refusals)
    {
        foreach (var slot in slots)
            if (slot.Status == SlotStatus.Free && slot.IsYetToOpen(now))
                refusals.Add(Outside(
                    "The slot is not open yet.", CalendarReference.OfSchedule(slot.ScheduleId), slot.Time));
    }

    private static ImmutableDictionary<string, SlotState> GroupsOf(
        TimeRange time, ImmutableArray<ScheduleState> named, List<SlotState> slots, BookingSnapshot snapshot,
        List<Refusal> refusals)
    {
        var groups = ImmutableDictionary<string, SlotState>.Empty;
        foreach (var schedule in named)
        {
            var ofSchedule = slots.FindAll(s => s.ScheduleId == schedule.Id);
            var group = ofSchedule.Find(s => s.Capacity > 1);
            if (group is not null && ofSchedule.Count > 1)
            {
                refusals.Add(new Refusal(
                    RefusalKind.InvalidTime, "A slot of several seats is booked alone, not joined with others.",
                    CalendarReference.OfSchedule(schedule.Id), group.Time));
            }

            if (ofSchedule.Count == 0)
            {
                group = snapshot.Slots.FirstOrDefault(s => s.ScheduleId == schedule.Id && s.Capacity > 1
                    && s.Time == time && s.Status != SlotStatus.EnteredInError && !s.IsClosedByAbsence);
            }

            if (group is not null) groups = groups.Add(schedule.Id, group);
        }

        return groups;
    }

    private static Refusal NotFound(string text, string target) => new(RefusalKind.ReferenceNotFound, text, target);

    private static Refusal Outside(string text, string target, TimeRange time) =>
        new(RefusalKind.OutsideAvailability, text, target, time);
}

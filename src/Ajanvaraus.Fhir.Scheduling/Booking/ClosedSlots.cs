using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>Which free Slots are shown as closed: bookings beside them keep buffers, or their calendar takes no more then.</summary>
/// <remarks>
/// <para>For those who read Slots and know neither buffers nor limits: what is shown free can be booked whole. The rules and searches take
/// a closed Slot as the free one that it is, and look at the bookings themselves.</para>
/// <para>Shape: a Slot that buffers touch is closed whole, or cut when enough of it is left; one that nothing touches any
/// more is opened. One that begins on a full day or in a full week is closed whole. Nothing is said of computed Slots, which are offered by what stands when somebody looks.</para>
/// </remarks>
public static class ClosedSlots
{
    /// <summary>How far a booking may reach, so far that all that a Slot near it depends on is read.</summary>
    /// <returns>Zero when none of the calendars has buffers or knows of journeys.</returns>
    public static Duration Reach(IReadOnlyCollection<ScheduleState> schedules)
    {
        var longest = Buffers.None;
        foreach (var schedule in schedules) longest = Buffers.Longer(longest, schedule.Buffers);
        return longest.Length + (schedules.Any(s => !s.Travel.IsEmpty) ? Journeys.Longest : Duration.Zero);
    }

    /// <summary>Whether Slots of any of the calendars may have to be closed.</summary>
    public static bool AreShown(IEnumerable<ScheduleState> schedules) =>
        schedules.Any(s => !s.Buffers.IsNone || !s.Limits.AreNone || !s.Travel.IsEmpty);

    /// <param name="snapshot">The calendars as they are, with all Schedules and claims of their owners.</param>
    /// <param name="scheduleIds">Whose Slots to look at.</param>
    /// <param name="known">Within it all Slots and claims are among the snapshot.</param>
    /// <param name="now">Holds that ended before it keep nothing.</param>
    public static ImmutableArray<SlotChange> Of(
        BookingSnapshot snapshot, IReadOnlyCollection<string> scheduleIds, TimeRange known, Instant now)
    {
        var buffers = new BookingBuffers(snapshot.Schedules, snapshot.Claims, snapshot.Journeys);
        var reach = Reach(snapshot.Schedules);
        var claims = snapshot.Claims.Where(c => !c.Time.IsEmpty && !ClaimStanding.HasEnded(c, now)).ToList();
        var changes = ImmutableArray.CreateBuilder<SlotChange>();
        var slots = snapshot.Slots.ToLookup(s => s.ScheduleId);
        foreach (var schedule in snapshot.Schedules.Where(s => scheduleIds.Contains(s.Id)))
        {
            var zones = new KeptZones(claims.Where(c => Meets(c, schedule, snapshot.CalendarOwners))
                .Select(c => Zone(c, schedule, buffers, schedule.Place)));
            var others = slots[schedule.Id].Where(s => s.Status != SlotStatus.EnteredInError)
                .ToLookup(s => s.Time, s => s.Id);
            var count = Count(snapshot, schedule, now);
            var absences = slots[schedule.Id].Where(s => s is { Status: SlotStatus.BusyUnavailable, IsClosedByAbsence: false }).ToList();
            foreach (var slot in slots[schedule.Id])
            {
                if (slot.Status != SlotStatus.Free || slot.IsComputed) continue;
                if (!known.Contains(slot.Time.Widened(reach, reach)) || absences.Exists(a => a.Time.Overlaps(slot.Time) && a.Closes(slot.Services, schedule.Services))) continue;
                if (count?.FullFor(slot.Time.Start, slot.Capacity > 1 ? slot.Id : null) is not null)
                {
                    if (!slot.IsFull)
                        changes.Add(new SlotChange(slot.Id, slot.ScheduleId, slot.Time, SlotStatus.Free, IsClosed: true) { IsFull = true });
                    continue;
                }

                // A Slot that is written again as long as it was is cut again, and the pieces are there.
                changes.AddRange(Shown(slot, [.. zones.Touching(slot.Time)])
                    .Where(c => c.Id is not null || !others[c.Time].Any(id => id != slot.Id)));
            }
        }

        return changes.ToImmutable();
    }

    /// <summary>Whether buffers or the limits of the calendar keep a time, or a part of it, from being booked.</summary>
    public static bool IsTouched(BookingSnapshot snapshot, string scheduleId, TimeRange time, Instant now)
    {
        if (snapshot.Schedules.FirstOrDefault(s => s.Id == scheduleId) is not { } schedule) return false;
        if (Count(snapshot, schedule, now)?.FullFor(time.Start, null) is not null) return true;
        var buffers = new BookingBuffers(snapshot.Schedules, snapshot.Claims, snapshot.Journeys);
        return !buffers.AreNone
            && snapshot.Claims.Any(c => !ClaimStanding.HasEnded(c, now) && Meets(c, schedule, snapshot.CalendarOwners)
                && Zone(c, schedule, buffers, schedule.Place).Zone.Overlaps(time));
    }

    /// <summary>Null: the calendar has no limits.</summary>
    private static BookingCount? Count(BookingSnapshot snapshot, ScheduleState schedule, Instant now) => schedule.Limits.AreNone
        ? null
        : new BookingCount(schedule, snapshot.Counted.Where(c => !ClaimStanding.HasEnded(c, now)), []);

    /// <summary>Where a booking of the Schedule may not lie, because of that claim, if it takes place there.</summary>
    internal static KeptZone Zone(Claim claim, ScheduleState schedule, BookingBuffers buffers, string? place) => new(
        schedule.Buffers.KeepingFrom(buffers.Around(claim, new Stay(place, schedule.Travel))), claim.Time.Length, claim.Group);

    private static bool Meets(Claim claim, ScheduleState schedule, ImmutableHashSet<string> owners) =>
        CalendarReference.IsSchedule(claim.Target, schedule.Id)
        || (schedule.Actors.Contains(claim.Target) && ClaimTargets.IsClaimed(claim.Target, owners));

    private static IEnumerable<SlotChange> Shown(SlotState slot, List<KeptZone> touching)
    {
        // A group in which somebody has a seat goes on where it is.
        var isOpen = touching.Count == 0 || (slot.Capacity > 1 && touching.Exists(z => z.Group == slot.Id));
        var parts = isOpen ? [slot.Time] : slot.Capacity > 1 ? [] : OfferedParts.Of(slot.Time, touching);
        if (parts.Count == 0)
            return slot is { IsClosed: true, IsFull: false } ? [] : [new SlotChange(slot.Id, slot.ScheduleId, slot.Time, SlotStatus.Free, IsClosed: true)];
        if (parts[0] == slot.Time)
            return slot.IsClosed ? [new SlotChange(slot.Id, slot.ScheduleId, slot.Time, SlotStatus.Free)] : [];
        return
        [
            new SlotChange(slot.Id, slot.ScheduleId, parts[0], SlotStatus.Free),
            .. parts.Skip(1).Select(p => New(slot, p, isClosed: false)),
            .. TimeSpans.Gaps(slot.Time, parts).Select(p => New(slot, p, isClosed: true)),
        ];
    }

    private static SlotChange New(SlotState slot, TimeRange time, bool isClosed) =>
        new(null, slot.ScheduleId, time, SlotStatus.Free, CopyOf: slot.Id, IsClosed: isClosed);
}

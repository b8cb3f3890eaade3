using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Templates;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Mapping;

using NodaTime;

using StoredFindData = Ajanvaraus.Fhir.Persistence.Booking.FindData;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Reads one computed Slot by its id: also when its time has passed, is taken, or is no longer opened.</summary>
internal static class ComputedSlotReading
{
    /// <returns>Null when there is no such calendar.</returns>
    public static async ValueTask<StoredResource?> ReadAsync(ReadSession session, ComputedSlotId id, SlotClaims claims)
    {
        if (await session.Booking.SchedulesByKeysAsync([id.ScheduleKey]) is not [var scheduleId]
            || await session.ReadAsync("Schedule", scheduleId) is not { IsDeleted: false } stored)
            return null;
        var calendar = new TemplatedCalendar(stored, StoredNodes.Parse(stored));
        var (text, zone) = (id.ToString(), Zones.Of(calendar.View.ZoneId));
        var opened = await new ComputedSlots(session.ReadManyAsync, claims).OverlappingAsync([scheduleId], id.Time, []);
        var whole = opened.FirstOrDefault(s => s.Holds(id));
        var change = new SlotChange(text, scheduleId, id.Time, await StatusAsync(session, scheduleId, id, whole?.State.Services ?? []));
        ElementNode slot = whole is null
            ? SlotMapping.Make(text, change with { Status = SlotStatus.BusyUnavailable }, null, calendar.Resource, zone)
            : SlotMapping.Change(whole.Node().Set("id", text), change, zone);
        return calendar.Told(text, slot);
    }

    /// <summary>What is stored wins: the time is as the Slots that stand in it, but for what closes other services alone.</summary>
    private static async ValueTask<SlotStatus> StatusAsync(
        ReadSession session, string scheduleId, ComputedSlotId id, ImmutableArray<string> services)
    {
        var data = await session.Booking.FindDataAsync([scheduleId], id.Time);
        var ofSchedule = data.Schedules.FirstOrDefault(s => s.Id == scheduleId)?.Services ?? [];
        var stands = data.Slots.Where(s => s.ScheduleId == scheduleId && s.Time.Overlaps(id.Time) && s.Closes(services, ofSchedule))
            .Select(s => s.Status).ToHashSet();
        if (stands.Count == 0 && await IsKeptAsync(session, data, id.Time, scheduleId))
            return SlotStatus.BusyUnavailable;
        return stands.Contains(SlotStatus.Busy) || stands.Contains(SlotStatus.BusyTentative) ? SlotStatus.Busy
            : stands.Contains(SlotStatus.BusyUnavailable) ? SlotStatus.BusyUnavailable
            : SlotStatus.Free;
    }

    /// <summary>A booking beside it keeps the time, or a part of it; or there are as many as the calendar takes.</summary>
    private static async ValueTask<bool> IsKeptAsync(
        ReadSession session, StoredFindData data, TimeRange time, string scheduleId)
    {
        // Holds that have ended are settled before anything is read.
        var now = Instant.MinValue;
        var rules = new CalendarRules(new ReadOnce(session.ReadManyAsync).ReadAsync);
        data = await rules.ApplyAsync(session.Booking, data, [scheduleId], time, now);
        var snapshot = new BookingSnapshot(data.Schedules, [], data.Claims)
        {
            CalendarOwners = data.CalendarOwners,
            Counted = await CalendarRules.CountedAsync(session.Booking, data.Schedules, time),
            Journeys = data.Journeys,
        };
        return ClosedSlots.IsTouched(snapshot, scheduleId, time, now);
    }
}

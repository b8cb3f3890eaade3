using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Templates;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>A change of an Appointment that has calendar time: which calendars it keeps and which it leaves.</summary>
/// <remarks>Source: docs/scheduling-rules.md; a booking never loses its calendar by an update that does not name it.</remarks>
internal sealed class AppointmentMove(WriteSession session, AppointmentView before)
{
    private readonly ImmutableArray<string> _slotIds =
        [.. before.Slots.Select(r => LocalReference.IdOf(r, "Slot")).OfType<string>()];

    /// <summary>
    /// The Slots it has, when the update names none or the same: with a new time they stand for their calendars only.
    /// </summary>
    public async ValueTask<BookingRequest> KeepCalendarsAsync(BookingRequest request)
    {
        var namesOthers = !request.SlotIds.IsEmpty && !request.SlotIds.SequenceEqual(_slotIds);
        if (_slotIds.IsEmpty || namesOthers || !request.ScheduleIds.IsEmpty)
            return request;
        var isSameTime = request.Time is null || request.Time == AppointmentMapping.TimeOf(before);
        return isSameTime
            ? request with { SlotIds = _slotIds }
            : request with { SlotIds = [], ScheduleIds = await SchedulesOfAsync(_slotIds) };
    }

    /// <summary>Whether the request is for the time and the Slots that the Appointment has.</summary>
    public bool StandsAt(BookingRequest request) =>
        (request.Time is null || request.Time == AppointmentMapping.TimeOf(before))
        && request.SlotIds.SequenceEqual(_slotIds) && request.ScheduleIds.IsEmpty;

    /// <summary>Without the participants who took part only because of a calendar that the booking leaves.</summary>
    public async ValueTask<ElementNode> LeaveAsync(ElementNode appointment, BookingDirective directive)
    {
        var named = new AppointmentView(appointment).Slots.Select(r => LocalReference.IdOf(r, "Slot")).OfType<string>();
        var kept = directive.ScheduleIds.AddRange(await SchedulesOfAsync([.. named]));
        if (kept.IsEmpty)
            return appointment;
        var left = (await SchedulesOfAsync(_slotIds)).Except(kept);
        var leaving = await ActorsOfAsync(left);
        leaving.ExceptWith(await ActorsOfAsync(kept));
        return leaving.Count == 0
            ? appointment
            : appointment.Replace("participant", [.. appointment.All("participant")
                .Where(p => p["actor"]?.Text("reference") is not { } actor || !leaving.Contains(actor))]);
    }

    private async ValueTask<ImmutableArray<string>> SchedulesOfAsync(ImmutableArray<string> slotIds)
    {
        var schedules = ImmutableArray.CreateBuilder<string>();
        foreach (var id in slotIds)
        {
            if (await session.ReadAsync("Slot", id) is { IsDeleted: false } slot
                && LocalReference.IdOf(new SlotView(StoredNodes.Parse(slot)).ScheduleReference, "Schedule") is { } schedule
                && !schedules.Contains(schedule))
                schedules.Add(schedule);
            else if (ComputedSlotId.Parse(id) is { } computed)
                schedules.AddRange(await session.Booking.Queries.SchedulesByKeysAsync([computed.ScheduleKey]));
        }
        return schedules.DrainToImmutable();
    }

    private async ValueTask<HashSet<string>> ActorsOfAsync(IEnumerable<string> scheduleIds)
    {
        var actors = new HashSet<string>();
        foreach (var id in scheduleIds)
        {
            if (await session.ReadAsync("Schedule", id) is { IsDeleted: false } schedule)
                actors.UnionWith(new ScheduleView(StoredNodes.Parse(schedule)).Actors);
        }
        return actors;
    }
}

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
    private readonly ImmutableArray<string> _slotIds = AppointmentMapping.SlotIds(before);

    /// <summary>Those that it keeps while it stays where it is.</summary>
    private ImmutableArray<string> _kept = AppointmentMapping.SlotIds(before);

    /// <summary>
    /// The Slots it has, when the update names none or the same: with a new time they stand for their calendars only.
    /// </summary>
    public async ValueTask<BookingRequest> KeepCalendarsAsync(BookingRequest request)
    {
        var namesOthers = !request.SlotIds.IsEmpty && !request.SlotIds.SequenceEqual(_kept);
        if (_kept.IsEmpty || namesOthers || !request.ScheduleIds.IsEmpty)
            return request;
        var isSameTime = request.Time is null || request.Time == AppointmentMapping.TimeOf(before);
        return isSameTime
            ? request with { SlotIds = _kept }
            : request with { SlotIds = [], ScheduleIds = await SchedulesOfAsync(_kept) };
    }

    /// <summary>Whether the request is for the time and the Slots that the Appointment has.</summary>
    public bool StandsAt(BookingRequest request) =>
        (request.Time is null || request.Time == AppointmentMapping.TimeOf(before))
        && request.SlotIds.SequenceEqual(_kept) && request.ScheduleIds.IsEmpty;

    /// <summary>A hold that has ended, asked for anew in its calendars: in their open time, where that was held.</summary>
    /// <remarks>Its Slots were given back, and whoever took a part of them since has cut them. Time that no Slot opened was
    /// held by the calendar and the hours, and the Slot that stood for it went with the hold.</remarks>
    public async ValueTask<BookingRequest> AnewAsync(BookingRequest request)
    {
        if (request.Time is null || request.SlotIds.IsEmpty || !request.SlotIds.SequenceEqual(_slotIds))
            return request;
        var schedules = ImmutableArray.CreateBuilder<string>();
        var wasOffered = true;
        foreach (var id in _slotIds)
        {
            // A seat in a group, and a Slot that somebody has deleted, are known by their own id alone.
            if (await LastAsync(id) is not { Capacity: 1 } slot
                || LocalReference.IdOf(slot.ScheduleReference, "Schedule") is not { } schedule)
                return request;
            wasOffered &= !slot.IsFiller;
            schedules.Add(schedule);
        }
        return request with
        {
            SlotIds = [],
            ScheduleIds = [.. request.ScheduleIds.Union(schedules)],
            StaysInSlots = wasOffered,
        };
    }

    /// <summary>A Slot as it is; one that went with its hold, as it was; null for any other that is not there.</summary>
    private async ValueTask<SlotView?> LastAsync(string id)
    {
        if (await session.ReadAsync("Slot", id) is not { } stored)
            return null;
        if (!stored.IsDeleted)
            return new SlotView(StoredNodes.Parse(stored));
        var versions = await session.ReadVersionsAsync([stored.Key], [stored.Version - 1]);
        return versions.Find(v => v.Version == stored.Version - 1) is { IsDeleted: false } last
            && new SlotView(StoredNodes.Parse(last)) is { IsFiller: true } filler
                ? filler
                : null;
    }

    /// <summary>Without the Slots of those who take part no more: an interpreter who has declined, say.</summary>
    /// <remarks>The last calendar stays: a booking is in one, whoever declines.</remarks>
    /// <param name="after">As it is to be written.</param>
    /// <param name="request">What that asks; it names the Slots that the Appointment has.</param>
    public async ValueTask<ElementNode> DismissAsync(ElementNode after, BookingRequest request)
    {
        if (!request.SlotIds.SequenceEqual(_slotIds) || Taking(before).SequenceEqual(Taking(new AppointmentView(after))))
            return after;
        var gone = (await AppointmentMapping.RequiredActorsAsync(before, session.ReadAsync))
            .Except(request.RequiredActors).ToHashSet();
        var dismissed = new HashSet<string>();
        foreach (var slotId in gone.Count == 0 ? [] : _slotIds)
        {
            var owners = (await ActorsOfAsync(await SchedulesOfAsync([slotId]))).Where(CalendarReference.IsOwnerType).ToList();
            if (owners.Count > 0 && owners.TrueForAll(gone.Contains))
                dismissed.Add($"Slot/{slotId}");
        }
        if (dismissed.Count == 0 || dismissed.Count == _slotIds.Length)
            return after;
        _kept = _slotIds.RemoveAll(id => dismissed.Contains($"Slot/{id}"));
        return after.Replace("slot", [.. after.All("slot").Where(s => !dismissed.Contains(s.Text("reference") ?? ""))]);
    }

    private static IEnumerable<(string?, string, string?)> Taking(AppointmentView appointment) =>
        appointment.Participants.Select(p => (p.Actor, p.Required, p.Status));

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

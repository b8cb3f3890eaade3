using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

using StoredFindData = Ajanvaraus.Fhir.Persistence.Booking.FindData;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>What is searched: calendars in groups, the Slots that fit, and all that stands in their way.</summary>
internal sealed record FindScope(CalendarGroups Groups, SlotFilter Filter, StoredFindData Data)
{
    /// <summary>All offers, in order of time.</summary>
    public FindResult Find(FindInput input, Caller caller, Instant now)
    {
        var request = new FindRequest
        {
            Window = input.Window,
            Alternatives = Groups.Alternatives,
            Now = now,
            Needed = input.Needed,
            IgnoreAppointment = input.IgnoreAppointment,
            Holders = caller.Principal.Length > 0
                ? [caller.Principal]
                : [.. input.Patients.Select(id => $"Patient/{id}")],
            MaxPerDay = input.PerDay,
            FirstOnly = input.FirstOnly,
            PageSize = int.MaxValue,
        };
        return FindTimes.Find(request, Fitting());
    }

    private FindData Fitting()
    {
        var schedules = Data.Schedules.ToDictionary(s => s.Id);
        var asked = Groups.Alternatives.SelectMany(g => g).ToHashSet();
        var fitting = ImmutableArray.CreateBuilder<SlotState>(Data.Slots.Length);
        foreach (var slot in Data.Slots)
            if (asked.Contains(slot.ScheduleId)
                && Filter.Fits(slot, schedules[slot.ScheduleId], Groups.IsLead(slot.ScheduleId)))
                fitting.Add(slot);
        return new FindData(
            Data.Schedules, fitting.DrainToImmutable(),
            [.. Data.Slots.Where(s => s.Status != SlotStatus.Free)], Data.Claims)
        {
            CalendarOwners = Data.CalendarOwners,
        };
    }
}

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Security;

using NodaTime;

using StoredFindData = Ajanvaraus.Fhir.Persistence.Booking.FindData;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>What is searched: calendars in groups, the Slots that fit, and all that stands in their way.</summary>
/// <param name="Window">Of the search, narrowed to the period of its entitlement.</param>
internal sealed record FindScope(CalendarGroups Groups, SlotFilter Filter, StoredFindData Data, TimeRange Window)
{
    /// <summary>Claims that the limits of the calendars count.</summary>
    public required ImmutableArray<Claim> Counted { get; init; }

    /// <inheritdoc cref="FindRequest.OwnWorkers"/>
    public ImmutableHashSet<string>? OwnWorkers { get; init; }

    /// <summary>Slots of the data that are not stored.</summary>
    public required IReadOnlyDictionary<string, ComputedSlot> Computed { get; init; }

    /// <summary>All offers, in order of time.</summary>
    public FindResult Find(FindInput input, Caller caller, Instant now) =>
        FindTimes.Find(Request(input, caller, now), Fitting());

    /// <summary>Which rule keeps which calendar's times from being offered.</summary>
    public IEnumerable<Issue> Explain(FindInput input, Caller caller, Instant now, FindResult found)
    {
        var hidden = FindExplanation.Of(Request(input, caller, now), Fitting(), Data.Slots, found.Offers);
        return hidden.Select(h => FindExplanationMessages.All[(int)h.Rule].At(null, $"Schedule/{h.ScheduleId}", $"{h.Count}"));
    }

    private FindRequest Request(FindInput input, Caller caller, Instant now) =>
        new()
        {
            Window = Window,
            Alternatives = Groups.Alternatives,
            Now = now,
            Needed = input.Needed,
            IgnoreAppointment = input.IgnoreAppointment,
            Holders = caller.Principal.Length > 0
                ? [caller.Principal]
                : [.. input.Patients.Select(id => $"Patient/{id}")],
            Seats = input.Seats,
            OwnWorkers = OwnWorkers,
            Series = input.Series,
            Hours = input.Hours,
            MaxPerDay = input.PerDay,
            MaxPerSchedulePerDay = input.PerProfessional,
            FirstOnly = input.FirstOnly,
            PageSize = int.MaxValue,
        };

    private FindData Fitting()
    {
        var schedules = Data.Schedules.ToDictionary(s => s.Id);
        var asked = Groups.Alternatives.SelectMany(g => g).ToHashSet();
        var taken = Data.Slots.NonFree();
        var closes = taken.Any(s => s.ClosesServiceOnly);
        var fitting = Data.Slots.Runs.Where(r => asked.Contains(CalendarSlots.ScheduleIdOf(r)))
            .Select(r => Fitting(r, schedules[CalendarSlots.ScheduleIdOf(r)], closes));
        return new FindData(Data.Schedules, new CalendarSlots(fitting), taken, Data.Claims)
        {
            CalendarOwners = Data.CalendarOwners,
            Counted = Counted,
            Journeys = Data.Journeys,
        };
    }

    /// <summary>The run itself where all of it fits, and nothing is closed for some services alone.</summary>
    private ReadOnlyMemory<SlotState> Fitting(ReadOnlyMemory<SlotState> run, ScheduleState schedule, bool closes)
    {
        var isLead = Groups.IsLead(schedule.Id);
        var (previous, fits) = (default(SlotState), false);
        var fitting = CalendarSlots.Only(run, slot =>
        {
            // Slots of a calendar mostly say the same, which is decided once.
            if (previous?.Services != slot.Services || previous.Audience != slot.Audience)
                fits = Filter.Fits(slot, schedule, isLead);
            previous = slot;
            return fits;
        });
        return closes && isLead ? fitting.ToArray().Select(slot => Filter.Asked(slot, schedule)).ToArray() : fitting;
    }
}

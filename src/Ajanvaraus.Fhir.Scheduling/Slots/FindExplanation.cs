using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>Why a time of a calendar is not offered; of several reasons the first in this order.</summary>
public enum HiddenBy
{
    /// <summary>The Schedule is not active.</summary>
    Inactive,
    /// <summary>For another service, mode or audience than asked.</summary>
    Service,
    /// <summary>It began before the search.</summary>
    Past,
    /// <summary>Its opening to its audience is still to come.</summary>
    NotOpenYet,
    /// <summary>It begins before the notice of the calendar has passed.</summary>
    LeadTime,
    /// <summary>Outside the planning horizon.</summary>
    Horizon,
    /// <summary>An absence or a closed time, here or in another calendar of the same owner.</summary>
    Absence,
    /// <summary>Somebody else holds it for the moment.</summary>
    Held,
    /// <summary>Booked, here or in another calendar of the same owner.</summary>
    Taken,
    /// <summary>Too few seats are left.</summary>
    Full,
    /// <summary>Shorter than needed, also together with its neighbours.</summary>
    TooShort,
    /// <summary>On another day or hour than asked.</summary>
    Hours,
    /// <summary>A calendar that must be free beside it is not; or a later time of the series is not free.</summary>
    OtherCalendar,
    /// <summary>The same time is offered with another, or the limit of the day is reached.</summary>
    Choice,

    /// <summary>Next after <see cref="Taken"/>: a booking beside it, or it itself, keeps that time to prepare or to clear up.</summary>
    Buffer,

    /// <summary>Next after <see cref="Full"/>: as many bookings begin on that day or in that week as the calendar may have.</summary>
    Limit,

    /// <summary>Next after <see cref="Limit"/>: the calendar gives visits of other lengths than asked.</summary>
    Length,

    /// <summary>Next after <see cref="Buffer"/>: the way from or to a booking at another place does not fit beside it.</summary>
    Travel,

    /// <summary>Next after <see cref="Inactive"/>: citizens book there with their own worker only.</summary>
    OwnClients,
}

/// <param name="Count">Slots of the Schedule that the rule keeps from being offered.</param>
public sealed record HiddenTimes(string ScheduleId, HiddenBy Rule, int Count);

/// <summary>Tells which rule keeps which calendar's times from being offered; numbers only, never whose booking it is.</summary>
public static class FindExplanation
{
    /// <param name="request">As it was searched.</param>
    /// <param name="data">As it was searched: its Slots are those that fit.</param>
    /// <param name="all">All Slots of the window, also those that do not fit.</param>
    /// <param name="offers">All that were offered.</param>
    /// <returns>By Schedule in the order asked, then by rule; nothing of what is offered, wholly or in part.</returns>
    public static ImmutableArray<HiddenTimes> Of(
        FindRequest request, FindData data, IReadOnlyCollection<SlotState> all, ImmutableArray<Offer> offers)
    {
        var context = new Context(request, data, offers);
        var slots = all.Where(s => s.Status != SlotStatus.EnteredInError && s.Time.Overlaps(request.Window))
            .ToLookup(s => s.ScheduleId);
        var hidden = ImmutableArray.CreateBuilder<HiddenTimes>();
        foreach (var id in request.Alternatives.SelectMany(g => g).Distinct())
            foreach (var rule in slots[id].Where(s => !context.IsOffered(s)).GroupBy(context.RuleOf).OrderBy(r => r.Key))
                hidden.Add(new HiddenTimes(id, rule.Key, rule.Count()));
        return hidden.ToImmutable();
    }

    private sealed class Context
    {
        private readonly FindRequest _request;
        private readonly CalendarIndex _index;
        private readonly HashSet<string> _fitting;
        private readonly ILookup<string, TimeRange> _offered;
        private readonly Dictionary<string, CalendarView> _views = [];

        public Context(FindRequest request, FindData data, ImmutableArray<Offer> offers)
        {
            _request = request;
            _index = new CalendarIndex(request, data);
            _fitting = [.. data.Slots.Select(s => s.Id)];
            _offered = offers.SelectMany(o => o.Calendars.Select(c => (c.ScheduleId, o.Time)))
                .ToLookup(o => o.ScheduleId, o => o.Time);
        }

        public bool IsOffered(SlotState slot) => _offered[slot.ScheduleId].Any(t => t.Overlaps(slot.Time));

        public HiddenBy RuleOf(SlotState slot)
        {
            if (_index.Active(slot.ScheduleId) is not { } schedule) return HiddenBy.Inactive;
            if (!_request.MayBookIn(schedule)) return HiddenBy.OwnClients;
            if (_index.ServiceClosings(schedule).Any(c => c.Time.Overlaps(slot.Time) && c.Closes(slot.Services, schedule.Services)))
                return HiddenBy.Absence;
            if (slot.Status == SlotStatus.BusyUnavailable) return HiddenBy.Absence;
            if (Standing(schedule, slot) is { } standing) return standing;
            if (!_fitting.Contains(slot.Id)) return HiddenBy.Service;
            if (slot.Time.Start < _request.Now) return HiddenBy.Past;
            if (_index.IsYetToOpen(slot)) return HiddenBy.NotOpenYet;
            if (slot.Time.Start < (schedule.BookableFrom ?? _request.Now + _request.LeadTime)) return HiddenBy.LeadTime;
            if (schedule.Horizon is { } horizon && !horizon.Contains(slot.Time)) return HiddenBy.Horizon;
            if (slot.Capacity < _request.Seats) return HiddenBy.Full;
            return Unchosen(schedule, slot);
        }

        /// <summary>A claim or an absence in the way; null when there is none.</summary>
        private HiddenBy? Standing(ScheduleState schedule, SlotState slot)
        {
            var claims = _index.StandingClaims(schedule).Where(c => c.Time.Overlaps(slot.Time)).ToList();
            if (slot.Capacity > 1)
            {
                var seats = claims.Count(c => c.Group == slot.Id && CalendarReference.IsSchedule(c.Target, schedule.Id));
                if (slot.Capacity - seats < _request.Seats) return HiddenBy.Full;
                claims.RemoveAll(c => c.Group == slot.Id);
            }

            if (claims.Count > 0) return claims.Exists(c => c.Expires is null) ? HiddenBy.Taken : HiddenBy.Held;
            var blocking = _index.BlockingSlots(schedule).Where(s => s.Time.Overlaps(slot.Time)).ToList();
            if (blocking.Count == 0)
                return IsBuffered(schedule, slot, null) ? HiddenBy.Buffer
                    : IsBuffered(schedule, slot, _index.PlaceOf(schedule)) ? HiddenBy.Travel : null;
            return blocking.Exists(s => s.Status == SlotStatus.BusyUnavailable || s.ScheduleId != schedule.Id)
                ? HiddenBy.Absence
                : HiddenBy.Taken;
        }

        private bool IsBuffered(ScheduleState schedule, SlotState slot, string? place) => _index.KnowsBuffers
            && !_index.StandingClaims(schedule).Any(c => slot.Capacity > 1 && c.Group == slot.Id)
            && _index.StandingClaims(schedule).Any(c => _index.Zone(schedule, c, place).Zone.Overlaps(slot.Time));

        private HiddenBy Unchosen(ScheduleState schedule, SlotState slot)
        {
            if (!_views.TryGetValue(schedule.Id, out var view))
                _views[schedule.Id] = view = new CalendarView(
                    schedule, _index, _request.Seats, OfferedLength.Of(schedule, _request.Needed));
            if (IsLimited(view, slot)) return HiddenBy.Limit;
            if (view.Length.IsNone && slot.Capacity == 1) return HiddenBy.Length;
            var needed = (slot.Capacity == 1 ? view.Length.Only : null) ?? _request.Needed?.BclCompatibleTicks ?? 0;
            var time = TickSpan.Of(slot.Time);
            if (time.Length < needed && !view.Carries(new TickSpan(time.Start, time.Start + needed), mayShare: true))
                return HiddenBy.TooShort;
            if (_request.Hours is { } hours && !hours.Include(slot.Time.Start.InZone(view.Zone).LocalDateTime))
                return HiddenBy.Hours;
            return _request.Alternatives.Length > 1 || _request.Series is not null
                ? HiddenBy.OtherCalendar
                : HiddenBy.Choice;
        }

        /// <summary>Also when the times of a series are together more than the calendar may have.</summary>
        private bool IsLimited(CalendarView view, SlotState slot) => !view.HasRoom(TickSpan.Of(slot.Time), mayShare: true)
            || (_request.Series?.Occurrences(slot.Time, view.Zone) is { } series
                && !view.HasRoomForAll(series.Select(TickSpan.Of), mayShare: true));
    }
}

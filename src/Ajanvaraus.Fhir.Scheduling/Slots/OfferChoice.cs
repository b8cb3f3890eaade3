using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>Chooses who carries a time: of each group the first that can, none twice, within the limits.</summary>
internal sealed class OfferChoice(List<List<CalendarView>> groups, FindRequest request)
{
    private readonly CalendarView[] _chosen = new CalendarView[groups.Count];
    private readonly Dictionary<LocalDate, int> _perDay = [];
    private readonly Dictionary<(string ScheduleId, LocalDate Day), int> _perScheduleDay = [];
    private IReadOnlyList<TickSpan> _later = [];
    private int _sharing;

    /// <summary>Whether the time can be offered; if so, it counts towards the limits.</summary>
    public bool TryTake(TickSpan time)
    {
        // At most one calendar gives a seat in a group: the seats of two groups would have to be taken as one.
        _sharing = -1;
        if (LaterThan(time) is not { } later) return false;
        _later = later;
        if (!Choose(0, time)) return false;
        if (request.Hours is { } hours && !hours.Include(LocalStart(_chosen[0], time))) return false;
        if (request.MaxPerDay is { } most && !Count(_perDay, DayOf(_chosen[0], time), most)) return false;
        if (request.MaxPerSchedulePerDay is { } mostOfOne)
            foreach (var view in _chosen) Count(_perScheduleDay, (view.Id, DayOf(view, time)), mostOfOne);
        return true;
    }

    /// <summary>The offer of the time taken last.</summary>
    public Offer Offer(TickSpan time)
    {
        var range = time.ToTimeRange();
        var calendars = ImmutableArray.CreateBuilder<OfferedCalendar>(_chosen.Length);
        for (var n = 0; n < _chosen.Length; n++) calendars.Add(_chosen[n].Offer(time, n == _sharing));
        return new Offer(range, calendars.MoveToImmutable())
        {
            Later = [.. _later.Select(t => t.ToTimeRange())],
        };
    }

    private bool Choose(int group, TickSpan time)
    {
        if (group == groups.Count) return CanMeet(time);
        foreach (var view in groups[group])
        {
            var mayShare = _sharing < 0;
            if (!CarriesAll(view, time, mayShare) || IsChosen(view, group) || IsAtLimit(view, time)) continue;
            _chosen[group] = view;
            var shares = mayShare && view.IsShared(time);
            if (shares) _sharing = group;
            if (Choose(group + 1, time)) return true;
            if (shares) _sharing = -1;
        }

        return false;
    }

    /// <summary>Who comes together meets in one place for one service, which are not those of each calendar.</summary>
    private bool CanMeet(TickSpan time)
    {
        if (groups.Count == 1 || !_chosen[0].MayMeetElsewhere) return true;
        var place = CalendarView.PlaceOf(_chosen);
        var services = _chosen[0].ServicesAt(time);
        foreach (var view in _chosen)
        {
            if (!view.Reaches(time, place) || !view.IsOpenFor(time, services)) return false;
            foreach (var later in _later)
                if (!view.Reaches(later, place) || !view.IsOpenFor(later, services)) return false;
        }

        return true;
    }

    private bool CarriesAll(CalendarView view, TickSpan time, bool mayShare)
    {
        if (!view.Carries(time, mayShare)) return false;
        foreach (var later in _later)
            if (!view.Carries(later, mayShare)) return false;
        return _later.Count == 0 || view.HasRoomForAll(_later.Prepend(time), mayShare);
    }

    /// <summary>The other times of the series; null when one of them does not exist.</summary>
    private IReadOnlyList<TickSpan>? LaterThan(TickSpan time)
    {
        if (request.Series is not { } series) return [];
        var times = series.Occurrences(time.ToTimeRange(), groups[0][0].Zone);
        return times is null ? null : [.. times.Skip(1).Select(TickSpan.Of)];
    }

    private bool IsChosen(CalendarView view, int before) => Array.IndexOf(_chosen, view, 0, before) >= 0;

    private bool IsAtLimit(CalendarView view, TickSpan time) =>
        request.MaxPerSchedulePerDay is { } most && _perScheduleDay.GetValueOrDefault((view.Id, DayOf(view, time))) >= most;

    private static LocalDate DayOf(CalendarView view, TickSpan time) => LocalStart(view, time).Date;

    private static LocalDateTime LocalStart(CalendarView view, TickSpan time) =>
        Instant.FromUnixTimeTicks(time.Start).InZone(view.Zone).LocalDateTime;

    private static bool Count<TKey>(Dictionary<TKey, int> counts, TKey key, int most)
        where TKey : notnull
    {
        var count = counts.GetValueOrDefault(key);
        if (count >= most) return false;
        counts[key] = count + 1;
        return true;
    }
}

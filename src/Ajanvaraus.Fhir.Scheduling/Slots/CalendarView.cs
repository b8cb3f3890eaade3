using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>One Schedule as a search sees it: where it is open, and where it is blocked.</summary>
internal sealed class CalendarView
{
    private readonly ScheduleState _schedule;
    private readonly CalendarIndex _index;
    private readonly string? _place;
    private readonly List<Claim> _claims;
    private readonly Dictionary<string, KeptZones> _zonesAt = [];
    private readonly TickSpan? _horizon;
    private readonly long _bookableFrom;
    private readonly List<(TickSpan Time, string Id)> _open = [];
    private readonly Dictionary<TickSpan, (SlotState Slot, int SeatsLeft)> _groups = [];
    private readonly SpanSet _runs;
    private readonly SpanSet _blocked;
    private readonly long _longest;
    private readonly KeptZones _zones;
    private readonly CalendarRoom? _room;
    private readonly OfferedLength _length;
    private readonly List<SlotState> _closings;

    /// <summary>The open ones, when any service is closed alone.</summary>
    private readonly Dictionary<string, SlotState> _slots = [];

    /// <param name="seats">So many must be left of a Slot of several seats; more than one asks for such a Slot.</param>
    /// <param name="length">Of the visits that may be offered; those in a group are as long as its Slot.</param>
    public CalendarView(ScheduleState schedule, CalendarIndex index, int seats, OfferedLength length = default)
    {
        _length = length;
        _schedule = schedule;
        _index = index;
        _place = index.PlaceOf(schedule);
        Zone = CalendarZone.Of(schedule.ZoneId);
        _bookableFrom = schedule.BookableFrom?.ToUnixTimeTicks() ?? long.MinValue;
        _room = index.Room(schedule);
        _horizon = schedule.Horizon is { } horizon ? TickSpan.Of(horizon) : null;
        var claims = _claims = index.StandingClaims(schedule).ToList();
        var blocking = index.BlockingSlots(schedule).ToList();
        _zones = new KeptZones(index.KnowsBuffers ? claims.Select(c => index.Zone(schedule, c)) : []);
        var taken = index.KnowsBuffers ? _zones.Spans : claims.Select(c => c.Time);
        _blocked = new SpanSet([.. taken.Select(TickSpan.Of), .. blocking.Select(s => TickSpan.Of(s.Time))]);

        _closings = [.. index.ServiceClosings(schedule)];
        var standing = index.Standing(schedule.Id);
        var slots = index.Slots(schedule.Id);
        _open.EnsureCapacity(slots.Length);
        foreach (var slot in slots)
        {
            if (seats == 1 && slot.Capacity == 1 && !index.IsYetToOpen(slot) && (slot.Status == SlotStatus.Free || IsVacated(slot, standing)))
            {
                _open.Add((TickSpan.Of(slot.Time), slot.Id));
                if (index.ClosesServices) _slots[slot.Id] = slot;
            }
        }

        // They mostly come in order, and to see that costs a tenth of sorting them.
        if (!IsInOrder()) _open.Sort(InOrder);
        foreach (var (time, _) in _open) _longest = Math.Max(_longest, time.Length);
        _runs = SpanSet.OfOrdered(_open, o => o.Time);
        AddGroups(index, standing, claims, blocking, seats);
    }

    public string Id => _schedule.Id;

    /// <summary>Where a booking that takes all of these takes place.</summary>
    public static string? PlaceOf(CalendarView[] together) => together[0]._index.PlaceOf(together.Select(v => v._schedule));

    /// <summary>Whether the way to and from other bookings fits when the time is spent there, and not where the calendar is.</summary>
    public bool Reaches(TickSpan time, string? place)
    {
        if (place is null || place == _place || !_index.KnowsBuffers) return true;
        if (!_zonesAt.TryGetValue(place, out var zones))
            _zonesAt[place] = zones = new KeptZones(_claims.Select(c => _index.Zone(_schedule, c, place)));
        return !zones.Touching(time.ToTimeRange()).Any();
    }

    /// <summary>Whether those who come together may be refused what each of them can carry: by journeys, or a closed service.</summary>
    public bool MayMeetElsewhere => _index.KnowsBuffers || _index.ClosesServices;

    public DateTimeZone Zone { get; }

    /// <summary>Times that the Slots themselves suggest; each still has to be carried.</summary>
    /// <param name="needed">In ticks; null: the Slots' own lengths.</param>
    public void Suggest(TickSpan window, long? needed, long? grid, HashSet<TickSpan> times)
    {
        foreach (var time in _groups.Keys)
            if (time.Length >= (needed ?? 0) && window.Contains(time)) times.Add(time);

        if (_length.IsNone) return;
        (needed, grid) = (_length.Only ?? needed, grid ?? _length.Grid);
        var points = new List<long>();
        foreach (var (time, _) in _open)
        {
            if (!time.Overlaps(window)) continue;
            if (needed is not { } length)
            {
                if (_zones.Count == 0)
                {
                    if (window.Contains(time)) times.Add(time);
                    continue;
                }

                foreach (var part in Parts(time))
                    if (window.Contains(part)) times.Add(part);
                continue;
            }

            points.Clear();
            if (time.Length > length) LocalGrid.Collect(time, grid ?? length, Zone, points);
            else points.Add(time.Start);
            foreach (var start in points)
            {
                var cut = new TickSpan(start, start + length);
                if (window.Contains(cut)) times.Add(cut);
            }
        }
    }

    /// <summary>The time, or what the buffers of bookings beside it leave to be offered of it.</summary>
    public IEnumerable<TickSpan> Parts(TickSpan open)
    {
        if (_zones.Count == 0) return [open];
        var time = open.ToTimeRange();
        return OfferedParts.Of(time, [.. _zones.Touching(time)]).Select(TickSpan.Of);
    }

    /// <summary>Whether a booking, its buffers or an absence keeps any of the time of the Slot from being booked.</summary>
    public bool IsBlocked(TickSpan time, SlotState slot) =>
        _blocked.Overlaps(time) || ClosingsOf(slot).Any(c => TickSpan.Of(c.Time).Overlaps(time));

    /// <summary>What closes the service of the Slot alone, in its time.</summary>
    private IEnumerable<SlotState> ClosingsOf(SlotState slot) =>
        _closings.Where(c => c.Time.Overlaps(slot.Time) && c.Closes(slot.Services, _schedule.Services));

    /// <summary>What a booking of the time is for, as a proposal of it says: as its first Slot does, or the Schedule.</summary>
    public (ImmutableArray<string> OfSlot, ImmutableArray<string> OfSchedule) ServicesAt(TickSpan time)
    {
        var first = _groups.TryGetValue(time, out var group) ? group.Slot : UsableSlots(time).Select(id => _slots.GetValueOrDefault(id)).FirstOrDefault();
        return (first?.Services ?? [], _schedule.Services);
    }

    /// <summary>Whether nothing here closes the time for what a booking is for.</summary>
    public bool IsOpenFor(TickSpan time, (ImmutableArray<string> OfSlot, ImmutableArray<string> OfSchedule) services) =>
        !_closings.Exists(c => TickSpan.Of(c.Time).Overlaps(time) && c.Closes(services.OfSlot, services.OfSchedule));

    /// <summary>Ids of the open Slots in which the time lies, in order; one that is closed for its service in any of it is none.</summary>
    private IEnumerable<string> SlotsIn(TickSpan time)
    {
        for (var at = FirstThatMayReach(time.Start); at < _open.Count && _open[at].Time.Start < time.End; at++)
            if (_open[at].Time.Overlaps(time) && !IsServiceClosed(_open[at].Id, time)) yield return _open[at].Id;
    }

    private bool IsServiceClosed(string slotId, TickSpan time) =>
        _closings.Count > 0 && ClosingsOf(_slots[slotId]).Any(c => TickSpan.Of(c.Time).Overlaps(time));

    public bool Carries(TickSpan time, bool mayShare) =>
        ((mayShare && _groups.ContainsKey(time)) || CarriesAlone(time)) && HasRoom(time, mayShare);

    /// <summary>How long the visits are that it offers alone.</summary>
    public OfferedLength Length => _length;

    /// <summary>Whether the limits of the calendar leave room for a booking then.</summary>
    public bool HasRoom(TickSpan time, bool mayShare) => _room is null || _room.Has(time, GroupOf(time, mayShare));

    /// <summary>Whether they leave room for all times of a series.</summary>
    public bool HasRoomForAll(IEnumerable<TickSpan> series, bool mayShare) =>
        _room is null || _room.HasForAll(series.Select(t => (t, GroupOf(t, mayShare))));

    /// <summary>Whether the time would take a seat in a group.</summary>
    public bool IsShared(TickSpan time) => _groups.ContainsKey(time);

    public OfferedCalendar Offer(TickSpan time, bool mayShare)
    {
        if (mayShare && _groups.TryGetValue(time, out var group))
            return new OfferedCalendar(Id, [group.Slot.Id], group.SeatsLeft);
        return new OfferedCalendar(Id, [.. UsableSlots(time)], null);
    }

    private bool IsInOrder()
    {
        for (var at = 1; at < _open.Count; at++)
            if (InOrder(_open[at - 1], _open[at]) > 0) return false;
        return true;
    }

    private static int InOrder((TickSpan Time, string Id) a, (TickSpan Time, string Id) b)
    {
        var byTime = a.Time.CompareTo(b.Time);
        return byTime != 0 ? byTime : string.CompareOrdinal(a.Id, b.Id);
    }

    private static bool IsVacated(SlotState slot, ClaimStanding standing) =>
        slot.Status != SlotStatus.EnteredInError && standing.IsVacated(slot);

    private string? GroupOf(TickSpan time, bool mayShare) =>
        mayShare && _groups.TryGetValue(time, out var group) ? group.Slot.Id : null;

    private bool CarriesAlone(TickSpan time) =>
        _length.Fits(time.Length) && _runs.Covers(time) && !_blocked.Overlaps(time) && IsWithinHorizon(time)
        && (_closings.Count == 0 || IsOpenForItsServices(time));

    /// <summary>Whether Slots carry the time that are open for their services, and for that of the first, which a proposal says.</summary>
    private bool IsOpenForItsServices(TickSpan time) =>
        new SpanSet([.. UsableSlots(time).Select(id => TickSpan.Of(_slots[id].Time))]).Covers(time);

    /// <summary>Of the open Slots in which the time lies, from the first whose service is open in all of it.</summary>
    private IEnumerable<string> UsableSlots(TickSpan time) => _closings.Count == 0 ? SlotsIn(time)
        : SlotsIn(time).SkipWhile(id => !IsOpenFor(time, (_slots[id].Services, _schedule.Services)));

    private bool IsWithinHorizon(TickSpan time) =>
        time.Start >= _bookableFrom && (_horizon is not { } horizon || horizon.Contains(time));

    /// <summary>Open Slots before it end too early: none is longer than the longest.</summary>
    private int FirstThatMayReach(long start)
    {
        var (low, high) = (0, _open.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_open[middle].Time.Start < start - _longest) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private void AddGroups(
        CalendarIndex index, ClaimStanding all, List<Claim> claims, List<SlotState> blocking, int seatsAsked)
    {
        var groups = new List<SlotState>();
        foreach (var slot in index.Slots(Id))
            if (slot.Capacity > 1 && slot.Status != SlotStatus.EnteredInError && !index.IsYetToOpen(slot)) groups.Add(slot);
        if (groups.Count == 0) return;
        var seats = index.ClaimsOf(Id).ToLookup(c => c.Group);
        var taken = claims.Select(c => (Time: TickSpan.Of(c.Time), Zone: TickSpan.Of(index.Zone(_schedule, c).Zone), c.Group))
            .Concat(blocking.Select(s => (Time: TickSpan.Of(s.Time), Zone: TickSpan.Of(s.Time), Group: s.Id)))
            .Distinct().ToList();
        foreach (var slot in groups)
        {
            var time = TickSpan.Of(slot.Time);
            var standing = index.StandingOf(seats[slot.Id]);
            if (!BookingConflicts.IsOpen(slot, standing, all) || !IsWithinHorizon(time) || ClosingsOf(slot).Any()) continue;
            var left = slot.Capacity - standing.SeatsTaken(slot);
            // Whoever enrols in a group that somebody is in already changes nothing about its time.
            var isBegun = left < slot.Capacity;
            if (left >= seatsAsked
                && !taken.Exists(t => t.Group != slot.Id && (isBegun ? t.Time : t.Zone).Overlaps(time)))
                _groups.TryAdd(time, (slot, left));
        }
    }
}

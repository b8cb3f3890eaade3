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
    private readonly ClosedServices _closed;
    private readonly OpenSlots _open;
    private readonly GroupSlots _groups;
    private readonly SpanSet _blocked;
    private readonly KeptZones _zones;
    private readonly CalendarRoom? _room;

    /// <param name="seats">So many must be left of a Slot of several seats; more than one asks for such a Slot.</param>
    /// <param name="length">Of the visits that may be offered; those in a group are as long as its Slot.</param>
    public CalendarView(ScheduleState schedule, CalendarIndex index, int seats, OfferedLength length = default)
    {
        Length = length;
        _schedule = schedule;
        _index = index;
        _place = index.PlaceOf(schedule);
        Zone = CalendarZone.Of(schedule.ZoneId);
        _bookableFrom = schedule.BookableFrom?.ToUnixTimeTicks() ?? long.MinValue;
        _room = index.Room(schedule);
        _horizon = schedule.Horizon is { } horizon ? TickSpan.Of(horizon) : null;
        _claims = index.StandingClaims(schedule).ToList();
        var blocking = index.BlockingSlots(schedule).ToList();
        _zones = new KeptZones(index.KnowsBuffers ? _claims.Select(c => index.Zone(schedule, c)) : []);
        var taken = index.KnowsBuffers ? _zones.Spans : _claims.Select(c => c.Time);
        _blocked = new SpanSet([.. taken.Select(TickSpan.Of), .. blocking.Select(s => TickSpan.Of(s.Time))]);
        _closed = new ClosedServices(schedule, [.. index.ServiceClosings(schedule)]);
        _open = new OpenSlots(seats == 1 ? OpenAlone() : []);
        _groups = GroupSlots.Of(schedule, index, _claims, blocking, seats,
            slot => IsWithinHorizon(TickSpan.Of(slot.Time)) && !_closed.Of(slot).Any());
    }

    public string Id => _schedule.Id;

    public DateTimeZone Zone { get; }

    /// <summary>How long the visits are that it offers alone.</summary>
    public OfferedLength Length { get; }

    /// <summary>Whether those who come together may be refused what each of them can carry: by journeys, or a closed service.</summary>
    public bool MayMeetElsewhere => _index.KnowsBuffers || _index.ClosesServices;

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

    /// <summary>Times that the Slots themselves suggest; each still has to be carried.</summary>
    /// <param name="needed">In ticks; null: the Slots' own lengths.</param>
    public void Suggest(TickSpan window, long? needed, long? grid, HashSet<TickSpan> times)
    {
        foreach (var time in _groups.Times)
            if (time.Length >= (needed ?? 0) && window.Contains(time)) times.Add(time);
        if (Length.IsNone) return;
        if ((Length.Only ?? needed) is { } length) SuggestCut(window, length, grid ?? Length.Grid ?? length, times);
        else SuggestWhole(window, times);
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
        _blocked.Overlaps(time) || _closed.Of(slot).Any(c => TickSpan.Of(c.Time).Overlaps(time));

    /// <summary>What a booking of the time is for, as a proposal of it says: as its first Slot does, or the Schedule.</summary>
    public (ImmutableArray<string> OfSlot, ImmutableArray<string> OfSchedule) ServicesAt(TickSpan time) =>
        (_groups.At(time)?.Slot.Services ?? _closed.ServicesOf(UsableSlots(time).FirstOrDefault()), _schedule.Services);

    /// <inheritdoc cref="ClosedServices.AreOpen"/>
    public bool IsOpenFor(TickSpan time, (ImmutableArray<string> OfSlot, ImmutableArray<string> OfSchedule) services) =>
        _closed.AreOpen(time, services);

    public bool Carries(TickSpan time, bool mayShare) =>
        ((mayShare && IsShared(time)) || CarriesAlone(time)) && HasRoom(time, mayShare);

    /// <summary>Whether the limits of the calendar leave room for a booking then.</summary>
    public bool HasRoom(TickSpan time, bool mayShare) => _room is null || _room.Has(time, GroupOf(time, mayShare));

    /// <summary>Whether they leave room for all times of a series.</summary>
    public bool HasRoomForAll(IEnumerable<TickSpan> series, bool mayShare) =>
        _room is null || _room.HasForAll(series.Select(t => (t, GroupOf(t, mayShare))));

    /// <summary>Whether the time would take a seat in a group.</summary>
    public bool IsShared(TickSpan time) => _groups.Have(time);

    public OfferedCalendar Offer(TickSpan time, bool mayShare) =>
        mayShare && _groups.At(time) is var (slot, seatsLeft)
            ? new OfferedCalendar(Id, [slot.Id], seatsLeft)
            : new OfferedCalendar(Id, [.. UsableSlots(time)], null);

    /// <summary>Free Slots of one seat, and those that who asks would vacate.</summary>
    private List<(TickSpan Time, string Id)> OpenAlone()
    {
        var standing = _index.Standing(Id);
        var slots = _index.Slots(Id);
        var open = new List<(TickSpan, string)>(slots.Length);
        foreach (var slot in slots)
        {
            if (slot.Capacity != 1 || _index.IsYetToOpen(slot) || (slot.Status != SlotStatus.Free && !IsVacated(slot, standing))) continue;
            open.Add((TickSpan.Of(slot.Time), slot.Id));
            if (_index.ClosesServices) _closed.Know(slot);
        }

        return open;
    }

    private void SuggestCut(TickSpan window, long length, long grid, HashSet<TickSpan> times)
    {
        var points = new List<long>();
        foreach (var (time, _) in _open)
        {
            if (!time.Overlaps(window)) continue;
            points.Clear();
            if (time.Length > length) LocalGrid.Collect(time, grid, Zone, points);
            else points.Add(time.Start);
            foreach (var start in points)
            {
                var cut = new TickSpan(start, start + length);
                if (window.Contains(cut)) times.Add(cut);
            }
        }
    }

    private void SuggestWhole(TickSpan window, HashSet<TickSpan> times)
    {
        foreach (var (time, _) in _open)
        {
            if (!time.Overlaps(window)) continue;
            if (_zones.Count == 0)
            {
                if (window.Contains(time)) times.Add(time);
                continue;
            }

            foreach (var part in Parts(time))
                if (window.Contains(part)) times.Add(part);
        }
    }

    private static bool IsVacated(SlotState slot, ClaimStanding standing) =>
        slot.Status != SlotStatus.EnteredInError && standing.IsVacated(slot);

    private string? GroupOf(TickSpan time, bool mayShare) => mayShare ? _groups.At(time)?.Slot.Id : null;

    private bool CarriesAlone(TickSpan time) =>
        Length.Fits(time.Length) && _open.Cover(time) && !_blocked.Overlaps(time) && IsWithinHorizon(time)
        && (_closed.IsEmpty || _closed.LeaveOpen(_open.In(time), time));

    private IEnumerable<string> UsableSlots(TickSpan time) => _closed.Usable(_open.In(time), time);

    private bool IsWithinHorizon(TickSpan time) =>
        time.Start >= _bookableFrom && (_horizon is not { } horizon || horizon.Contains(time));
}

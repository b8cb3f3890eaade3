namespace Ajanvaraus.Fhir.Scheduling.Tests;

/// <summary>A small store: it reads snapshots as storage does and writes what decisions say.</summary>
internal sealed class Calendars
{
    public static readonly Instant Day = Instant.FromUtc(2027, 3, 1, 0, 0);
    public static readonly DateTimeZone Helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    private readonly List<ScheduleState> _schedules = [];
    private readonly List<SlotState> _slots = [];
    private readonly List<Claim> _claims = [];
    private int _made;

    public Instant Now { get; set; } = Day;

    public IReadOnlyList<SlotState> Slots => _slots;

    public IReadOnlyList<Claim> Claims => _claims;

    public ImmutableHashSet<string> Owners { get; set; } = [];

    public Journeys Journeys { get; set; } = Journeys.None;

    public IReadOnlyList<ScheduleState> Schedules => _schedules;

    /// <summary>A time of the day as minutes: <c>At(9, 10.5)</c> is 09:00 to 10:30.</summary>
    public static TimeRange At(double fromHour, double toHour) =>
        new(Day + Duration.FromHours(fromHour), Day + Duration.FromHours(toHour));

    public Calendars Schedule(string id, params string[] actors)
    {
        _schedules.Add(new ScheduleState(id, true, [.. actors], null, "Europe/Helsinki"));
        Owners = Owners.Union(actors);
        return this;
    }

    public Calendars Schedule(ScheduleState schedule)
    {
        _schedules.Add(schedule);
        return this;
    }

    public Calendars Slot(
        string id, string scheduleId, TimeRange time, SlotStatus status = SlotStatus.Free, int capacity = 1)
    {
        _slots.Add(new SlotState(id, scheduleId, time, status, capacity));
        return this;
    }

    public Calendars Slot(SlotState slot)
    {
        _slots.Add(slot);
        return this;
    }

    /// <summary>A time that is closed for these services alone.</summary>
    public Calendars Closing(string scheduleId, TimeRange time, params string[] services) => Slot(
        new SlotState($"closing{_slots.Count}", scheduleId, time, SlotStatus.BusyUnavailable) { Services = [.. services], ClosesServiceOnly = true });

    public Calendars Claim(string target, TimeRange time, string appointmentId = "other", Instant? expires = null)
    {
        _claims.Add(new Claim(target, 0, time, appointmentId, "", expires, expires is null ? "" : "somebody"));
        return this;
    }

    public BookingSnapshot Snapshot() => new([.. _schedules], [.. _slots], [.. _claims])
    {
        CalendarOwners = Owners, Counted = [.. _claims], Journeys = Journeys,
    };

    public FindData FindData() =>
        new([.. _schedules], [.. _slots], [.. _slots.Where(s => s.Status != SlotStatus.Free)], [.. _claims])
        {
            CalendarOwners = Owners, Counted = [.. _claims], Journeys = Journeys,
        };

    public BookingDecision Decide(BookingRequest request) => BookingRules.Decide(request, Snapshot(), Now);

    /// <summary>Decides and, when accepted, stores.</summary>
    public BookingDecision Apply(BookingRequest request)
    {
        var decision = Decide(request);
        if (decision is Accepted accepted)
        {
            _claims.RemoveAll(c => c.AppointmentId == request.AppointmentId
                || accepted.Superseded.Contains(c.AppointmentId));
            _claims.AddRange(accepted.Claims);
            Write(accepted.Slots);
            Show();
        }

        return decision;
    }

    public Accepted Accept(BookingRequest request) => Apply(request).Should().BeOfType<Accepted>().Subject;

    public Refused Refuse(BookingRequest request) => Apply(request).Should().BeOfType<Refused>().Subject;

    public void Cancel(string appointmentId)
    {
        var changes = BookingRules.Release(appointmentId, Snapshot(), Now);
        _claims.RemoveAll(c => c.AppointmentId == appointmentId);
        Write(changes);
        Show();
    }

    /// <summary>Closes and opens free Slots beside bookings, as storage does after each change.</summary>
    public void Show() =>
        Write(ClosedSlots.Of(Snapshot(), [.. _schedules.Select(s => s.Id)], new TimeRange(Instant.MinValue, Instant.MaxValue), Now));

    public Calendars Keeping(string scheduleId, double minutesBefore, double minutesAfter)
    {
        var at = _schedules.FindIndex(s => s.Id == scheduleId);
        _schedules[at] = _schedules[at] with
        {
            Buffers = new Buffers(Duration.FromMinutes(minutesBefore), Duration.FromMinutes(minutesAfter)),
        };
        return this;
    }

    public Calendars Taking(string scheduleId, int? perDay, int? perWeek = null)
    {
        var at = _schedules.FindIndex(s => s.Id == scheduleId);
        _schedules[at] = _schedules[at] with { Limits = new BookingLimits(perDay, perWeek) };
        return this;
    }

    public Calendars Giving(string scheduleId, params int[] minutes)
    {
        var at = _schedules.FindIndex(s => s.Id == scheduleId);
        _schedules[at] = _schedules[at] with { Lengths = [.. minutes.Select(m => Duration.FromMinutes(m))] };
        return this;
    }

    public Calendars For(string scheduleId, params string[] services)
    {
        var at = _schedules.FindIndex(s => s.Id == scheduleId);
        _schedules[at] = _schedules[at] with { Services = [.. services] };
        return this;
    }

    public Calendars Travelling(string scheduleId, params TravelRule[] rules)
    {
        var at = _schedules.FindIndex(s => s.Id == scheduleId);
        _schedules[at] = _schedules[at] with { Travel = [.. rules] };
        return this;
    }

    /// <summary>A Location without a calendar among the actors of a Schedule.</summary>
    public Calendars At(string scheduleId, string location)
    {
        var at = _schedules.FindIndex(s => s.Id == scheduleId);
        _schedules[at] = _schedules[at] with { Actors = _schedules[at].Actors.Add(location) };
        return this;
    }

    /// <summary>The union of the Slots of these statuses, as disjoint runs in order.</summary>
    public List<TimeRange> Coverage(string scheduleId, params SlotStatus[] statuses)
    {
        var runs = new List<TimeRange>();
        var times = _slots.Where(s => s.ScheduleId == scheduleId && statuses.Contains(s.Status)).Select(s => s.Time);
        foreach (var time in times.OrderBy(t => t.Start))
        {
            if (runs.Count > 0 && time.Start <= runs[^1].End)
                runs[^1] = new TimeRange(runs[^1].Start, Instant.Max(runs[^1].End, time.End));
            else
                runs.Add(time);
        }

        return runs;
    }

    private void Write(ImmutableArray<SlotChange> changes)
    {
        foreach (var change in changes)
        {
            var old = _slots.Find(s => s.Id == (change.Id ?? change.CopyOf));
            if (change.Id is not null) _slots.RemoveAll(s => s.Id == change.Id).Should().Be(1, "a changed slot exists");
            if (change.IsRemoved) continue;
            _slots.Add(new SlotState(
                change.Id ?? $"made{_made++}", change.ScheduleId, change.Time, change.Status, old?.Capacity ?? 1,
                change.IsFiller)
            {
                IsClosed = change.IsClosed,
                IsFull = change.IsFull,
                Services = old?.Services ?? [],
            });
        }
    }
}

using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>The data of a search by calendar: each list is walked once, whatever the number of calendars.</summary>
internal sealed class CalendarIndex
{
    private readonly Dictionary<string, ScheduleState> _schedules;
    private readonly Dictionary<string, List<ScheduleState>> _byOwner = [];
    private readonly Dictionary<string, ReadOnlyMemory<SlotState>> _slots;
    private readonly Dictionary<string, ReadOnlyMemory<SlotState>> _nonFree;
    private readonly ILookup<string, Claim> _claims;
    private readonly ILookup<string, Claim> _claimsOfSchedule;
    private readonly ILookup<string, Claim> _counted;
    private readonly ImmutableArray<string> _superseded;
    private readonly ImmutableHashSet<string> _owners;
    private readonly string _appointmentId;
    private readonly Instant _now;
    private readonly BookingBuffers _buffers;

    /// <summary>Where the Appointment is that is to be moved.</summary>
    private readonly string? _place;

    public CalendarIndex(FindRequest request, FindData data)
        : this(request.Now, data, request.IgnoreAppointment ?? "", request.Holders)
    {
    }

    public CalendarIndex(
        Instant now, FindData data, string ignoredAppointment = "", ImmutableArray<string> holders = default)
    {
        _now = now;
        _buffers = new BookingBuffers(data.Schedules, data.Claims, data.Journeys);
        _place = data.Claims.Where(c => ignoredAppointment.Length > 0 && c.AppointmentId == ignoredAppointment)
            .Select(c => ClaimMark.PlaceOf(c.Group)).FirstOrDefault(p => p is not null);
        _owners = data.CalendarOwners;
        _appointmentId = ignoredAppointment;
        _superseded = [.. data.Claims.Where(IsOwnHold).Select(c => c.AppointmentId).Distinct()];
        _schedules = data.Schedules.DistinctBy(s => s.Id).ToDictionary(s => s.Id);
        _slots = data.Slots.BySchedule();
        _nonFree = data.NonFreeSlots.BySchedule();
        ClosesServices = data.NonFreeSlots.Any(s => s.ClosesServiceOnly);
        _claims = data.Claims.ToLookup(c => c.Target);
        _counted = data.Counted.Where(c => !ClaimStanding.HasEnded(c, now)).ToLookup(c => c.Target);
        _claimsOfSchedule = data.Claims.ToLookup(c => CalendarReference.ScheduleIdOf(c.Target) ?? "");
        foreach (var schedule in data.Schedules)
            foreach (var owner in OwnersOf(schedule))
            {
                if (!_byOwner.TryGetValue(owner, out var schedules)) _byOwner[owner] = schedules = [];
                schedules.Add(schedule);
            }

        bool IsOwnHold(Claim claim) =>
            !holders.IsDefault && !ClaimStanding.HasEnded(claim, now) && ClaimStanding.IsHeldBy(claim, holders);
    }

    /// <summary>Null when the Schedule is unknown or not active: it carries nothing.</summary>
    public ScheduleState? Active(string scheduleId) =>
        _schedules.GetValueOrDefault(scheduleId) is { IsActive: true } schedule ? schedule : null;

    public bool IsYetToOpen(SlotState slot) => slot.IsYetToOpen(_now);

    public ReadOnlySpan<SlotState> Slots(string scheduleId) => _slots.GetValueOrDefault(scheduleId).Span;

    /// <summary>How the claims on the Schedule, and the shadows on it, stand towards who asks.</summary>
    public ClaimStanding Standing(string scheduleId) => StandingOf(ClaimsOf(scheduleId));

    public IEnumerable<Claim> ClaimsOf(string scheduleId) => _claimsOfSchedule[scheduleId];

    public ClaimStanding StandingOf(IEnumerable<Claim> claims) => new(_appointmentId, _superseded, [.. claims], _now);

    /// <summary>Claims of others that meet a booking here: on the Schedule and its owners.</summary>
    public IEnumerable<Claim> StandingClaims(ScheduleState schedule)
    {
        var targets = OwnersOf(schedule).Prepend(CalendarReference.OfSchedule(schedule.Id));
        return StandingOf(targets.SelectMany(t => _claims[t])).Standing;
    }

    /// <summary>Whether any booking or calendar of the search keeps buffers, or knows of journeys.</summary>
    public bool KnowsBuffers => !_buffers.AreNone;

    /// <summary>Where a booking of the Schedules takes place.</summary>
    public string? PlaceOf(params IEnumerable<ScheduleState> schedules) => _place ?? Stay.PlaceOf(schedules);

    /// <summary>Where a booking of the Schedule may not lie, because of that claim.</summary>
    public KeptZone Zone(ScheduleState schedule, Claim claim) => Zone(schedule, claim, PlaceOf(schedule));

    /// <param name="schedule">The calendar.</param>
    /// <param name="claim">In the way.</param>
    /// <param name="place">Where the booking would be; null: nobody travels.</param>
    public KeptZone Zone(ScheduleState schedule, Claim claim, string? place) =>
        ClosedSlots.Zone(claim, schedule, _buffers, place);

    /// <summary>What a booking keeps that is placed in the Schedule by the same plan, as another there meets it.</summary>
    public TimeRange Around(ScheduleState schedule, TimeRange kept, Stay one, string? place) => schedule.Buffers.KeepingFrom(
        _buffers.Apart(kept, one, new Stay(place, schedule.Travel)));

    /// <summary>What the limits of the Schedule leave; null: it has none.</summary>
    public CalendarRoom? Room(ScheduleState schedule)
    {
        if (schedule.Limits.AreNone) return null;
        var claims = _counted[CalendarReference.OfSchedule(schedule.Id)].ToLookup(
            c => c.AppointmentId == _appointmentId ? Counting.Leaves : _superseded.Contains(c.AppointmentId) ? Counting.Held : Counting.Stands);
        return new CalendarRoom(
            schedule, claims[Counting.Stands], claims[Counting.Leaves], claims[Counting.Held].Select(c => (c, _buffers.Around(c))));
    }

    /// <summary>The bookings that the limits of the Schedule count.</summary>
    public BookingCount Count(ScheduleState schedule) => new(schedule, _counted[CalendarReference.OfSchedule(schedule.Id)], []);

    /// <summary>Slots that keep a booking away, whatever it is for.</summary>
    public IEnumerable<SlotState> BlockingSlots(ScheduleState schedule) => AllBlockingSlots(schedule).Where(s => !s.ClosesServiceOnly);

    /// <summary>Whether anything in the data closes some services alone.</summary>
    public bool ClosesServices { get; }

    /// <summary>Slots that close some services alone, here or in the other calendars of the same owners.</summary>
    public IEnumerable<SlotState> ServiceClosings(ScheduleState schedule) => ClosesServices
        ? AllBlockingSlots(schedule).Where(s => s is { ClosesServiceOnly: true, Status: SlotStatus.BusyUnavailable })
        : [];

    /// <summary>The Schedule's that are taken, and absences in the others.</summary>
    private IEnumerable<SlotState> AllBlockingSlots(ScheduleState schedule)
    {
        var named = Standing(schedule.Id);
        var own = _nonFree.GetValueOrDefault(schedule.Id);
        for (var at = 0; at < own.Length; at++)
            if (named.IsUnexplained(own.Span[at])) yield return own.Span[at];
        foreach (var other in Implied(schedule))
        {
            var standing = Standing(other);
            var others = _nonFree.GetValueOrDefault(other);
            for (var at = 0; at < others.Length; at++)
                if (standing.IsAbsence(others.Span[at])) yield return others.Span[at];
        }
    }

    /// <summary>The others that the owners of a Schedule have.</summary>
    private HashSet<string> Implied(ScheduleState schedule)
    {
        var implied = new HashSet<string>();
        foreach (var owner in OwnersOf(schedule))
            foreach (var other in _byOwner[owner])
                if (other.Id != schedule.Id) implied.Add(other.Id);
        return implied;
    }

    private IEnumerable<string> OwnersOf(ScheduleState schedule) =>
        schedule.Actors.Where(a => ClaimTargets.IsClaimed(a, _owners)).Distinct();

    /// <summary>How a booking of a limited calendar counts for who asks.</summary>
    private enum Counting { Stands, Leaves, Held }
}

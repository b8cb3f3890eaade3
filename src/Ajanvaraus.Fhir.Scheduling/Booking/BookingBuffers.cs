using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>What the bookings of some calendars keep beside them, by the calendars that they name: buffers and journeys.</summary>
/// <remarks>
/// A claim on a Schedule keeps the buffers of that; one on an owner those of the Schedules of that owner that its booking
/// names, of several the longer. They are those of now, also for bookings from before: docs/adr/0020-buffers.md.
/// </remarks>
internal sealed class BookingBuffers
{
    private readonly Dictionary<string, ScheduleState> _calendars = [];
    private readonly Dictionary<string, List<ScheduleState>> _named = [];
    private readonly Dictionary<(string Journey, string Owner), List<TimeRange>> _ways = [];
    private readonly Journeys _journeys;
    private readonly bool _knowsJourneys;

    /// <param name="schedules">All that the owners of the claims have.</param>
    /// <param name="claims">All of each booking on those Schedules.</param>
    /// <param name="journeys">Between the places of both.</param>
    public BookingBuffers(IReadOnlyCollection<ScheduleState> schedules, IEnumerable<Claim> claims, Journeys journeys)
    {
        _journeys = journeys;
        _knowsJourneys = schedules.Any(s => !s.Travel.IsEmpty);
        foreach (var schedule in schedules)
            if (_knowsJourneys || !schedule.Buffers.IsNone) _calendars[schedule.Id] = schedule;
        if (AreNone) return;
        foreach (var claim in claims)
        {
            if (ClaimMark.IsJourney(claim.Group) && Stay.Travels(claim.Target))
            {
                var key = (claim.Group, claim.Target);
                if (!_ways.TryGetValue(key, out var ways)) _ways[key] = ways = [];
                ways.Add(claim.Time);
            }

            if (CalendarReference.IsShadow(claim.Target) || ScheduleOf(claim.Target) is not { } schedule) continue;
            if (!_named.TryGetValue(claim.AppointmentId, out var named)) _named[claim.AppointmentId] = named = [];
            named.Add(schedule);
        }
    }

    /// <summary>None of the calendars has any, and none knows of journeys.</summary>
    public bool AreNone => _calendars.Count == 0;

    /// <summary>The time of a claim with what its booking keeps beside it.</summary>
    public TimeRange Around(Claim claim) => AreNone || ClaimMark.IsFollowing(claim.Group) ? claim.Time : Of(claim).Around(claim.Time);

    /// <summary>The same, as a booking of the same owner meets it that is elsewhere: with the journeys between the two.</summary>
    public TimeRange Around(Claim claim, Stay other) =>
        !_knowsJourneys || other.Place is null || !Stay.Travels(claim.Target) || ClaimMark.IsFollowing(claim.Group)
            ? Around(claim)
            : Apart(Around(claim), StayOf(claim), other);

    /// <summary>What somebody keeps who is in one place, with the journeys to and from another.</summary>
    public TimeRange Apart(TimeRange kept, Stay one, Stay other)
    {
        var rules = one.Rules.AddRange(other.Rules);
        return kept.Widened(
            one.HasJourneyTo || other.HasJourneyFrom ? Duration.Zero : _journeys.Between(other.Place, one.Place, rules),
            one.HasJourneyFrom || other.HasJourneyTo ? Duration.Zero : _journeys.Between(one.Place, other.Place, rules));
    }

    /// <summary>Where the owner of a claim is for its booking.</summary>
    private Stay StayOf(Claim claim)
    {
        var stay = Stay.Of(claim.Target, ClaimMark.PlaceOf(claim.Group), _named.GetValueOrDefault(claim.AppointmentId) ?? []);
        return WithWays(stay, claim.Target, claim.AppointmentId, claim.Time);
    }

    /// <summary>With the journeys of that professional that are booked for the meeting already.</summary>
    public Stay WithWays(Stay stay, string owner, string appointmentId, TimeRange time) =>
        !_ways.TryGetValue((ClaimMark.JourneyOf(appointmentId), owner), out var ways) ? stay : stay with
        {
            HasJourneyTo = stay.HasJourneyTo || ways.Exists(w => w.End <= time.Start),
            HasJourneyFrom = stay.HasJourneyFrom || ways.Exists(w => w.Start >= time.End),
        };

    /// <summary>Of an owner in a booking that names these Schedules.</summary>
    public static Buffers OfOwner(string owner, IEnumerable<ScheduleState> named)
    {
        var longest = Buffers.None;
        foreach (var schedule in named)
            if (schedule.Actors.Contains(owner)) longest = Buffers.Longer(longest, schedule.Buffers);
        return longest;
    }

    /// <summary>Whether the claim is of a journey to a meeting, or of its documentation.</summary>
    public static bool IsFollowing(Claim claim) => ClaimMark.IsFollowing(claim.Group);

    private Buffers Of(Claim claim)
    {
        if (CalendarReference.ScheduleIdOf(claim.Target) is not null)
            return CalendarReference.IsShadow(claim.Target) ? Buffers.None : ScheduleOf(claim.Target)?.Buffers ?? Buffers.None;
        return _named.TryGetValue(claim.AppointmentId, out var named) ? OfOwner(claim.Target, named) : Buffers.None;
    }

    private ScheduleState? ScheduleOf(string target) =>
        CalendarReference.ScheduleIdOf(target) is { } id ? _calendars.GetValueOrDefault(id) : null;
}

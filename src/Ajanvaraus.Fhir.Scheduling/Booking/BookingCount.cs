using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>The bookings of one calendar by the local days and weeks that they begin in, against its limits.</summary>
/// <remarks>
/// Counted is what names the calendar, holds too: a group once, whatever its clients, and nothing that follows a meeting.
/// Source: docs/adr/0022-booking-limits.md.
/// </remarks>
internal sealed class BookingCount
{
    private static readonly HashSet<string> None = [];

    private readonly ScheduleState _schedule;
    private readonly DateTimeZone _zone;
    private readonly Dictionary<TimeRange, HashSet<string>> _begun = [];
    private readonly Dictionary<TimeRange, HashSet<string>> _leaving = [];

    public BookingCount(ScheduleState schedule)
    {
        _schedule = schedule;
        _zone = CalendarZone.Of(schedule.ZoneId);
    }

    /// <param name="schedule">With its limits.</param>
    /// <param name="claims">Those that count, of any calendar.</param>
    /// <param name="leaving">Those that go when the booking comes that is asked about: its own, and holds that it takes over.</param>
    public BookingCount(ScheduleState schedule, IEnumerable<Claim> claims, IEnumerable<Claim> leaving)
        : this(schedule)
    {
        foreach (var claim in claims)
            if (Counts(claim)) Add(_begun, claim.Time.Start, KeyOf(claim));
        foreach (var claim in leaving)
            if (Counts(claim)) Add(_leaving, claim.Time.Start, KeyOf(claim));
    }

    /// <summary>Days and weeks in which no further booking may begin, but for who enrols in a group of them.</summary>
    public IEnumerable<TimeRange> Full()
    {
        foreach (var (span, begun) in _begun)
            if (begun.Count >= MostOf(span)) yield return span;
    }

    /// <summary>The day or week that is full when a booking begins then; null: it may.</summary>
    /// <remarks>What only moves within a day or week adds nothing to it, also when there are too many already.</remarks>
    /// <param name="start">Of the booking.</param>
    /// <param name="group">The Slot of several seats that it takes one of; null: none.</param>
    /// <param name="booked">What is booked before it; null or empty: nothing, so that it comes for what leaves.</param>
    public TimeRange? FullFor(Instant start, string? group, IReadOnlyDictionary<TimeRange, int>? booked = null)
    {
        foreach (var span in SpansOf(start))
        {
            var begun = _begun.GetValueOrDefault(span, None);
            if (begun.Count + (booked?.GetValueOrDefault(span) ?? 0) < MostOf(span)) continue;
            if (group is not null && begun.Contains(group)) continue;
            if (booked is { Count: > 0 } || _leaving.GetValueOrDefault(span, None).IsSubsetOf(begun)) return span;
        }

        return null;
    }

    /// <summary>Adds one to what is booked of a series, but for a seat in a group that has begun.</summary>
    public void AddTo(Dictionary<TimeRange, int> booked, Instant start, string? group)
    {
        foreach (var span in SpansOf(start))
            if (group is null || !_begun.GetValueOrDefault(span, None).Contains(group))
                booked[span] = booked.GetValueOrDefault(span) + 1;
    }

    /// <summary>Counts one more.</summary>
    /// <param name="start">When it begins.</param>
    /// <param name="key">Of the Appointment, or of the group that it is in.</param>
    public void Add(Instant start, string key) => Add(_begun, start, key);

    private bool Counts(Claim claim) => !claim.Time.IsEmpty && !BookingBuffers.IsFollowing(claim)
        && CalendarReference.IsSchedule(claim.Target, _schedule.Id);

    private static string KeyOf(Claim claim) => claim.Group.Length > 0 ? claim.Group : "Appointment/" + claim.AppointmentId;

    private void Add(Dictionary<TimeRange, HashSet<string>> counts, Instant start, string key)
    {
        foreach (var span in SpansOf(start))
        {
            if (!counts.TryGetValue(span, out var keys)) counts[span] = keys = [];
            keys.Add(key);
        }
    }

    private IEnumerable<TimeRange> SpansOf(Instant start)
    {
        if (_schedule.Limits.PerDay is not null) yield return LocalDays.DayOf(start, _zone);
        if (_schedule.Limits.PerWeek is not null) yield return LocalDays.WeekOf(start, _zone);
    }

    /// <summary>A week is never as short as a day.</summary>
    private int? MostOf(TimeRange span) =>
        span.Length < Duration.FromDays(3) ? _schedule.Limits.PerDay : _schedule.Limits.PerWeek;
}

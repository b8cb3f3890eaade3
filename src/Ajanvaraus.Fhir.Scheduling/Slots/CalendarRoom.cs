using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>What the limits of one calendar leave to be offered.</summary>
/// <remarks>Holds of whoever asks count, but for the time that takes them over.</remarks>
internal sealed class CalendarRoom
{
    private readonly ScheduleState _schedule;
    private readonly List<Claim> _standing;
    private readonly List<Claim> _leaving;
    private readonly List<(Claim Claim, TickSpan Around)> _holds;
    private readonly BookingCount _count;
    private readonly SpanSet _full;

    /// <param name="schedule">With its limits.</param>
    /// <param name="standing">Claims of others that count.</param>
    /// <param name="leaving">Of the Appointment that is to be moved.</param>
    /// <param name="holds">Of whoever asks, each with what it keeps around it.</param>
    public CalendarRoom(
        ScheduleState schedule, IEnumerable<Claim> standing, IEnumerable<Claim> leaving, IEnumerable<(Claim Claim, TimeRange Around)> holds)
    {
        _schedule = schedule;
        _standing = [.. standing];
        _leaving = [.. leaving];
        _holds = [.. holds.Select(h => (h.Claim, TickSpan.Of(h.Around)))];
        _count = new BookingCount(schedule, _standing.Concat(_holds.Select(h => h.Claim)), _leaving);
        _full = new SpanSet([.. _count.Full().Select(TickSpan.Of)]);
    }

    /// <summary>Whether one more booking may begin then.</summary>
    /// <param name="time">That would be booked.</param>
    /// <param name="group">The Slot of several seats that it takes one of; null: none.</param>
    public bool Has(TickSpan time, string? group) =>
        !_full.Overlaps(time with { End = time.Start + 1 }) || CountFor(time).FullFor(StartOf(time), group) is null;

    /// <summary>Whether the times of a series may be booked together.</summary>
    public bool HasForAll(IEnumerable<(TickSpan Time, string? Group)> series)
    {
        var (count, booked) = (_count, new Dictionary<TimeRange, int>());
        foreach (var (time, group) in series)
        {
            if (booked.Count == 0) count = CountFor(time);
            if (count.FullFor(StartOf(time), group, booked) is not null) return false;
            count.AddTo(booked, StartOf(time), group);
        }

        return true;
    }

    private static Instant StartOf(TickSpan time) => Instant.FromUnixTimeTicks(time.Start);

    private BookingCount CountFor(TickSpan time)
    {
        var around = TickSpan.Of(_schedule.Buffers.Around(time.ToTimeRange()));
        var takenOver = _holds.ToLookup(h => h.Around.Overlaps(around), h => h.Claim);
        return takenOver[true].Any()
            ? new BookingCount(_schedule, _standing.Concat(takenOver[false]), _leaving.Concat(takenOver[true]))
            : _count;
    }
}

using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>How a receiver is chosen among those who are free.</summary>
public enum ReassignmentPolicy
{
    /// <summary>Who has the fewest bookings in the period; of equals the first named.</summary>
    Fewest,
    /// <summary>The first named who is free.</summary>
    Named,
    /// <summary>As <see cref="Fewest"/>, among those only who have what the booking needs.</summary>
    Skills,
}

/// <param name="AppointmentId">A booking that has to go elsewhere.</param>
/// <param name="Time">It keeps its time.</param>
public sealed record BookingToPlace(string AppointmentId, TimeRange Time)
{
    /// <summary>What it is for, as <c>system|code</c>; empty: as the calendar says that receives it.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>Where it is, which it keeps; null: where the calendar is that receives it.</summary>
    public string? Place { get; init; }
}

/// <param name="ScheduleId">The calendar that receives it; null: nobody can.</param>
public sealed record Placement(BookingToPlace Booking, string? ScheduleId);

/// <summary>Finds for each booking of somebody who is away a calendar that can receive it at the same time.</summary>
/// <remarks>
/// <para>Shape: one placement for each booking, in order of time. A receiver is free of claims, absences and other
/// placements at that time, active, and inside its planning horizon.</para>
/// <para>Errors: none; what nobody can take has no receiver.</para>
/// </remarks>
public static class Reassignment
{
    /// <param name="bookings">What is to be placed.</param>
    /// <param name="candidates">Ids of Schedules, in order of preference.</param>
    /// <param name="data">The candidates and all that stands in them in the period.</param>
    /// <param name="policy">Whom to choose.</param>
    /// <param name="now">Holds that have ended stand in nobody's way.</param>
    /// <param name="suits">Whether a Schedule has what a booking needs.</param>
    public static ImmutableArray<Placement> Plan(
        IEnumerable<BookingToPlace> bookings, ImmutableArray<string> candidates, FindData data,
        ReassignmentPolicy policy, Instant now, Func<BookingToPlace, string, bool> suits)
    {
        var request = new FindRequest { Window = default, Alternatives = [candidates], Now = now };
        var index = new CalendarIndex(request, data);
        var receivers = candidates.Distinct().Select(index.Active).OfType<ScheduleState>()
            .Select(s => new Receiver(s, index)).ToList();
        var placements = ImmutableArray.CreateBuilder<Placement>();
        foreach (var booking in bookings.OrderBy(b => b.Time.Start).ThenBy(b => b.AppointmentId, StringComparer.Ordinal))
        {
            var free = receivers.Where(r => r.IsFree(booking) && suits(booking, r.ScheduleId));
            var receiver = policy == ReassignmentPolicy.Named
                ? free.FirstOrDefault()
                : free.MinBy(r => r.Bookings);
            foreach (var other in receivers)
                if (receiver is not null && other.SharesOwnerWith(receiver)) other.Take(receiver.Around(booking));
            receiver?.Add(booking);
            placements.Add(new Placement(booking, receiver?.ScheduleId));
        }

        return placements.ToImmutable();
    }

    private sealed class Receiver(ScheduleState schedule, CalendarIndex index)
    {
        private readonly List<TimeRange> _closed = [.. index.BlockingSlots(schedule).Select(s => s.Time)];
        private readonly List<SlotState> _closings = [.. index.ServiceClosings(schedule)];
        private readonly List<Claim> _claims = [.. index.StandingClaims(schedule)];
        private readonly List<(TimeRange Kept, Stay Stay)> _placed = [];

        /// <summary>What the claims keep from bookings at a place; the empty one is none.</summary>
        private readonly Dictionary<string, KeptZones> _zonesAt = [];

        public string ScheduleId => schedule.Id;

        private readonly BookingCount _count = index.Count(schedule);

        public int Bookings { get; private set; } = index.StandingClaims(schedule).Select(c => c.AppointmentId).Distinct().Count();

        public bool IsFree(BookingToPlace booking)
        {
            var (time, place) = (booking.Time, booking.Place ?? schedule.Place);
            return !_closed.Exists(t => t.Overlaps(time))
                && !_closings.Exists(c => c.Time.Overlaps(time) && c.Closes(booking.Services, schedule.Services))
                && !ZonesAt(place).Touching(time).Any()
                && !_placed.Exists(p => index.Around(schedule, p.Kept, p.Stay, place).Overlaps(time))
                && (schedule.Horizon is not { } horizon || horizon.Contains(time)) && _count.FullFor(time.Start, null) is null;
        }

        private KeptZones ZonesAt(string? place) => _zonesAt.TryGetValue(place ?? "", out var zones)
            ? zones
            : _zonesAt[place ?? ""] = new KeptZones(_claims.Select(c => index.Zone(schedule, c, place)));

        public void Add(BookingToPlace booking)
        {
            Bookings++;
            _count.Add(booking.Time.Start, booking.AppointmentId);
        }

        public bool SharesOwnerWith(Receiver other) => other.ScheduleId == ScheduleId
            || schedule.Actors.Any(a => CalendarReference.IsOwnerType(a) && other.Owns(a));

        /// <summary>The time of a booking that it takes, with its buffers, and where that is.</summary>
        public (TimeRange Kept, Stay Stay) Around(BookingToPlace booking) =>
            (schedule.Buffers.Around(booking.Time), new Stay(booking.Place ?? schedule.Place, schedule.Travel));

        public void Take((TimeRange Kept, Stay Stay) placed) => _placed.Add(placed);

        private bool Owns(string actor) => schedule.Actors.Contains(actor);
    }
}

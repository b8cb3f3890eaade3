using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>The claims of a snapshot as one Appointment meets them: those that stand and those that give way.</summary>
/// <remarks>Own claims, ended holds and holds of the same holder give way; everybody else's stand.</remarks>
internal sealed class ClaimStanding
{
    private readonly List<Claim> _standing = [];
    private readonly List<Claim> _yielding = [];
    private readonly HashSet<string> _released;
    private readonly Instant _now;

    public ClaimStanding(
        string appointmentId, ImmutableArray<string> superseded, ImmutableArray<Claim> claims, Instant now)
    {
        AppointmentId = appointmentId;
        _now = now;
        _released = [appointmentId, .. superseded];
        foreach (var claim in claims)
            (_released.Contains(claim.AppointmentId) || HasEnded(claim, now) ? _yielding : _standing).Add(claim);
    }

    public string AppointmentId { get; }

    public IReadOnlyList<Claim> Standing => _standing;

    public bool HasEnded(Claim claim) => HasEnded(claim, _now);

    /// <summary>Of the Appointment, or of a hold that it takes over.</summary>
    public bool IsReleased(Claim claim) => _released.Contains(claim.AppointmentId);

    /// <summary>A hold ends at its expiry, whether or not anything has settled it.</summary>
    public static bool HasEnded(Claim claim, Instant now) => claim.Expires is { } expires && expires <= now;

    public static bool IsHeldBy(Claim claim, ImmutableArray<string> holders) =>
        claim.Expires is not null && claim.Holder.Length > 0 && holders.Contains(claim.Holder);

    /// <summary>Whether the claim, on the Schedule or a shadow on it, explains why the Slot is not free.</summary>
    /// <remarks>Booked Slots lie inside their claim; a Slot of several seats is taken whole by a part of it.</remarks>
    public static bool Covers(Claim claim, SlotState slot) =>
        CalendarReference.IsOfSchedule(claim.Target, slot.ScheduleId)
        && (slot.Capacity > 1 ? claim.Time.Overlaps(slot.Time) : claim.Time.Contains(slot.Time));

    /// <summary>Not free, but only because of claims that give way.</summary>
    public bool IsVacated(SlotState slot) =>
        !slot.IsClosedByAbsence && _yielding.Exists(c => Covers(c, slot)) && !_standing.Exists(c => Covers(c, slot) && !SharesSeats(c, slot));

    /// <summary>Not free for a reason of its own, so that it blocks whatever the claims say.</summary>
    /// <remarks>
    /// A Slot of several seats that a claim made busy blocks no more than that claim, which took it whole by a part. For one
    /// that an absence closed, the Slot of that absence blocks, as far as it closes.
    /// </remarks>
    public bool IsUnexplained(SlotState slot)
    {
        if (slot.IsClosedByAbsence || slot.Status is SlotStatus.Free or SlotStatus.EnteredInError) return false;
        return slot.Capacity > 1
            ? !_yielding.Exists(c => Covers(c, slot)) && !IsTaken(slot)
            : !IsVacated(slot);
    }

    /// <summary>Whether the Slot, in a calendar that is not named, says that its owners are away.</summary>
    /// <remarks>
    /// Busy under a claim of anybody is not: such a Slot only shows that one of its owners is taken, and the claims on
    /// the owners decide who. Busy-unavailable is, as bookings never make it, but where an absence made it that tells for itself.
    /// </remarks>
    public bool IsAbsence(SlotState slot) => slot.Status switch
    {
        SlotStatus.Busy or SlotStatus.BusyTentative => !_yielding.Exists(c => Covers(c, slot)) && !IsTaken(slot),
        SlotStatus.BusyUnavailable => !slot.IsClosedByAbsence,
        _ => false,
    };

    /// <summary>Covered by a claim of others that stands.</summary>
    public bool IsTaken(SlotState slot) => _standing.Exists(c => Covers(c, slot));

    /// <summary>The parts of a span that claims of others on the Slot's Schedule take, in order of time.</summary>
    /// <remarks>Each part lies inside one claim; where claims overlap, the earlier one has the common time.</remarks>
    public List<TimeRange> TakenParts(SlotState slot, TimeRange span)
    {
        var parts = new List<TimeRange>();
        var from = span.Start;
        var claims = _standing.Where(
            c => CalendarReference.IsOfSchedule(c.Target, slot.ScheduleId) && c.Time.Overlaps(span));
        foreach (var claim in claims.OrderBy(c => c.Time.Start))
        {
            var part = new TimeRange(Instant.Max(from, claim.Time.Start), Instant.Min(claim.Time.End, span.End));
            if (part.IsEmpty) continue;
            parts.Add(part);
            from = part.End;
        }

        return parts;
    }

    /// <summary>Covered by a claim of the Appointment or of one that it supersedes.</summary>
    public bool IsReleased(SlotState slot) =>
        _yielding.Exists(c => _released.Contains(c.AppointmentId) && Covers(c, slot));

    /// <summary>Whether anybody has, or had until it gave way, a seat of the Slot.</summary>
    public bool HasSeats(SlotState slot) =>
        _yielding.Exists(c => SharesSeats(c, slot)) || _standing.Exists(c => SharesSeats(c, slot));

    /// <summary>How many seats of the Slot others have.</summary>
    public int SeatsTaken(SlotState slot) =>
        _standing.Count(c => SharesSeats(c, slot) && CalendarReference.IsSchedule(c.Target, slot.ScheduleId));

    /// <summary>The own seat, or else the lowest that nobody has; the capacity or more when all are gone.</summary>
    public int Seat(SlotState slot)
    {
        var taken = new HashSet<int>();
        foreach (var claim in _standing)
            if (SharesSeats(claim, slot)) taken.Add(claim.Seat);
        var own = _yielding.Find(c => c.AppointmentId == AppointmentId && SharesSeats(c, slot));
        if (own is not null && !taken.Contains(own.Seat)) return own.Seat;
        var seat = 0;
        while (taken.Contains(seat)) seat++;
        return seat;
    }

    /// <summary>Whether the Appointment has a seat of the Slot.</summary>
    public bool HasSeat(SlotState slot) =>
        _yielding.Exists(c => c.AppointmentId == AppointmentId && SharesSeats(c, slot) && !HasEnded(c, _now));

    /// <summary>Whether the Appointment has exactly what it plans to claim already.</summary>
    public bool Keeps(PlannedClaim planned) => _yielding.Exists(c =>
        c.AppointmentId == AppointmentId && c.Target == planned.Target && c.Time == planned.Time && !HasEnded(c, _now));

    /// <summary>The lowest place beside the claims of others: 0 but for time that is booked more than once.</summary>
    public int Place(PlannedClaim planned)
    {
        var taken = _standing.Where(planned.MeetsWith).Select(c => c.Seat).ToHashSet();
        var place = 0;
        while (taken.Contains(place)) place++;
        return place;
    }

    /// <summary>What giving up the released claims does to a Slot under them.</summary>
    /// <remarks>An absence that somebody marked stays; so does the time that another claim takes of the Slot.</remarks>
    public IEnumerable<SlotChange> Free(SlotState slot)
    {
        if (slot.Status is not (SlotStatus.Busy or SlotStatus.BusyTentative) || !IsVacated(slot)) return [];
        if (slot.Capacity > 1 && SeatsTaken(slot) >= slot.Capacity) return [];
        var taken = slot.Capacity > 1 ? [] : TakenParts(slot, slot.Time);
        if (taken.Count > 0)
        {
            var kept = new SlotChange(slot.Id, slot.ScheduleId, taken[0], slot.Status, IsFiller: slot.IsFiller);
            return SlotCut.Around(slot, taken[0], this).Prepend(kept);
        }

        return
        [
            new SlotChange(
                slot.Id, slot.ScheduleId, slot.Time, SlotStatus.Free, IsFiller: slot.IsFiller,
                IsRemoved: slot.IsFiller),
        ];
    }

    private static bool SharesSeats(Claim claim, SlotState slot) => slot.Capacity > 1 && claim.Group == slot.Id;
}

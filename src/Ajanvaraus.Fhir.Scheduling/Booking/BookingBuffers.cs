using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>What the bookings of some calendars keep beside them, by the calendars that they name.</summary>
/// <remarks>
/// A claim on a Schedule keeps the buffers of that; one on an owner those of the Schedules of that owner that its booking
/// names, of several the longer. They are those of now, also for bookings from before: docs/adr/0020-buffers.md.
/// </remarks>
internal sealed class BookingBuffers
{
    private readonly Dictionary<string, ScheduleState> _calendars = [];
    private readonly Dictionary<string, List<ScheduleState>> _named = [];

    /// <param name="schedules">All that the owners of the claims have.</param>
    /// <param name="claims">All of each booking on those Schedules.</param>
    public BookingBuffers(IEnumerable<ScheduleState> schedules, IEnumerable<Claim> claims)
    {
        foreach (var schedule in schedules)
            if (!schedule.Buffers.IsNone) _calendars[schedule.Id] = schedule;
        if (AreNone) return;
        foreach (var claim in claims)
        {
            if (CalendarReference.IsShadow(claim.Target) || ScheduleOf(claim.Target) is not { } schedule) continue;
            if (!_named.TryGetValue(claim.AppointmentId, out var named)) _named[claim.AppointmentId] = named = [];
            named.Add(schedule);
        }
    }

    /// <summary>None of the calendars has any.</summary>
    public bool AreNone => _calendars.Count == 0;

    /// <summary>The time of a claim with what its booking keeps beside it.</summary>
    public TimeRange Around(Claim claim) => AreNone || IsFollowing(claim) ? claim.Time : Of(claim).Around(claim.Time);

    /// <summary>Of an owner in a booking that names these Schedules.</summary>
    public static Buffers OfOwner(string owner, IEnumerable<ScheduleState> named)
    {
        var longest = Buffers.None;
        foreach (var schedule in named)
            if (schedule.Actors.Contains(owner)) longest = Buffers.Longer(longest, schedule.Buffers);
        return longest;
    }

    /// <summary>Under what group the claims of a booking stand that belongs to a meeting: its journey, its documentation.</summary>
    /// <remarks>A Slot has no such id, so nobody shares seats by it.</remarks>
    public static string Following(string meetingId) => "Appointment/" + meetingId;

    /// <summary>Whether the claim is of a journey to a meeting, or of its documentation.</summary>
    public static bool IsFollowing(Claim claim) => claim.Group.StartsWith("Appointment/", StringComparison.Ordinal);

    private Buffers Of(Claim claim)
    {
        if (CalendarReference.ScheduleIdOf(claim.Target) is not null)
            return CalendarReference.IsShadow(claim.Target) ? Buffers.None : ScheduleOf(claim.Target)?.Buffers ?? Buffers.None;
        return _named.TryGetValue(claim.AppointmentId, out var named) ? OfOwner(claim.Target, named) : Buffers.None;
    }

    private ScheduleState? ScheduleOf(string target) =>
        CalendarReference.ScheduleIdOf(target) is { } id ? _calendars.GetValueOrDefault(id) : null;
}

using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime;

namespace Ajanvaraus.Fhir.Persistence.Booking;

/// <summary>What scheduling reads under lock and writes, in one transaction: docs/adr/0003-never-double-book.md.</summary>
public sealed class BookingSession
{
    /// <summary>Calendars may gain an actor between the look and the lock; then it looks again.</summary>
    private const int MaxLooks = 5;

    private readonly SqlChannel _channel;
    private readonly BookingSql _sql;
    private readonly long _now;
    private readonly HashSet<string> _held = [];

    internal BookingSession(SqlChannel channel, BookingSql sql, long now)
    {
        _channel = channel;
        _sql = sql;
        _now = now;
        Queries = new BookingQueries(channel, sql);
    }

    /// <summary>The same reads as outside a transaction; they see the writes of this one.</summary>
    public BookingQueries Queries { get; }

    /// <summary>Locks the calendars of the request, then reads them: nobody else can book them until the end.</summary>
    /// <param name="request">What is asked of the calendars.</param>
    /// <param name="isNew">The Appointment does not exist yet, so it has no claims.</param>
    public async ValueTask<BookingSnapshot> SnapshotAsync(BookingRequest request, bool isNew = false)
    {
        for (var look = 1; ; look++)
        {
            var own = isNew ? [] : await Queries.ClaimsOfAppointmentAsync(request.AppointmentId);
            var calendars = await Queries.CalendarsAsync(request, own);
            if (!_channel.Dialect.LocksRows || _held.IsSupersetOf(calendars.LockTargets))
                return await Queries.SnapshotAsync(request, calendars, own);
            if (look > MaxLooks)
                throw new InvalidOperationException("The calendars of the request never stop changing");
            await LockAsync(calendars.LockTargets);
        }
    }

    /// <summary>The claims of an Appointment, with their calendars locked, and the Slots that they cover.</summary>
    /// <param name="appointmentId">Whose claims they are.</param>
    /// <param name="margin">How far around them to read.</param>
    public async ValueTask<BookingSnapshot> AppointmentSnapshotAsync(string appointmentId, Duration margin = default)
    {
        var before = await Queries.ClaimsOfAppointmentAsync(appointmentId);
        await LockAsync([.. before.Select(LockTarget)]);
        var own = _channel.Dialect.LocksRows ? await Queries.ClaimsOfAppointmentAsync(appointmentId) : before;
        return await Queries.SnapshotAsync(
            new BookingRequest { AppointmentId = appointmentId, Status = AppointmentStatus.Cancelled, Margin = margin },
            await Queries.CalendarsAsync(own), own, givesUp: true);
    }

    /// <summary>False where one writer makes every transaction wait for the one before it.</summary>
    public bool LocksCalendars => _channel.Dialect.LocksRows;

    /// <summary>Locks Schedules whose Slots, rules or own content are to be changed by hand, and all calendars of their owners.</summary>
    /// <remarks>
    /// Called after Appointments and before all else is locked, as the order of locks is for everybody. The other calendars
    /// may have to be shown anew afterwards: to lock them only then would be another order.
    /// </remarks>
    /// <param name="scheduleIds">Those that are not there yet among them.</param>
    /// <param name="serviceIds">HealthcareServices: the Schedules whose actor one of them is.</param>
    public async ValueTask LockSchedulesAsync(IReadOnlyCollection<string> scheduleIds, IReadOnlyCollection<string> serviceIds)
    {
        for (var look = 1; look <= MaxLooks; look++)
        {
            var ofServices = serviceIds.Count == 0
                ? []
                : await Queries.SchedulesByActorsAsync([.. serviceIds.Select(id => $"HealthcareService/{id}")]);
            var targets = await Queries.LockTargetsAsync([.. scheduleIds.Union(ofServices)]);
            if (_held.IsSupersetOf(targets))
                return;
            await LockAsync(targets);
        }
    }

    /// <summary>Makes these the claims of the Appointment; empty frees all that it had.</summary>
    /// <remarks>
    /// Ended holds of others under the new claims keep their rows with an empty span, so that they are found when they
    /// are settled. Overlap of live claims on one seat ends the transaction: the database is the second lock.
    /// </remarks>
    /// <param name="appointmentId">Whose they are.</param>
    /// <param name="claims">All that it has from now on.</param>
    /// <param name="seen">The claims of its calendars, read under their locks in this transaction: what is not among them
    /// need not be removed. Null: not known.</param>
    public async ValueTask ReplaceClaimsAsync(
        string appointmentId, ImmutableArray<Claim> claims, ImmutableArray<Claim>? seen = null)
    {
        if (seen is null || seen.Value.Any(c => c.AppointmentId == appointmentId))
            await _channel.WriteAsync(_sql.DeleteClaims, appointmentId);
        if (seen is null || seen.Value.Any(c => c.Expires is { } expires && BookingRows.Micros(expires) <= _now))
            await EndPassedHoldsAsync(claims);
        foreach (var claim in claims)
        {
            var (start, end) = (BookingRows.Micros(claim.Time.Start), BookingRows.Micros(claim.Time.End));
            await _channel.WriteAsync(
                _sql.InsertClaim, claim.Target, claim.Seat, start, end, SchedulingRows.IsLong(start, end),
                appointmentId, claim.Group, claim.Expires is { } e ? BookingRows.Micros(e) : null, claim.Holder);
        }
    }

    private async ValueTask EndPassedHoldsAsync(ImmutableArray<Claim> claims)
    {
        foreach (var group in claims.GroupBy(c => c.Time))
            await _channel.WriteAsync(
                _sql.EndPassedHolds, _now, BookingRows.Micros(group.Key.End), BookingRows.Micros(group.Key.Start),
                _channel.Dialect.List([.. group.Select(c => c.Target)]));
    }

    /// <inheritdoc cref="BookingQueries.ExpiredHoldsAsync"/>
    public ValueTask<ImmutableArray<string>> ExpiredHoldsAsync(Instant now, int limit) =>
        Queries.ExpiredHoldsAsync(now, limit);

    /// <inheritdoc cref="BookingQueries.HasLiveClaimAsync"/>
    public ValueTask<bool> HasLiveClaimAsync(string target, TimeRange? within, Instant now) =>
        Queries.HasLiveClaimAsync(target, within, now);

    /// <summary>Whether an active Appointment occupies time of the Slot: then it must not be edited away.</summary>
    public ValueTask<bool> IsSlotInUseAsync(string slotId) =>
        Queries.IsSlotInUseAsync(slotId, BookingRows.Instant(_now));

    /// <summary>Whether an active Appointment occupies any time of the Schedule: then it must not be deleted.</summary>
    public ValueTask<bool> IsScheduleInUseAsync(string scheduleId) =>
        Queries.IsScheduleInUseAsync(scheduleId, null, BookingRows.Instant(_now));

    /// <summary>A shadow falls on a Schedule, and that is what changes.</summary>
    private static string LockTarget(Claim claim) =>
        CalendarReference.ScheduleIdOf(claim.Target) is { } id ? CalendarReference.OfSchedule(id) : claim.Target;

    /// <summary>Locks the rows of Schedules and then of owners, so that nobody waits in a ring.</summary>
    private async ValueTask LockAsync(ImmutableHashSet<string> targets)
    {
        var wanted = targets.Where(t => !_held.Contains(t))
            .OrderBy(t => CalendarReference.ScheduleIdOf(t) is null).ThenBy(t => t, StringComparer.Ordinal).ToList();
        _held.UnionWith(targets);
        if (wanted.Count == 0 || !_channel.Dialect.LocksRows)
            return;
        var list = _channel.Dialect.List(wanted);
        var locked = await _channel.QueryAsync(_sql.LockCalendars, r => r.GetString(0), list);
        if (locked.Count == wanted.Count)
            return;
        await _channel.ExecuteAsync(_sql.EnsureCalendarLocks, list);
        await _channel.QueryAsync(_sql.LockCalendars, r => r.GetString(0), list);
    }
}

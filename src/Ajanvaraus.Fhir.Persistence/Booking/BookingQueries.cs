using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime;

namespace Ajanvaraus.Fhir.Persistence.Booking;

/// <summary>All that <c>$find</c> needs of its calendars.</summary>
/// <param name="Claims">
/// On the Schedules, their owners and as shadows; ended holds are among them, with their expiry.
/// </param>
public sealed record FindData(
    ImmutableArray<ScheduleState> Schedules, CalendarSlots Slots, ImmutableArray<Claim> Claims)
{
    /// <summary>Actors that own a calendar, and so can be taken.</summary>
    public ImmutableHashSet<string> CalendarOwners { get; init; } = [];

    /// <summary>Not read with the rest: whoever reads the rules of the calendars adds them.</summary>
    public Journeys Journeys { get; init; } = Journeys.None;
}

/// <summary>What scheduling reads, on one connection; no locks.</summary>
public sealed class BookingQueries
{
    private readonly SqlChannel _channel;
    private readonly BookingSql _sql;
    private readonly SlotCache? _slots;

    /// <param name="channel">Where the reads run.</param>
    /// <param name="sql">In the words of its database.</param>
    /// <param name="slots">For reads that all see the same moment, and no writes of their own; null elsewhere.</param>
    internal BookingQueries(SqlChannel channel, BookingSql sql, SlotCache? slots = null)
    {
        _channel = channel;
        _sql = sql;
        _slots = slots;
    }

    /// <summary>The calendars of a request as they are now; for a look before the transaction that decides.</summary>
    public async ValueTask<BookingSnapshot> SnapshotAsync(BookingRequest request)
    {
        var own = await ClaimsOfAppointmentAsync(request.AppointmentId);
        return await SnapshotAsync(request, await CalendarsAsync(request, own), own);
    }

    /// <summary>Schedules, Slots and claims that overlap the window; six statements for any number of Schedules.</summary>
    public async ValueTask<FindData> FindDataAsync(IReadOnlyCollection<string> scheduleIds, TimeRange window)
    {
        var calendars = await CalendarsAsync(scheduleIds, [], [], []);
        var ids = calendars.Schedules.Select(s => s.Id).ToList();
        var slots = _slots is null
            ? [.. await SlotsOverlappingAsync(ids, window)]
            : await _slots.OverlappingAsync(this, ids, window);
        return new FindData(calendars.Schedules, slots, await ClaimsOverlappingAsync(calendars.ClaimTargets(), window))
        {
            CalendarOwners = calendars.Owners,
        };
    }

    /// <summary>Claims that overlap the window, on those Schedules and on the others of their owners.</summary>
    public async ValueTask<ImmutableArray<Claim>> ClaimsAsync(IReadOnlyCollection<string> scheduleIds, TimeRange window) =>
        await ClaimsOverlappingAsync((await CalendarsAsync(scheduleIds)).ClaimTargets(), window);

    /// <summary>Those Schedules, and the others of their owners; no Slots and no claims.</summary>
    public async ValueTask<BookingSnapshot> CalendarsOfAsync(IReadOnlyCollection<string> scheduleIds)
    {
        var calendars = await CalendarsAsync(scheduleIds);
        return new BookingSnapshot(calendars.Schedules, [], []) { CalendarOwners = calendars.Owners };
    }

    /// <summary>Claims that overlap the window, on those Schedules themselves: nobody's shadow, and not on their owners.</summary>
    public ValueTask<ImmutableArray<Claim>> ClaimsOnAsync(IEnumerable<string> scheduleIds, TimeRange window) =>
        ClaimsOverlappingAsync([.. scheduleIds.Select(CalendarReference.OfSchedule)], window);

    /// <summary>End of the hold that ends first, also when it has ended already; null when none is held.</summary>
    public async ValueTask<Instant?> NextHoldExpiryAsync() => await _channel.FirstAsync<Instant?>(
        _sql.NextExpiry, r => r.IsDBNull(0) ? null : BookingRows.Instant(r.GetInt64(0)));

    /// <summary>Ids of Appointments whose hold has ended and is not settled yet.</summary>
    public async ValueTask<ImmutableArray<string>> ExpiredHoldsAsync(Instant now, int limit) =>
        [.. await _channel.QueryAsync(_sql.ExpiredHolds, r => r.GetString(0), BookingRows.Micros(now), limit)];

    /// <summary>Ends of the holds that the holder has, one for each Appointment but the one named.</summary>
    public async ValueTask<ImmutableArray<Instant>> LiveHoldsAsync(string holder, string exceptAppointmentId, Instant now) =>
    [
        .. await _channel.QueryAsync(
            _sql.LiveHolds, r => BookingRows.Instant(r.GetInt64(1)), holder, BookingRows.Micros(now),
            exceptAppointmentId),
    ];

    /// <summary>Whether an active Appointment occupies the owner (<c>Schedule/a</c>) in that span, or at all.</summary>
    public ValueTask<bool> HasLiveClaimAsync(string target, TimeRange? within, Instant now) =>
        AnyLiveClaimAsync([target], within, now);

    /// <summary>Whether an active Appointment occupies time of the Slot: then it must not be edited away.</summary>
    public async ValueTask<bool> IsSlotInUseAsync(string slotId, Instant now) =>
        await NamedSlotsAsync([slotId]) is [var slot] && await IsScheduleInUseAsync(slot.ScheduleId, slot.Time, now);

    /// <summary>Whether an active Appointment occupies Slots of the Schedule in that span, or at all.</summary>
    /// <remarks>Also one that names another calendar of the same professional: it has Slots here too.</remarks>
    public async ValueTask<bool> IsScheduleInUseAsync(string scheduleId, TimeRange? within, Instant now) =>
        await SchedulesAsync([scheduleId], []) is [var schedule]
        && await AnyLiveClaimAsync([.. ClaimTargets.OnSlotsOf(schedule)], within, now);

    private async ValueTask<bool> AnyLiveClaimAsync(
        IReadOnlyCollection<string> targets, TimeRange? within, Instant now)
    {
        var from = within is { } span ? BookingRows.Micros(span.Start) : long.MinValue;
        var to = within is { } range ? BookingRows.Micros(range.End) : long.MaxValue;
        var count = await _channel.FirstAsync(
            _sql.LiveClaim, r => r.GetInt64(0), List(targets), BookingRows.Micros(now), from, to);
        return count > 0;
    }

    /// <summary>Schedules of any of the actors; a Practitioner's also through a PractitionerRole.</summary>
    public async ValueTask<ImmutableArray<string>> SchedulesByActorsAsync(IReadOnlyCollection<string> actors) =>
    [
        .. await _channel.QueryAsync(
            _sql.SchedulesByActors, r => r.GetString(0), List(actors), List(PractitionerIds(actors))),
    ];

    /// <summary>Schedules that have one of the Locations among their actors, or a booking from now on that takes place there.</summary>
    public async ValueTask<ImmutableArray<string>> SchedulesAtAsync(IReadOnlyCollection<string> locations, Instant now)
    {
        var targets = await _channel.QueryAsync(_sql.Calendars.AtPlaces, r => r.GetString(0), List(locations), BookingRows.Micros(now));
        return [.. targets.Select(CalendarReference.ScheduleIdOf).OfType<string>().Distinct()];
    }

    /// <summary>Schedules of HealthcareServices: as actor, by a shared code, or through a PractitionerRole.</summary>
    public async ValueTask<ImmutableArray<string>> SchedulesByServicesAsync(
        IReadOnlyCollection<string> healthcareServiceIds) =>
        [.. await _channel.QueryAsync(_sql.Calendars.ByServices, r => r.GetString(0), List(healthcareServiceIds))];

    /// <summary>Schedules of Organizations: through a service, a PractitionerRole or a Location.</summary>
    public async ValueTask<ImmutableArray<string>> SchedulesByOrganizationsAsync(
        IReadOnlyCollection<string> organizationIds) =>
        [.. await _channel.QueryAsync(_sql.Calendars.ByOrganizations, r => r.GetString(0), List(organizationIds))];

    /// <summary>Schedules that give a service type, category or specialty of one of the codes, with that coding.</summary>
    /// <param name="codes">Without their systems; the codings come as <c>system|code</c>.</param>
    /// <param name="window">Schedules that do not say it themselves count through their free Slots in it.</param>
    public async ValueTask<ImmutableArray<(string ScheduleId, string Coding)>> SchedulesByCodesAsync(
        IReadOnlyCollection<string> codes, TimeRange window) =>
    [
        .. await _channel.QueryAsync(
            _sql.Calendars.ByCodes, r => (r.GetString(0), $"{r.GetString(1)}|{r.GetString(2)}"),
            List([.. codes.Select(Writing.IndexText.Key)]), BookingRows.Micros(window.Start),
            BookingRows.Micros(window.End)),
    ];

    /// <summary>Ids of the Schedules whose rows have these keys, in their order; one that is gone is left out.</summary>
    public async ValueTask<ImmutableArray<string>> SchedulesByKeysAsync(IReadOnlyCollection<long> keys)
    {
        var ids = ImmutableArray.CreateBuilder<string>(keys.Count);
        foreach (var key in keys)
            if (await _channel.FirstAsync(_sql.ScheduleByKey, r => r.GetString(0), key) is { } id)
                ids.Add(id);
        return ids.DrainToImmutable();
    }

    /// <summary>The first active Schedules, by id.</summary>
    public async ValueTask<ImmutableArray<string>> ActiveSchedulesAsync(int limit) =>
        [.. await _channel.QueryAsync(_sql.Calendars.Active, r => r.GetString(0), limit)];

    internal async ValueTask<ImmutableArray<SlotState>> NamedSlotsAsync(IReadOnlyCollection<string> ids) =>
        ids.Count == 0 ? [] : [.. await _channel.QueryAsync(_sql.NamedSlots, BookingRows.Slots(), List(ids))];

    internal async ValueTask<ImmutableArray<Claim>> ClaimsOfAppointmentAsync(string appointmentId) =>
        [.. await _channel.QueryAsync(_sql.ClaimsOfAppointment, BookingRows.Claim, appointmentId)];

    /// <summary>The calendars that a request names, those of their owners, and those that its Appointment leaves.</summary>
    internal ValueTask<Calendars> CalendarsAsync(BookingRequest request, ImmutableArray<Claim> own) =>
        CalendarsAsync(request.ScheduleIds, request.SlotIds, request.RequiredActors, ScheduleIds(own));

    /// <summary>The calendars under the claims of an Appointment.</summary>
    internal ValueTask<Calendars> CalendarsAsync(ImmutableArray<Claim> own) =>
        CalendarsAsync([], [], [], ScheduleIds(own));

    /// <summary>Those Schedules, and the others of their owners.</summary>
    internal ValueTask<Calendars> CalendarsAsync(IReadOnlyCollection<string> scheduleIds) => CalendarsAsync(scheduleIds, [], [], []);

    /// <summary>What is locked to change those Schedules: they, their owners, and all Schedules of these; two statements.</summary>
    internal async ValueTask<ImmutableHashSet<string>> LockTargetsAsync(IReadOnlyCollection<string> scheduleIds)
    {
        var named = await SchedulesAsync(scheduleIds, []);
        var owned = await OwnedAsync(named.SelectMany(s => s.Actors));
        return
        [
            .. named.Select(s => s.Id).Concat(scheduleIds).Concat(owned.Select(o => o.ScheduleId)).Select(CalendarReference.OfSchedule),
            .. owned.Select(o => o.Actor).Where(CalendarReference.IsOwnerType),
        ];
    }

    /// <summary>Of the actors those that own calendars, each with every one of them.</summary>
    /// <remarks>A service is nobody's calendar: asking for it would bring all calendars that it stands in.</remarks>
    private async ValueTask<List<(string Actor, string ScheduleId)>> OwnedAsync(IEnumerable<string> actors)
    {
        var asked = actors.Where(CalendarReference.IsOwnerType).Distinct().ToList();
        return asked.Count == 0
            ? []
            : await _channel.QueryAsync(
                _sql.Owners, r => (r.GetString(0), r.GetString(1)), List(asked), List(PractitionerIds(asked)));
    }

    private async ValueTask<Calendars> CalendarsAsync(
        IReadOnlyCollection<string> scheduleIds, IReadOnlyCollection<string> slotIds,
        IReadOnlyCollection<string> requiredActors, IEnumerable<string> otherScheduleIds)
    {
        var named = await SchedulesAsync(scheduleIds, slotIds);
        var owned = await OwnedAsync(named.SelectMany(s => s.Actors).Concat(requiredActors));
        var known = named.Select(s => s.Id).ToHashSet();
        var implied = owned.Select(o => o.ScheduleId).Concat(otherScheduleIds).Where(known.Add).ToList();
        return new Calendars(
            implied.Count == 0 ? named : named.AddRange(await SchedulesAsync(implied, [])),
            [.. owned.Select(o => o.Actor)]);
    }

    private async ValueTask<ImmutableArray<ScheduleState>> SchedulesAsync(
        IReadOnlyCollection<string> ids, IReadOnlyCollection<string> slotIds) =>
        (ids.Count, slotIds.Count) switch
        {
            (0, 0) => [],
            (_, 0) => await SchedulesAsync(_sql.Schedules, List(ids)),
            (0, _) => await SchedulesAsync(_sql.SchedulesOfSlots, List(slotIds)),
            _ => await SchedulesAsync(_sql.SchedulesAndThoseOfSlots, List(ids), List(slotIds)),
        };

    private async ValueTask<ImmutableArray<ScheduleState>> SchedulesAsync(string sql, params object?[] arguments) =>
        BookingRows.Schedules(await _channel.QueryAsync(sql, BookingRows.ScheduleActor, arguments));

    /// <summary>The rest of a snapshot, when the calendars are known (and, in a booking, locked).</summary>
    /// <param name="request">What is asked of them.</param>
    /// <param name="calendars">The Schedules and their owners.</param>
    /// <param name="own">The claims of the Appointment.</param>
    /// <param name="givesUp">It gives them up: also Slots that open with that are read.</param>
    internal async ValueTask<BookingSnapshot> SnapshotAsync(
        BookingRequest request, Calendars calendars, ImmutableArray<Claim> own, bool givesUp = false)
    {
        var named = await NamedSlotsAsync(request.SlotIds);
        var spans = named.Select(s => s.Time).Concat(own.Where(c => !c.Time.IsEmpty).Select(c => c.Time));
        foreach (var asked in (ReadOnlySpan<TimeRange?>)[request.Time, request.Around])
            if (asked is { } span)
                spans = spans.Append(span);
        if (Hull(spans) is not { } hull)
            return new BookingSnapshot(calendars.Schedules, named, own) { CalendarOwners = calendars.Owners };

        var window = hull.Widened(request.Margin, request.Margin);
        // The Slots of a Schedule that is gone are given back all the same.
        var (start, end) = (BookingRows.Micros(window.Start), BookingRows.Micros(window.End));
        var slots = new SqlQuery<SlotState>(
            givesUp ? _sql.SlotsGivenUp : _sql.SlotsOverlapping, BookingRows.Slots(),
            List([.. calendars.Schedules.Select(s => s.Id).Concat(ScheduleIds(own)).Distinct()]), start, end);
        var claims = new SqlQuery<Claim>(_sql.ClaimsOverlapping, BookingRows.Claim, List(calendars.ClaimTargets()), start, end);
        var holds = new SqlQuery<Claim>(_sql.HoldsOfHolders, BookingRows.Claim, List(request.Holders), start, end);
        await _channel.QueryAllAsync(request.Holders.IsEmpty ? [slots, claims] : [slots, claims, holds]);
        return new BookingSnapshot(
            calendars.Schedules, [.. named.Concat(slots.Rows).DistinctBy(s => s.Id)],
            [.. own.Concat(claims.Rows).Concat(holds.Rows).Distinct()])
        {
            CalendarOwners = calendars.Owners,
        };
    }

    /// <summary>Versions of calendars by the ids of their Schedules; one that is not there has version 0.</summary>
    internal async ValueTask<Dictionary<string, long>> CalendarVersionsAsync(IReadOnlyCollection<string> scheduleIds)
    {
        var rows = await _channel.QueryAsync(
            _sql.CalendarVersions, r => (Target: r.GetString(0), Version: r.GetInt64(1)),
            List([.. scheduleIds.Select(CalendarReference.OfSchedule)]));
        return rows.ToDictionary(r => CalendarReference.ScheduleIdOf(r.Target)!, r => r.Version);
    }

    internal async ValueTask<ImmutableArray<SlotState>> SlotsOverlappingAsync(
        IReadOnlyCollection<string> scheduleIds, TimeRange window) =>
        scheduleIds.Count == 0 ? [] :
        [
            .. await _channel.QueryAsync(
                _sql.SlotsOverlapping, BookingRows.Slots(), List(scheduleIds), BookingRows.Micros(window.Start),
                BookingRows.Micros(window.End)),
        ];

    private async ValueTask<ImmutableArray<Claim>> ClaimsOverlappingAsync(
        IReadOnlyCollection<string> targets, TimeRange window) =>
        targets.Count == 0 ? [] :
        [
            .. await _channel.QueryAsync(
                _sql.ClaimsOverlapping, BookingRows.Claim, List(targets), BookingRows.Micros(window.Start),
                BookingRows.Micros(window.End)),
        ];

    private static TimeRange? Hull(IEnumerable<TimeRange> spans)
    {
        TimeRange? hull = null;
        foreach (var span in spans)
            hull = hull is { } h
                ? new TimeRange(Instant.Min(h.Start, span.Start), Instant.Max(h.End, span.End))
                : span;
        return hull;
    }

    private static IEnumerable<string> ScheduleIds(ImmutableArray<Claim> claims) =>
        claims.Select(c => CalendarReference.ScheduleIdOf(c.Target)).OfType<string>().Distinct();

    private object List(IReadOnlyCollection<string> values) => _channel.Dialect.List(values);

    private static List<string> PractitionerIds(IEnumerable<string> references) =>
    [
        .. references.Where(r => r.StartsWith("Practitioner/", StringComparison.Ordinal))
            .Select(r => r["Practitioner/".Length..]),
    ];
}

/// <summary>The Schedules of a request and who of their actors and the required ones owns a calendar.</summary>
internal sealed record Calendars(ImmutableArray<ScheduleState> Schedules, ImmutableHashSet<string> Owners)
{
    /// <summary>What a booking of them locks: Schedules and owners, never a shadow.</summary>
    public ImmutableHashSet<string> LockTargets { get; } =
    [
        .. Schedules.Select(s => CalendarReference.OfSchedule(s.Id)),
        .. Owners.Where(CalendarReference.IsOwnerType),
    ];

    /// <summary>Under what targets the claims are that a booking of them can meet, each in full for the index.</summary>
    public List<string> ClaimTargets() =>
    [
        .. Schedules.SelectMany(Scheduling.Booking.ClaimTargets.OnSlotsOf),
        .. Owners.Where(CalendarReference.IsOwnerType),
    ];
}

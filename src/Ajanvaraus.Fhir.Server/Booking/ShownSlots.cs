using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Shows the free Slots beside bookings as what they are to whoever reads Slots: free, or closed by buffers or limits.</summary>
/// <remarks>
/// Runs in the transaction that changes a booking, after its own changes. Source: docs/adr/0020-buffers.md and
/// 0022-booking-limits.md.
/// </remarks>
internal sealed class ShownSlots(WriteSession session, SlotWriter slots)
{
    /// <summary>How far from a booking Slots may be that it closes, whatever its calendars keep.</summary>
    public static readonly Duration Farthest = Buffers.Longest + Buffers.Longest + Journeys.Longest;

    /// <summary>A Slot is rarely longer, and one that is stays as it is shown until somebody looks at it nearer.</summary>
    private static readonly Duration LongSlot = Duration.FromDays(1);

    /// <summary>Bookings of this long before now count for Slots to come.</summary>
    private static readonly Duration Week = Duration.FromDays(8);

    /// <summary>So many changed calendars are read together, with all their Slots to come.</summary>
    private const int AtOnce = 20;

    private readonly CalendarRules _rules = new(new ReadOnce(session.ReadManyAsync).ReadAsync);
    private readonly List<Claim> _imported = [];

    /// <summary>Bookings of an import are looked at when all of its transaction is written.</summary>
    /// <param name="claims">Those that a booking has, and those that it gave up.</param>
    public void ShowLater(IEnumerable<Claim> claims) => _imported.AddRange(claims);

    /// <param name="claims">Those that a booking has, and those that it gave up.</param>
    public async ValueTask ShowAsync(IReadOnlyCollection<Claim> claims)
    {
        foreach (var sameTime in claims.Where(c => !c.Time.IsEmpty).GroupBy(c => c.Time))
        {
            var scheduleIds = sameTime.Select(c => CalendarReference.ScheduleIdOf(c.Target)).OfType<string>().Distinct();
            await ShowAsync([.. scheduleIds], sameTime.Key, Duration.Zero);
        }
    }

    /// <summary>Free Slots that are written beside bookings, imported bookings, and calendars whose buffers or limits are changed.</summary>
    public async ValueTask ShowWrittenAsync(IReadOnlyCollection<WriteTarget> targets)
    {
        var written = targets.Where(t => t.Result is { Stored: not null }).ToList();
        foreach (var (scheduleId, time) in await WithRulesAsync(TimesIn(written), ClosedIn(written)))
            await ShowAsync([scheduleId], time, Duration.Zero);
        var changed = written.Where(t => t.Type is "Schedule" or "HealthcareService" && ChangesRules(t)).ToList();
        if (changed.Count > 0)
            await ShowToComeAsync(await CalendarsOfAsync(changed), changed.Exists(HasLimits) ? Week + LongSlot : Duration.Zero);
        var elsewhere = await ChangedWays.CalendarsAsync(session, [.. written.Where(ChangedWays.AreIn).Select(t => t.Id)]);
        if (!elsewhere.IsEmpty)
            await ShowToComeAsync(elsewhere, Duration.Zero);
    }

    /// <summary>Where Slots may have to be shown anew: from the first to the last that was written in each calendar.</summary>
    private Dictionary<string, TimeRange> TimesIn(IEnumerable<WriteTarget> written)
    {
        var free = SlotsIn(written).Where(s => (s.Status == "free" || s.IsClosedByRule) && s.Start < s.End)
            .Select(s => (Id: LocalReference.IdOf(s.ScheduleReference, "Schedule"), Time: new TimeRange(
                Instant.FromDateTimeOffset(s.Start!.Value), Instant.FromDateTimeOffset(s.End!.Value))));
        var booked = _imported.Where(c => !c.Time.IsEmpty).Select(c => (Id: CalendarReference.ScheduleIdOf(c.Target), c.Time));
        return free.Concat(booked).Where(t => t.Id is not null).GroupBy(t => t.Id!, t => t.Time).ToDictionary(
            times => times.Key, times => new TimeRange(times.Min(t => t.Start), times.Max(t => t.End)));
    }

    /// <summary>The calendars of Slots that a rule closed when they were written before: it may hold no more.</summary>
    private static HashSet<string> ClosedIn(IEnumerable<WriteTarget> written) =>
    [
        .. SlotsIn(written).Where(s => s.IsClosedByRule)
            .Select(s => LocalReference.IdOf(s.ScheduleReference, "Schedule")).OfType<string>(),
    ];

    private static IEnumerable<SlotView> SlotsIn(IEnumerable<WriteTarget> written) =>
        written.Where(t => t is { Type: "Slot", Resource: not null }).Select(t => new SlotView(t.Resource!));

    /// <summary>Those with limits or closed Slots, and those in which bookings keep buffers: their own, or those of another calendar of the same owners.</summary>
    private async ValueTask<IEnumerable<(string ScheduleId, TimeRange Time)>> WithRulesAsync(
        Dictionary<string, TimeRange> times, HashSet<string> closed)
    {
        if (times.Count == 0)
            return [];
        var calendars = await session.Booking.Queries.CalendarsOfAsync(times.Keys);
        var schedules = await _rules.ApplyAsync(calendars.Schedules, Moments.Of(session));
        var keeping = schedules.Where(s => ClosedSlots.Reach([s]) > Duration.Zero).ToList();
        var owners = keeping.SelectMany(s => s.Actors).Where(calendars.CalendarOwners.Contains).ToHashSet();
        return schedules
            .Where(s => times.ContainsKey(s.Id)
                && (closed.Contains(s.Id) || ClosedSlots.AreShown([s]) || s.Actors.Any(owners.Contains)))
            .Select(s => (s.Id, times[s.Id]));
    }

    /// <summary>What was not there before, or is not any more, keeps nothing then.</summary>
    private static bool ChangesRules(WriteTarget target)
    {
        var before = target.Exists ? CalendarRule.Of(StoredNodes.Parse(target.Before!)) : CalendarRule.None;
        var after = target.Resource is { } resource ? CalendarRule.Of(resource) : CalendarRule.None;
        return !before.KeepsAs(after) || before.Limits != after.Limits || ChangesZone(target);
    }

    /// <summary>A limit that is not there any more has closed Slots of whole days and weeks too.</summary>
    private static bool HasLimits(WriteTarget target) =>
        (target.Exists && !CalendarRule.Of(StoredNodes.Parse(target.Before!)).Limits.AreNone)
        || (target.Resource is { } after && !CalendarRule.Of(after).Limits.AreNone);

    /// <summary>Days and weeks are those of the zone of the calendar.</summary>
    private static bool ChangesZone(WriteTarget target) =>
        target is { Type: "Schedule", Exists: true, Resource: { } after }
        && new ScheduleView(StoredNodes.Parse(target.Before!)).ZoneId != new ScheduleView(after).ZoneId;

    private async ValueTask<ImmutableArray<string>> CalendarsOfAsync(IReadOnlyCollection<WriteTarget> changed)
    {
        var services = changed.Where(t => t.Type == "HealthcareService").Select(t => $"HealthcareService/{t.Id}").ToList();
        var ofServices = services.Count == 0 ? [] : await session.Booking.Queries.SchedulesByActorsAsync(services);
        return [.. changed.Where(t => t.Type == "Schedule").Select(t => t.Id).Union(ofServices)];
    }

    /// <summary>Beside all bookings that the calendars have from now on, and those that count in weeks that go on.</summary>
    /// <remarks>Whoever books in them meanwhile has been waited for, or waits and sees the new rules.</remarks>
    private async ValueTask ShowToComeAsync(ImmutableArray<string> changed, Duration margin)
    {
        await session.Booking.SnapshotAsync(
            new BookingRequest { AppointmentId = "", Status = AppointmentStatus.Cancelled, ScheduleIds = changed }, isNew: true);
        var now = Moments.Of(session);
        foreach (var some in changed.Chunk(AtOnce))
        {
            var claims = await session.Booking.Queries.ClaimsAsync(some, new TimeRange(now - Week, Instant.MaxValue));
            if (claims.IsEmpty)
                continue;
            // Those on an owner reach into the owner's other calendars too.
            var scheduleIds = claims.Select(c => CalendarReference.ScheduleIdOf(c.Target)).OfType<string>().Union(some);
            await ShowAsync([.. scheduleIds], new TimeRange(claims.Min(c => c.Time.Start), claims.Max(c => c.Time.End)), margin);
        }
    }

    /// <param name="scheduleIds">Whose Slots.</param>
    /// <param name="time">Of bookings, or of Slots that are written.</param>
    /// <param name="margin">At least so far around it; what the calendars keep may reach further.</param>
    private async ValueTask ShowAsync(ImmutableArray<string> scheduleIds, TimeRange time, Duration margin)
    {
        if (scheduleIds.IsEmpty)
            return;
        var around = new BookingRequest
        {
            AppointmentId = "",
            Status = AppointmentStatus.Cancelled,
            ScheduleIds = scheduleIds,
            Time = time,
            Margin = Duration.Max(margin, Farthest + Farthest + LongSlot),
        };
        var snapshot = await ReadAsync(around);
        var limited = snapshot.Schedules.Where(s => scheduleIds.Contains(s.Id) && !s.Limits.AreNone).ToList();
        if (limited.Count > 0)
            // A booking closes and opens Slots of its whole day or week.
            snapshot = await ReadAsync(around = around with
            {
                Margin = Duration.Max(margin, limited.Exists(s => s.Limits.PerWeek is not null) ? Week + LongSlot : LongSlot + LongSlot + LongSlot),
            });
        var known = time.Widened(around.Margin, around.Margin);
        snapshot = snapshot with { Counted = await CalendarRules.CountedAsync(session.Booking.Queries, limited, known) };
        await slots.WriteAsync(ClosedSlots.Of(snapshot, scheduleIds, known, Moments.Of(session)), snapshot);
    }

    private async ValueTask<BookingSnapshot> ReadAsync(BookingRequest around)
    {
        var snapshot = await session.Booking.SnapshotAsync(around, isNew: true);
        snapshot = snapshot with { Schedules = await _rules.ApplyAsync(snapshot.Schedules, Moments.Of(session)) };
        return await _rules.WithJourneysAsync(snapshot, []);
    }
}

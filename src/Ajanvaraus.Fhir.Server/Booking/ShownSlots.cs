using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Shows the free Slots beside bookings as what they are to whoever reads Slots: free, or closed by buffers.</summary>
/// <remarks>Runs in the transaction that changes a booking, after its own changes. Source: docs/adr/0020-buffers.md.</remarks>
internal sealed class ShownSlots(WriteSession session, SlotWriter slots)
{
    /// <summary>How far from a booking Slots may be that it closes, whatever its calendars keep.</summary>
    public static readonly Duration Farthest = Buffers.Longest + Buffers.Longest;

    /// <summary>A Slot is rarely longer, and one that is stays as it is shown until somebody looks at it nearer.</summary>
    private static readonly Duration LongSlot = Duration.FromDays(1);

    private readonly CalendarRules _rules = new(new ReadOnce(session.ReadManyAsync).ReadAsync);

    /// <param name="claims">Those that a booking has, and those that it gave up.</param>
    public async ValueTask ShowAsync(IReadOnlyCollection<Claim> claims)
    {
        foreach (var sameTime in claims.Where(c => !c.Time.IsEmpty).GroupBy(c => c.Time))
        {
            var scheduleIds = sameTime.Select(c => CalendarReference.ScheduleIdOf(c.Target)).OfType<string>().Distinct();
            await ShowAsync([.. scheduleIds], sameTime.Key);
        }
    }

    /// <summary>Free Slots that are written beside bookings, and those of calendars whose buffers are changed.</summary>
    public async ValueTask ShowWrittenAsync(IReadOnlyCollection<WriteTarget> targets)
    {
        var written = targets.Where(t => !t.Intent.IsImport && t.Resource is not null && t.Result is { Stored: not null }).ToList();
        var free = written.Where(t => t.Type == "Slot").Select(t => new SlotView(t.Resource!))
            .Where(s => s.Status == "free" && s.Start < s.End)
            .ToLookup(s => LocalReference.IdOf(s.ScheduleReference, "Schedule") ?? "");
        var calendars = free.Select(s => s.Key).Where(id => id.Length > 0).ToList();
        foreach (var id in calendars.Count == 0 ? [] : await _rules.WithBuffersAsync(calendars))
            await ShowAsync([id], new TimeRange(
                Instant.FromDateTimeOffset(free[id].Min(s => s.Start)!.Value),
                Instant.FromDateTimeOffset(free[id].Max(s => s.End)!.Value)));
        foreach (var target in written.Where(t => t is { Type: "Schedule" or "HealthcareService", Exists: true } && ChangesBuffers(t)))
            foreach (var id in await CalendarsOfAsync(target))
                await ShowToComeAsync(id);
    }

    private static bool ChangesBuffers(WriteTarget target) =>
        CalendarRule.Of(StoredNodes.Parse(target.Before!)).Buffers != CalendarRule.Of(target.Resource!).Buffers;

    private async ValueTask<ImmutableArray<string>> CalendarsOfAsync(WriteTarget target) => target.Type == "Schedule"
        ? [target.Id]
        : await session.Booking.Queries.SchedulesByActorsAsync([$"HealthcareService/{target.Id}"]);

    /// <summary>Beside all bookings that the calendar has from now on.</summary>
    private async ValueTask ShowToComeAsync(string scheduleId)
    {
        var now = Moments.Of(session);
        var claims = await session.Booking.Queries.ClaimsAsync([scheduleId], new TimeRange(now, Instant.MaxValue));
        // Those on an owner reach into the owner's other calendars too.
        var scheduleIds = claims.Select(c => CalendarReference.ScheduleIdOf(c.Target)).OfType<string>().Append(scheduleId).Distinct();
        if (claims.Any())
            await ShowAsync([.. scheduleIds], new TimeRange(claims.Min(c => c.Time.Start), claims.Max(c => c.Time.End)));
    }

    private async ValueTask ShowAsync(ImmutableArray<string> scheduleIds, TimeRange time)
    {
        if (scheduleIds.IsEmpty)
            return;
        var around = new BookingRequest
        {
            AppointmentId = "",
            Status = AppointmentStatus.Cancelled,
            ScheduleIds = scheduleIds,
            Time = time,
            Margin = Farthest + Farthest + LongSlot,
        };
        var now = Moments.Of(session);
        var snapshot = await session.Booking.SnapshotAsync(around, isNew: true);
        snapshot = snapshot with { Schedules = await _rules.ApplyAsync(snapshot.Schedules, now) };
        var known = time.Widened(around.Margin, around.Margin);
        await slots.WriteAsync(ClosedSlots.Of(snapshot, scheduleIds, known, now), snapshot);
    }
}

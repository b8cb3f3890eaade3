using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Rezoning;

/// <summary>What begins at another moment by new rules of its zone.</summary>
/// <param name="Reference">Slot or Appointment.</param>
/// <param name="Claims">Of an Appointment, as they are to be; none for a Slot.</param>
internal sealed record MovedTime(string Reference, string ZoneId, TimeRange Before, TimeRange After, ImmutableArray<Claim> Claims)
{
    public string Id => Reference[(Reference.IndexOf('/') + 1)..];

    public Duration By => After.Start - Before.Start;
}

/// <summary>Two bookings that did not meet before and would by the new rules, or one that would lie in the past.</summary>
internal sealed record Meeting(string One, string Other, string Target, Instant At);

/// <summary>What new rules of zones change in the time to come; what has begun stays where it is.</summary>
/// <remarks>
/// A Slot is moved by the zone of its Schedule, an Appointment by that of the first Schedule in which it has time. Appointments without
/// time here are copies of other systems', which tell their new times themselves.
/// </remarks>
internal sealed record RezoningPlan(
    ImmutableDictionary<string, NewRules> Zones, ImmutableArray<MovedTime> Slots, ImmutableArray<MovedTime> Appointments,
    ImmutableArray<Meeting> Meetings)
{
    /// <param name="table">Of the transaction, or of the one moment that is read.</param>
    public static async ValueTask<RezoningPlan> MakeAsync(TimeZoneTable table, Instant now)
    {
        var zones = DatabaseZones.Changed(await table.AllAsync(), now);
        if (zones.IsEmpty)
            return new RezoningPlan(zones, [], [], []);
        var zoneOf = await table.ZonesOfSchedulesAsync();
        var micros = now.ToUnixTimeTicks() / TimeSpan.TicksPerMicrosecond;
        var claims = await table.ClaimsAfterAsync(micros);
        var appointments = claims.GroupBy(c => c.AppointmentId).Select(own => Moved(own, zones, zoneOf)).OfType<MovedTime>()
            .OrderBy(m => m.Before.Start).ThenBy(m => m.Id, StringComparer.Ordinal).ToImmutableArray();
        var slots = (await table.SlotsAfterAsync(micros)).Select(s => Moved(s, zones, zoneOf)).OfType<MovedTime>().ToImmutableArray();
        return new RezoningPlan(zones, slots, appointments, Meet(claims, appointments, now));
    }

    private static MovedTime? Moved(
        IGrouping<string, Claim> own, ImmutableDictionary<string, NewRules> zones, Dictionary<string, string> zoneOf)
    {
        var zone = own.Select(c => CalendarReference.ScheduleIdOf(c.Target)).OfType<string>()
            .Select(id => zoneOf.GetValueOrDefault(id)).OfType<string>().FirstOrDefault() ?? TimeZones.DefaultId;
        var before = new TimeRange(own.Min(c => c.Time.Start), own.Max(c => c.Time.End));
        return zones.TryGetValue(zone, out var news) && news.Change.Of(before) is var after && after != before
            ? new MovedTime($"Appointment/{own.Key}", zone, before, after, [.. own.Select(c => c with { Time = c.Time.Shifted(after.Start - before.Start) })])
            : null;
    }

    private static MovedTime? Moved(
        (string Id, string ScheduleId, TimeRange Time) slot, ImmutableDictionary<string, NewRules> zones, Dictionary<string, string> zoneOf) =>
        zoneOf.TryGetValue(slot.ScheduleId, out var zone) && zones.TryGetValue(zone, out var news)
        && news.Change.Of(slot.Time) is var after && after != slot.Time
            ? new MovedTime($"Slot/{slot.Id}", zone, slot.Time, after, [])
            : null;

    private static ImmutableArray<Meeting> Meet(List<Claim> claims, ImmutableArray<MovedTime> moved, Instant now)
    {
        var ids = moved.ToDictionary(m => m.Id);
        var meetings = new List<Meeting>();
        foreach (var late in moved.Where(m => m.After.Start <= now))
            meetings.Add(new Meeting(late.Reference, "", "", late.After.Start));
        foreach (var seat in claims.GroupBy(c => (c.Target, c.Seat)))
        {
            var times = seat.Select(c => (Claim: c, After: ids.TryGetValue(c.AppointmentId, out var m) ? c.Time.Shifted(m.By) : c.Time))
                .OrderBy(t => t.After.Start).ToList();
            for (var n = 0; n < times.Count; n++)
                for (var next = n + 1; next < times.Count && times[next].After.Start < times[n].After.End; next++)
                    if (!times[n].Claim.Time.Overlaps(times[next].Claim.Time) && times[n].Claim.AppointmentId != times[next].Claim.AppointmentId)
                        meetings.Add(new Meeting(
                            $"Appointment/{times[n].Claim.AppointmentId}", $"Appointment/{times[next].Claim.AppointmentId}", seat.Key.Target,
                            times[next].After.Start));
        }
        // Both may be together in several calendars.
        return [.. meetings.DistinctBy(m => (m.One, m.Other))];
    }
}

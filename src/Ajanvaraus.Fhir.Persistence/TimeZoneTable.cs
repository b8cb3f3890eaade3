using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Persistence;

/// <summary>The rules of time zones by which the times of a database are written, and what they matter for.</summary>
/// <remarks>Source: docs/adr/0039-rules-of-time-zones.md.</remarks>
public sealed class TimeZoneTable
{
    private readonly SqlChannel _channel;

    internal TimeZoneTable(SqlChannel channel) => _channel = channel;

    public async ValueTask<ImmutableDictionary<string, ZoneRules>> AllAsync() =>
        (await _channel.QueryAsync("SELECT zone_id, rules FROM time_zone", row => (Id: row.GetString(0), Rules: row.GetString(1))))
            .ToImmutableDictionary(z => z.Id, z => ZoneRules.Parse(z.Id, z.Rules));

    /// <summary>Those of the calendars, and that of the calendars that name none.</summary>
    public async ValueTask<ImmutableHashSet<string>> UsedAsync() =>
    [
        TimeZones.DefaultId, .. await _channel.QueryAsync("SELECT DISTINCT zone FROM schedule", row => row.GetString(0)),
    ];

    /// <summary>Sets the rules of a zone, instead of those that it had.</summary>
    public async ValueTask SetAsync(ZoneRules rules)
    {
        await _channel.WriteAsync($"DELETE FROM time_zone WHERE zone_id = {P(1)}", rules.Id);
        await _channel.WriteAsync(
            $"INSERT INTO time_zone (zone_id, rules) VALUES ({P(1)}, {P(2)})", rules.Id, rules.ToText());
    }

    /// <summary>The claims of all that begins later, by target.</summary>
    public ValueTask<List<Claim>> ClaimsAfterAsync(long now) => _channel.QueryAsync(
        "SELECT target, seat, start_us, end_us, appointment_id, slot_group, expires_us, holder FROM claim "
        + $"WHERE start_us > {P(1)} AND end_us > start_us ORDER BY target, seat, start_us", Booking.BookingRows.Claim, now);

    /// <summary>Slots that begin later, with their Schedules.</summary>
    public ValueTask<List<(string Id, string ScheduleId, TimeRange Time)>> SlotsAfterAsync(long now) => _channel.QueryAsync(
        $"SELECT id, schedule_id, start_us, end_us FROM slot WHERE start_us > {P(1)} ORDER BY schedule_id, start_us, id",
        row => (
            row.GetString(0), row.GetString(1),
            new TimeRange(Booking.BookingRows.Instant(row.GetInt64(2)), Booking.BookingRows.Instant(row.GetInt64(3)))), now);

    /// <summary>The zones of Schedules by their ids.</summary>
    public async ValueTask<Dictionary<string, string>> ZonesOfSchedulesAsync() =>
        (await _channel.QueryAsync("SELECT id, zone FROM schedule", row => (Id: row.GetString(0), Zone: row.GetString(1))))
            .ToDictionary(s => s.Id, s => s.Zone);

    private string P(int n) => _channel.Dialect.Placeholder(n);
}

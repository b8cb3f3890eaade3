using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;

using Microsoft.Data.Sqlite;

using Npgsql;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>The current version of an Appointment or a Slot.</summary>
internal sealed record ResourceRow(string Type, string Id, long Version, JsonNode Body)
{
    public string Status => Body["status"]!.ToString();

    public long? StartUs => CalendarRows.Micros(Body["start"]);

    public long? EndUs => CalendarRows.Micros(Body["end"]);

    /// <summary>Literal references below an array element: <c>slot</c>, or <c>participant</c> by its <c>actor</c>.</summary>
    public IEnumerable<string> References(string element, string? below = null) =>
        (Body[element]?.AsArray() ?? []).Select(e => (below is null ? e : e?[below])?["reference"]?.ToString()).OfType<string>();
}

internal sealed record SlotRow(string Id, string ScheduleId, long StartUs, long EndUs, long Status);

internal sealed record ClaimRow(string Target, long StartUs, long EndUs, string AppointmentId, bool IsHold);

internal sealed record AppointmentActorRow(string AppointmentId, string Actor, long StartUs, long EndUs, long Status);

/// <summary>What the tables hold, read by SQL straight from the database, past the server.</summary>
/// <param name="OwnersOf">Professionals and devices by the id of the Schedule that lists them.</param>
/// <param name="BrokenHistories">Resources whose versions are not 1 to n in the order of their keys, the last one current.</param>
internal sealed record CalendarRows(
    IReadOnlyList<ResourceRow> Resources, IReadOnlyList<SlotRow> Slots, IReadOnlyList<ClaimRow> Claims,
    IReadOnlyList<AppointmentActorRow> AppointmentActors, ILookup<string, string> OwnersOf,
    IReadOnlyList<string> BrokenHistories)
{
    private const string BrokenHistoriesSql = """
        SELECT COALESCE(r.type, 'a version without resource'), COALESCE(r.id, '')
        FROM resource r FULL OUTER JOIN (
            SELECT resource_key, COUNT(*) AS versions, MAX(version) AS latest, MAX(version_key) AS latest_key
            FROM resource_version GROUP BY resource_key) h ON h.resource_key = r.resource_key
        WHERE r.resource_key IS NULL OR h.versions IS NULL OR h.versions <> r.version OR h.latest <> r.version
            OR h.latest_key <> r.version_key
        """;

    /// <summary>Reads all tables; nobody else may be writing meanwhile.</summary>
    public static async Task<CalendarRows> ReadAsync(DbConnection connection) => new(
        await QueryAsync(
            connection,
            "SELECT r.type, r.id, r.version, v.body FROM resource r "
            + "JOIN resource_version v ON v.version_key = r.version_key "
            + "WHERE r.type IN ('Appointment', 'Slot') AND r.deleted = 0",
            r => new ResourceRow(
                r.GetString(0), r.GetString(1), Number(r, 2), JsonNode.Parse(r.GetFieldValue<byte[]>(3))!)),
        await QueryAsync(
            connection, "SELECT id, schedule_id, start_us, end_us, status FROM slot",
            r => new SlotRow(r.GetString(0), r.GetString(1), Number(r, 2), Number(r, 3), Number(r, 4))),
        await QueryAsync(
            connection, "SELECT target, start_us, end_us, appointment_id, expires_us FROM claim",
            r => new ClaimRow(r.GetString(0), Number(r, 1), Number(r, 2), r.GetString(3), !r.IsDBNull(4))),
        await QueryAsync(
            connection, "SELECT appointment_id, actor, start_us, end_us, status FROM appointment_actor",
            r => new AppointmentActorRow(
                r.GetString(0), r.GetString(1), Number(r, 2), Number(r, 3), Number(r, 4))),
        (await QueryAsync(
            connection,
            "SELECT schedule_id, actor FROM schedule_actor "
            + "WHERE actor LIKE 'Practitioner/%' OR actor LIKE 'Device/%'",
            r => (Schedule: r.GetString(0), Actor: r.GetString(1)))).ToLookup(r => r.Schedule, r => r.Actor),
        await QueryAsync(connection, BrokenHistoriesSql, r => $"{r.GetString(0)}/{r.GetString(1)}"));

    /// <summary>What SQLite itself says of its file: <c>ok</c>; PostgreSQL has no such check.</summary>
    public static async Task<string> IntegrityAsync(TestDatabase database)
    {
        if (database.Engine != DatabaseEngine.Sqlite)
            return "ok";
        await using var connection = await database.OpenConnectionAsync(canWrite: false);
        return string.Join('\n', await QueryAsync(connection, "PRAGMA integrity_check", r => r.GetString(0)));
    }

    /// <summary>Microseconds since 1970 UTC of an instant in a body.</summary>
    public static long? Micros(JsonNode? instant) => instant is null
        ? null
        : (DateTimeOffset.Parse(instant.ToString(), CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch).Ticks / 10;

    private static long Number(DbDataReader row, int column) =>
        Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    private static async Task<List<T>> QueryAsync<T>(DbConnection connection, string sql, Func<DbDataReader, T> row)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(row(reader));
        return rows;
    }
}

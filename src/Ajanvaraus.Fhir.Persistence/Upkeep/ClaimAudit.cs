using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;

namespace Ajanvaraus.Fhir.Persistence.Upkeep;

/// <summary>Whether Appointments, their Slots and their claims say the same, and no time is claimed twice.</summary>
internal sealed class ClaimAudit(SqlChannel channel, long now, Action<string> finding)
{
    private const string Overlapping = """
        SELECT o.target FROM (
            SELECT target, start_us, MAX(end_us) OVER (
                PARTITION BY target, seat ORDER BY start_us, claim_key
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS taken_until
            FROM claim WHERE end_us > start_us) o
        WHERE o.start_us < o.taken_until
        """;

    private const string OfNobody = """
        SELECT DISTINCT c.appointment_id FROM claim c
        LEFT JOIN resource r ON r.type = 'Appointment' AND r.id = c.appointment_id AND r.deleted = 0
        WHERE r.resource_key IS NULL
        """;

    /// <summary>What holds for claims by themselves.</summary>
    public async ValueTask CheckAllAsync()
    {
        await channel.EachAsync(Overlapping, row => Tell($"{row.GetString(0)}: claimed twice at one time"));
        await channel.EachAsync(OfNobody, row => Tell($"Appointment/{row.GetString(0)}: claims of what does not exist"));
    }

    /// <summary>What holds between a page of Appointments, their claims and the Slots that they name.</summary>
    public async ValueTask CheckAsync(List<AuditedResource> appointments)
    {
        if (appointments.Count == 0)
            return;
        var claims = (await QueryAsync(
            "SELECT appointment_id, target, start_us, end_us, expires_us FROM claim WHERE ", "appointment_id",
            [.. appointments.Select(a => a.Id)], ClaimOf)).ToLookup(c => c.AppointmentId);
        var slotIds = appointments.SelectMany(a => SlotIds(a.Node!)).ToHashSet();
        var slots = slotIds.Count == 0
            ? []
            : (await QueryAsync("SELECT id, schedule_id, status, capacity FROM slot WHERE ", "id", slotIds, SlotOf))
                .ToDictionary(s => s.Id);
        foreach (var appointment in appointments)
            Check(appointment, [.. claims[appointment.Id]], slots);
    }

    private void Check(AuditedResource appointment, List<ClaimLine> claims, Dictionary<string, SlotLine> slots)
    {
        var view = new AppointmentView(appointment.Node!);
        var status = AppointmentStatusCodes.Parse(view.Status) ?? AppointmentStatus.Proposed;
        if (!AppointmentTransitions.Occupies(status))
        {
            if (claims.Count > 0)
                finding($"{appointment.Name}: is {view.Status} and claims time");
            return;
        }
        // A hold that is over stands in nobody's way, and waits to be settled by whoever looks next.
        if (claims.Exists(c => c.Expires <= now))
            return;
        // A copy of another system's booking names Slots that are not of this server, and claims nothing.
        var named = SlotIds(appointment.Node!).ToList();
        if (claims.Count == 0 && !named.Exists(slots.ContainsKey))
            return;
        foreach (var id in named)
            CheckSlot(appointment.Name, view, claims, id, slots.GetValueOrDefault(id));
    }

    private void CheckSlot(string name, AppointmentView appointment, List<ClaimLine> claims, string id, SlotLine? slot)
    {
        if (slot is null)
        {
            finding($"{name}: names Slot/{id}, which does not exist");
            return;
        }
        if (slot is { Status: SlotStatus.Free, Capacity: 1 })
            finding($"{name}: its Slot/{id} is offered as free");
        if (appointment.Start is not { } start || appointment.End is not { } end)
            return;
        var (from, until) = (FhirTime.Of(start), FhirTime.Of(end));
        if (!claims.Exists(c => CalendarReference.ScheduleIdOf(c.Target) == slot.ScheduleId && c.Start <= from && c.End >= until))
            finding($"{name}: does not claim its time in Schedule/{slot.ScheduleId}");
    }

    private static IEnumerable<string> SlotIds(ElementNode appointment) => appointment.All("slot")
        .Select(s => s.Text("reference"))
        .OfType<string>()
        .Where(r => r.StartsWith("Slot/", StringComparison.Ordinal))
        .Select(r => r["Slot/".Length..]);

    private async ValueTask<List<T>> QueryAsync<T>(
        string select, string column, IReadOnlyCollection<string> values, Func<SqlRow, T> map)
    {
        var query = new SqlText(channel.Dialect);
        query.Append(select).In(column, values);
        return await channel.QueryAsync(query.Text, map, query.Arguments);
    }

    private ValueTask Tell(string sentence)
    {
        finding(sentence);
        return ValueTask.CompletedTask;
    }

    private static ClaimLine ClaimOf(SqlRow row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4));

    private static SlotLine SlotOf(SqlRow row) =>
        new(row.GetString(0), row.GetString(1), (SlotStatus)row.GetInt32(2), row.GetInt32(3));

    private sealed record ClaimLine(string AppointmentId, string Target, long Start, long End, long? Expires);

    private sealed record SlotLine(string Id, string ScheduleId, SlotStatus Status, int Capacity);
}

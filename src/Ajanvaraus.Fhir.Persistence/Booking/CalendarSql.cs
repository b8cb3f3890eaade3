using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Booking;

/// <summary>Which calendars belong to a service or an organisation: docs/scheduling-rules.md.</summary>
internal sealed class CalendarSql
{
    public CalendarSql(SqlDialect dialect)
    {
        var ids = dialect.Placeholder(1);
        ByServices = ActorIn("HealthcareService", $"SELECT h.id FROM resource h WHERE {Asked(dialect, "h", ids)}")
            + " UNION " + SameCode("service-type", "service-type", dialect, ids)
            + " UNION " + SameCode("service-category", "service-category", dialect, ids)
            + " UNION " + ThroughRole("service", dialect, ids);
        ByCodes = WithCode(dialect);
        Active = $"SELECT s.id FROM schedule s WHERE s.is_active = 1 ORDER BY s.id {dialect.Limit(ids)}";
        AtPlaces = "SELECT CONCAT('Schedule/', s.schedule_id) FROM schedule_actor s "
            + $"WHERE {dialect.InList("s.actor", ids, ColumnType.Text)} UNION "
            + "SELECT c.target FROM appointment_actor a JOIN claim c ON c.appointment_id = a.appointment_id "
            + $"WHERE {dialect.InList("a.actor", ids, ColumnType.Text)} AND a.start_us > {dialect.Placeholder(2)} - {FhirTime.Day} "
            + "AND c.target LIKE 'Schedule/%'";
        ByOrganizations = ActorIn("HealthcareService", Referring("HealthcareService", "organization", dialect, ids))
            + " UNION " + ActorIn("Location", Referring("Location", "organization", dialect, ids))
            + " UNION " + ThroughRole("organization", dialect, ids);
    }

    /// <summary>Ids of Schedules; the argument lists ids of HealthcareServices.</summary>
    public string ByServices { get; }

    /// <summary>Schedules as targets, shadows among them; arguments: Locations as references; now.</summary>
    public string AtPlaces { get; }

    /// <summary>Ids of Schedules; the argument lists ids of Organizations.</summary>
    public string ByOrganizations { get; }

    /// <summary>Ids of Schedules with system and code; arguments: codes, start and end of a span for free Slots.</summary>
    public string ByCodes { get; }

    /// <summary>Ids of active Schedules; the argument is how many at most.</summary>
    public string Active { get; }

    /// <summary>Schedules that say a code themselves, by a free Slot, or (a specialty) by a PractitionerRole.</summary>
    private static string WithCode(SqlDialect dialect)
    {
        var p = dialect.Placeholder;
        var code = dialect.InList("t.code", p(1), ColumnType.Text) + dialect.Leading(IndexTable.Token, "t");
        return "SELECT s.id, t.system, t.code FROM index_token t JOIN schedule s ON s.resource_key = t.resource_key "
            + $"WHERE t.parameter IN ({Keys("Schedule")}) AND {code} "
            + "UNION SELECT l.schedule_id, t.system, t.code FROM index_token t "
            + "JOIN slot l ON l.resource_key = t.resource_key "
            + $"WHERE t.parameter IN ({Keys("Slot")}) AND {code} "
            + $"AND l.status = {(int)Scheduling.Slots.SlotStatus.Free} AND l.start_us < {p(3)} AND l.end_us > {p(2)} "
            + "UNION SELECT a.schedule_id, t.system, t.code FROM index_token t "
            + "JOIN resource r ON r.resource_key = t.resource_key AND r.deleted = 0 "
            + "JOIN schedule_actor a ON a.role_id = r.id "
            + $"WHERE t.parameter = {SearchParameter.KeyOf("PractitionerRole", "specialty")} AND {code}";
    }

    private static string Keys(string type) => string.Join(", ", new[] { "service-type", "service-category", "specialty" }
        .Select(code => SearchParameter.KeyOf(type, code)));

    private static string Asked(SqlDialect dialect, string alias, string ids) =>
        $"{alias}.type = 'HealthcareService' AND {alias}.deleted = 0 AND "
        + dialect.InList($"{alias}.id", ids, ColumnType.Text);

    private static string ActorIn(string type, string idQuery) =>
        $"SELECT a.schedule_id FROM schedule_actor a WHERE a.actor IN (SELECT CONCAT('{type}/', t.id) FROM ({idQuery}) t)";

    private static string Referring(string type, string parameter, SqlDialect dialect, string ids) =>
        "SELECT f.id FROM index_reference x JOIN resource f ON f.resource_key = x.resource_key "
        + $"WHERE x.parameter = {SearchParameter.KeyOf(type, parameter)} AND x.target_id <> '' AND "
        + dialect.InList("x.target_id", ids, ColumnType.Text);

    /// <summary>Schedules that share a code with the service; concepts of text alone have none to share.</summary>
    /// <remarks>From the services to the Schedules: SQLite keeps the order of a CROSS JOIN, and would else begin with all Schedules.</remarks>
    private static string SameCode(string ofSchedule, string ofService, SqlDialect dialect, string ids) =>
        "SELECT s.id FROM resource h CROSS JOIN index_token ht CROSS JOIN index_token st CROSS JOIN schedule s "
        + $"WHERE {Asked(dialect, "h", ids)} AND ht.resource_key = h.resource_key "
        + $"AND ht.parameter = {SearchParameter.KeyOf("HealthcareService", ofService)} "
        + $"AND st.parameter = {SearchParameter.KeyOf("Schedule", ofSchedule)} "
        + $"AND st.code = ht.code AND st.system = ht.system AND ht.code <> ''{dialect.Leading(IndexTable.Token, "st")} "
        + "AND s.resource_key = st.resource_key";

    /// <summary>Schedules of a PractitionerRole that names one of the ids, or of its Practitioner.</summary>
    private static string ThroughRole(string parameter, SqlDialect dialect, string ids)
    {
        var roles = "FROM index_reference x "
            + "JOIN resource r ON r.resource_key = x.resource_key AND r.deleted = 0 "
            + $"WHERE x.parameter = {SearchParameter.KeyOf("PractitionerRole", parameter)} AND x.target_id <> '' AND "
            + dialect.InList("x.target_id", ids, ColumnType.Text);
        return $"SELECT a.schedule_id FROM schedule_actor a WHERE a.role_id IN (SELECT r.id {roles}) UNION "
            + "SELECT a.schedule_id FROM schedule_actor a WHERE a.actor IN ("
            + "SELECT CONCAT('Practitioner/', p.target_id) FROM index_reference p "
            + $"WHERE p.parameter = {SearchParameter.KeyOf("PractitionerRole", "practitioner")} "
            + $"AND p.resource_key IN (SELECT x.resource_key {roles}))";
    }
}

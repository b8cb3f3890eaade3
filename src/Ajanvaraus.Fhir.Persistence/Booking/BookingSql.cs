using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Booking;

/// <summary>The statements of scheduling, made once per dialect.</summary>
internal sealed class BookingSql
{
    public const string SlotColumns =
        "s.id, s.schedule_id, s.start_us, s.end_us, s.status, s.capacity, s.is_filler, s.services";

    public const string ClaimColumns =
        "c.target, c.seat, c.start_us, c.end_us, c.appointment_id, c.slot_group, c.expires_us, c.holder";

    private const string ActorsOfSchedules =
        "FROM schedule s LEFT JOIN schedule_actor a ON a.resource_key = s.resource_key "
        + "LEFT JOIN resource role ON role.type = 'PractitionerRole' AND role.id = a.role_id AND role.deleted = 0 "
        + "LEFT JOIN index_reference p ON p.resource_key = role.resource_key AND p.parameter = ";

    private static readonly int RolePractitioner = SearchParameter.KeyOf("PractitionerRole", "practitioner");

    private readonly SqlDialect _dialect;

    public BookingSql(SqlDialect dialect)
    {
        _dialect = dialect;
        Calendars = new CalendarSql(dialect);
        var p = dialect.Placeholder;
        Schedules = SchedulesText(In("s.id", 1));
        SchedulesOfSlots = SchedulesText($"s.id IN (SELECT n.schedule_id FROM slot n WHERE {In("n.id", 1)})");
        SchedulesAndThoseOfSlots = SchedulesText(
            $"s.id IN (SELECT i.id FROM schedule i WHERE {In("i.id", 1)} UNION SELECT n.schedule_id FROM slot n WHERE {In("n.id", 2)})");
        ScheduleByKey = $"SELECT s.id FROM schedule s WHERE s.resource_key = {p(1)}";
        Owners = OwnersText();
        LockCalendars = $"SELECT l.target FROM calendar_lock l{dialect.LockHint} WHERE {In("l.target", 1)} "
            + $"ORDER BY CASE WHEN l.target LIKE 'Schedule/%' THEN 0 ELSE 1 END, l.target{dialect.ForUpdate}";
        CalendarVersions = $"SELECT l.target, l.version FROM calendar_lock l WHERE {In("l.target", 1)}";
        SlotSchedules = "SELECT DISTINCT s.schedule_id FROM slot s WHERE "
            + dialect.InList("s.resource_key", p(1), ColumnType.Long);
        NamedSlots = $"SELECT {SlotColumns} FROM slot s WHERE {In("s.id", 1)}";
        SlotsOverlapping = Overlapping(SlotColumns, "slot s", "s", In("s.schedule_id", 1));
        SlotsGivenUp = $"{SlotsOverlapping} UNION ALL SELECT {SlotColumns} FROM slot s WHERE {In("s.schedule_id", 1)} "
            + $"AND s.start_us >= {p(2)} - {8 * FhirTime.Day} AND s.start_us < {p(3)} + {8 * FhirTime.Day} "
            + $"AND s.is_filler = {SchedulingRows.ClosedByLimit}";
        ClaimsOverlapping = Overlapping(ClaimColumns, "claim c", "c", In("c.target", 1));
        HoldsOfHolders = $"SELECT {ClaimColumns} FROM claim c WHERE c.appointment_id IN (SELECT h.appointment_id "
            + $"FROM claim h WHERE {In("h.holder", 1)} AND h.expires_us IS NOT NULL AND h.start_us < {p(3)} "
            + $"AND h.end_us > {p(2)})";
        LiveHolds = "SELECT c.appointment_id, MIN(c.expires_us) FROM claim c "
            + $"WHERE c.holder = {p(1)} AND c.expires_us > {p(2)} AND c.appointment_id <> {p(3)} GROUP BY c.appointment_id";
        ClaimsOfAppointment = $"SELECT {ClaimColumns} FROM claim c WHERE c.appointment_id = {p(1)}";
        EndPassedHolds = $"UPDATE claim SET end_us = start_us WHERE expires_us <= {p(1)} AND start_us < {p(2)} "
            + $"AND end_us > {p(3)} AND {In("target", 4)}";
        DeleteClaims = $"DELETE FROM claim WHERE appointment_id = {p(1)}";
        InsertClaim = "INSERT INTO claim (target, seat, start_us, end_us, is_long, appointment_id, slot_group, "
            + $"expires_us, holder) VALUES ({p(1)}, {p(2)}, {p(3)}, {p(4)}, {p(5)}, {p(6)}, {p(7)}, {p(8)}, {p(9)})";
        ExpiredHolds = $"SELECT DISTINCT c.appointment_id FROM claim c WHERE c.expires_us <= {p(1)} "
            + $"ORDER BY c.appointment_id {dialect.Limit(p(2))}";
        NextExpiry = "SELECT MIN(expires_us) FROM claim WHERE expires_us IS NOT NULL";
        LiveClaim = $"SELECT COUNT(*) FROM claim c WHERE {In("c.target", 1)} AND c.end_us > c.start_us "
            + $"AND (c.expires_us IS NULL OR c.expires_us > {p(2)}) AND c.start_us < {p(4)} AND c.end_us > {p(3)}";
        SchedulesByActors = "SELECT a.schedule_id FROM schedule_actor a "
            + $"WHERE {In("a.actor", 1)} UNION SELECT a.schedule_id FROM schedule_actor a "
            + "JOIN resource r ON r.id = a.role_id AND r.deleted = 0 "
            + $"JOIN index_reference x ON x.resource_key = r.resource_key AND x.parameter = {RolePractitioner} "
            + $"WHERE x.target_id <> '' AND {In("x.target_id", 2)}";
    }

    public CalendarSql Calendars { get; }

    /// <summary>Argument: the key of its row.</summary>
    public string ScheduleByKey { get; }

    /// <summary>The argument lists ids of Schedules.</summary>
    public string Schedules { get; }

    /// <summary>The argument lists ids of Slots.</summary>
    public string SchedulesOfSlots { get; }

    /// <summary>Arguments: ids of Schedules; of Slots. To make a set of both costs more than the rest of the statement.</summary>
    public string SchedulesAndThoseOfSlots { get; }

    public string Owners { get; }

    /// <summary>Schedules first: whoever edits a Slot locks its Schedule, and no owner before it.</summary>
    public string LockCalendars { get; }

    public string EnsureCalendarLocks => _dialect.EnsureCalendarLocks;

    /// <summary>Targets with their versions; the argument lists targets.</summary>
    public string CalendarVersions { get; }

    public string SetCalendarVersion => _dialect.SetCalendarVersion;

    /// <summary>Ids of the Schedules of Slots; the argument lists keys of resources.</summary>
    public string SlotSchedules { get; }

    public string NamedSlots { get; }

    public string SlotsOverlapping { get; }

    /// <summary>Those, and besides the Slots of a week around them that are closed by limits; some twice.</summary>
    public string SlotsGivenUp { get; }

    public string ClaimsOverlapping { get; }

    public string HoldsOfHolders { get; }

    /// <summary>Arguments: the holder; now; an Appointment that does not count.</summary>
    public string LiveHolds { get; }

    public string ClaimsOfAppointment { get; }

    /// <summary>Empties the spans of ended holds where a new claim comes, so that they stand in nobody's way.</summary>
    public string EndPassedHolds { get; }

    public string DeleteClaims { get; }

    public string InsertClaim { get; }

    public string ExpiredHolds { get; }

    public string NextExpiry { get; }

    public string LiveClaim { get; }

    /// <summary>Arguments: actors as references; logical ids of those that are Practitioners.</summary>
    public string SchedulesByActors { get; }

    private static string SchedulesText(string which) =>
        "SELECT s.id, s.is_active, s.horizon_start_us, s.horizon_end_us, s.zone, s.services, a.actor, "
        + $"p.target_id {ActorsOfSchedules}{RolePractitioner} WHERE {which} ORDER BY s.id, a.actor";

    private string In(string column, int argument) =>
        _dialect.InList(column, _dialect.Placeholder(argument), ColumnType.Text);

    /// <summary>Of the references asked (1), those that own a calendar, with its Schedules; (2) holds the ids of Practitioners asked.</summary>
    /// <remarks>
    /// A Location owns one when some Schedule has no other actor but services. The roles are found from the
    /// professionals: the condition on the empty id is what the partial index needs; that they are roles, the parameter
    /// says.
    /// </remarks>
    private string OwnersText() =>
        $"SELECT a.actor, a.schedule_id FROM schedule_actor a WHERE {In("a.actor", 1)} AND (a.actor NOT LIKE 'Location/%' OR "
        + "NOT EXISTS (SELECT 1 FROM schedule_actor o WHERE o.resource_key = a.resource_key AND o.actor <> a.actor "
        + "AND o.actor NOT LIKE 'HealthcareService/%')) "
        + "UNION SELECT CONCAT('Practitioner/', x.target_id), a.schedule_id FROM index_reference x "
        + "JOIN resource r ON r.resource_key = x.resource_key AND r.deleted = 0 "
        + "JOIN schedule_actor a ON a.role_id = r.id "
        + $"WHERE x.parameter = {RolePractitioner} AND x.target_id <> '' AND {In("x.target_id", 2)}";

    /// <summary>Rows that overlap the span of arguments 2 and 3, in two index ranges.</summary>
    /// <remarks>The first has all that start after the day before the span, the second the longer ones before that.
    /// The end stands in the index of the start: rows that end too early are passed over without being looked up.</remarks>
    private string Overlapping(string columns, string table, string alias, string whose)
    {
        var p = _dialect.Placeholder;
        return $"SELECT {columns} FROM {table} WHERE {whose} AND {alias}.start_us >= {p(2)} - {FhirTime.Day} "
            + $"AND {alias}.start_us < {p(3)} AND {alias}.end_us > {p(2)} UNION ALL "
            + $"SELECT {columns} FROM {table} WHERE {whose} AND {alias}.is_long = 1 AND {alias}.end_us > {p(2)} "
            + $"AND {alias}.start_us < {p(2)} - {FhirTime.Day}";
    }
}

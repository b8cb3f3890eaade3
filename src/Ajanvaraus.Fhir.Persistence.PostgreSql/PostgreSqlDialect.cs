using System.Data.Common;

using Ajanvaraus.Fhir.Persistence.Model;
using Ajanvaraus.Fhir.Persistence.Sql;

using Npgsql;

namespace Ajanvaraus.Fhir.Persistence.PostgreSql;

/// <summary>SQL as PostgreSQL speaks it. Lists are arrays.</summary>
public sealed class PostgreSqlDialect : SqlDialect
{
    public override string Name => "PostgreSQL";

    public override bool HasBatches => true;

    public override string ForUpdate => " FOR UPDATE";

    public override string EnsureCalendarLocks =>
        "INSERT INTO calendar_lock (target) SELECT t FROM unnest($1) WITH ORDINALITY AS u (t, n) ORDER BY n "
        + "ON CONFLICT DO NOTHING";

    public override string LockCondition => "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

    public override string FreeAuditChain => base.FreeAuditChain + " FOR UPDATE SKIP LOCKED";

    public override string Clock => "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS bigint)";

    public override string SettleWrites => Clock;

    /// <summary>Transactions of this server's own user: of others it is not told.</summary>
    public override string OlderWrites =>
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user "
        + "AND pid <> pg_backend_pid() AND EXTRACT(EPOCH FROM xact_start) * 1000000 <= $1";

    /// <summary>The driver binds by order.</summary>
    public override string? ParameterName(int n) => null;

    public override string InList(string column, string placeholder, ColumnType type) =>
        $"{column} = ANY({placeholder})";

    public override object List(IReadOnlyCollection<string> values) => values.ToArray();

    public override object List(IReadOnlyCollection<long> values) => values.ToArray();

    public override string Contains(string column, string placeholder) => $"strpos({column}, {placeholder}) > 0";

    public override string WordQuery(IReadOnlyList<string> words, bool isPrefix) => string.Join(
        " & ", words.Select((word, n) => $"'{word}'{(isPrefix && n == words.Count - 1 ? ":*" : "")}"));

    /// <summary>The index holds words without places, as they were cut by this server: see ADR 0013.</summary>
    public override string HasWords(string alias, bool isContent, string query, string? phrase) =>
        $"{alias}.document @@ CAST({query} AS tsquery)"
        + (phrase is null ? "" : $" AND strpos(' ' || {alias}.body || ' ', {phrase}) > 0");

    public override string NewKeys(int count) =>
        $"SELECT nextval('{FhirDbContext.ResourceKeySequence}'), nextval('{FhirDbContext.VersionKeySequence}') "
        + $"FROM generate_series(1, {count})";

    public override string InsertColumns(string table, IReadOnlyList<SqlColumn> columns)
    {
        var arrays = columns.Select((c, n) => $"{Placeholder(n + 1)}::{ArrayType(c.Type)}");
        return $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => c.Name))}) "
            + $"SELECT * FROM unnest({string.Join(", ", arrays)})";
    }

    public override IEnumerable<string> KeysGoOn(
        IReadOnlyList<string> sequences, long lastKey, IReadOnlyList<(string Table, string Column)> identities) =>
    [
        .. sequences.Select(s => $"SELECT setval('{s}', {Math.Max(lastKey, 1)})"),
        .. identities.Select(i => $"SELECT setval(pg_get_serial_sequence('{i.Table}', '{i.Column}'), "
            + $"(SELECT COALESCE(MAX({i.Column}), 0) + 1 FROM {i.Table}), false)"),
    ];

    public override SqlFailure Classify(DbException exception) => exception switch
    {
        PostgresException e => e.SqlState switch
        {
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.LockNotAvailable => SqlFailure.Retry,
            PostgresErrorCodes.ExclusionViolation => SqlFailure.ClaimOverlap,
            PostgresErrorCodes.DiskFull => SqlFailure.Full,
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
                or PostgresErrorCodes.TooManyConnections => SqlFailure.Unavailable,
            _ => SqlFailure.None,
        },
        NpgsqlException { IsTransient: true } => SqlFailure.Unavailable,
        _ => SqlFailure.None,
    };

    public override bool IsTimeout(DbException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
        || exception.InnerException is TimeoutException;

    private static string ArrayType(ColumnType type) => type switch
    {
        ColumnType.Int => "integer[]",
        ColumnType.Long => "bigint[]",
        ColumnType.Double => "double precision[]",
        ColumnType.Bytes => "bytea[]",
        _ => "text[]",
    };
}

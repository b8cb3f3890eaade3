using System.Data.Common;
using System.Text;
using System.Text.Json;

using Ajanvaraus.Fhir.Persistence.Model;
using Ajanvaraus.Fhir.Persistence.Sql;

using Microsoft.Data.SqlClient;

namespace Ajanvaraus.Fhir.Persistence.SqlServer;

/// <summary>SQL as SQL Server speaks it. Lists are JSON arrays.</summary>
public sealed class SqlServerDialect : SqlDialect
{
    /// <summary>Error that the trigger on claims throws.</summary>
    public const int ClaimOverlapError = 51001;

    private const int Deadlock = 1205;
    private const int CommandTimeout = -2;
    private const int LockTimeout = 1222;
    private const int SnapshotConflict = 3960;
    private const int DuplicateKey = 2601;
    private const int UniqueConstraint = 2627;
    private const int FilegroupFull = 1105;
    private const int LogFull = 9002;

    public override string Name => "SQL Server";

    public override bool HasBatches => true;

    public override bool CountsUtf16 => true;

    public override string LockHint => " WITH (UPDLOCK, ROWLOCK)";

    public override string EnsureCalendarLocks =>
        "INSERT INTO calendar_lock (target) SELECT j.value FROM OPENJSON(@p1) j WHERE NOT EXISTS "
        + "(SELECT 1 FROM calendar_lock l WITH (UPDLOCK, HOLDLOCK) WHERE l.target = j.value)";

    public override string SetCalendarVersion =>
        "UPDATE calendar_lock WITH (UPDLOCK, HOLDLOCK) SET version = @p2 WHERE target = @p1; "
        + "IF @@ROWCOUNT = 0 INSERT INTO calendar_lock (target, version) VALUES (@p1, @p2)";

    public override string LockCondition =>
        "EXEC sp_getapplock @Resource = @p1, @LockMode = 'Exclusive', @LockOwner = 'Transaction'";

    /// <summary>By the primary key: every row that is looked at stays locked.</summary>
    public override string FreeAuditChain =>
        $"SELECT TOP (1) {AuditEnd} FROM audit_chain WITH (UPDLOCK, READPAST, ROWLOCK) ORDER BY chain";

    public override string Clock => "SELECT DATEDIFF_BIG(MICROSECOND, '19700101', SYSUTCDATETIME())";

    /// <summary>A shared lock of the whole table waits for all who have written into it.</summary>
    public override string SettleWrites =>
        "SELECT COUNT_BIG(*) FROM (SELECT TOP (1) version_key FROM resource_version WITH (TABLOCK, HOLDLOCK)) v";

    public override string Placeholder(int n) => $"@p{n}";

    public override string InList(string column, string placeholder, ColumnType type) => type == ColumnType.Text
        ? $"{column} IN (SELECT j.value COLLATE Latin1_General_BIN2 FROM OPENJSON({placeholder}) j)"
        : $"{column} IN (SELECT CAST(j.value AS bigint) FROM OPENJSON({placeholder}) j)";

    public override object List(IReadOnlyCollection<string> values) => Json(values, (j, v) => j.WriteStringValue(v));

    public override object List(IReadOnlyCollection<long> values) => Json(values, (j, v) => j.WriteNumberValue(v));

    public override string Limit(string placeholder) => $"OFFSET 0 ROWS FETCH NEXT {placeholder} ROWS ONLY";

    public override string Limit(string rows, string skipped) =>
        $"OFFSET {skipped} ROWS FETCH NEXT {rows} ROWS ONLY";

    public override string Contains(string column, string placeholder) => $"CHARINDEX({placeholder}, {column}) > 0";

    public override string WordQuery(IReadOnlyList<string> words, bool isPrefix) =>
        $"\"{string.Join(' ', words)}{(isPrefix ? "*" : "")}\"";

    /// <summary>The database takes every word of a phrase with a star as a beginning, so the phrase is looked for too.</summary>
    public override string HasWords(string alias, bool isContent, string query, string? phrase) =>
        $"CONTAINS({alias}.body, {query})"
        + (phrase is null ? "" : $" AND CHARINDEX({phrase}, ' ' + {alias}.body + ' ') > 0");

    public override string NewKeys(int count)
    {
        var rows = string.Join(", ", Enumerable.Range(1, count).Select(n => $"({n})"));
        return $"SELECT NEXT VALUE FOR {FhirDbContext.ResourceKeySequence}, "
            + $"NEXT VALUE FOR {FhirDbContext.VersionKeySequence} FROM (VALUES {rows}) AS t (n)";
    }

    /// <summary>Identity columns go on by themselves after the greatest key that was brought in.</summary>
    public override IEnumerable<string> KeysGoOn(
        IReadOnlyList<string> sequences, long lastKey, IReadOnlyList<(string Table, string Column)> identities) =>
        sequences.Select(s => $"ALTER SEQUENCE {s} RESTART WITH {lastKey + 1}");

    public override string BringsKeys(string table, bool isOn) =>
        $"SET IDENTITY_INSERT {table} {(isOn ? "ON" : "OFF")}";

    public override SqlFailure Classify(DbException exception) => exception is not SqlException e
        ? SqlFailure.None
        : e.Number switch
        {
            Deadlock or LockTimeout or SnapshotConflict or DuplicateKey or UniqueConstraint => SqlFailure.Retry,
            ClaimOverlapError => SqlFailure.ClaimOverlap,
            FilegroupFull or LogFull => SqlFailure.Full,
            _ => e.IsTransient ? SqlFailure.Unavailable : SqlFailure.None,
        };

    public override bool IsTimeout(DbException exception) => exception is SqlException { Number: CommandTimeout };

    private static string Json<T>(IReadOnlyCollection<T> values, Action<Utf8JsonWriter, T> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var value in values)
                write(json, value);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}

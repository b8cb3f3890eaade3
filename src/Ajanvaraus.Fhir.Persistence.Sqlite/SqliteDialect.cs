using System.Data.Common;
using System.Text;
using System.Text.Json;

using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;

using Microsoft.Data.Sqlite;

namespace Ajanvaraus.Fhir.Persistence.Sqlite;

/// <summary>SQL as SQLite speaks it. Lists are JSON arrays.</summary>
public sealed class SqliteDialect : SqlDialect
{
    /// <summary>Message of the trigger that is the second lock on claims.</summary>
    public const string ClaimOverlapMessage = "claims of one seat overlap";

    private const int Busy = 5;
    private const int Locked = 6;
    private const int Interrupted = 9;
    private const int IoError = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;

    public override string Name => "SQLite";


    public override bool LocksRows => false;

    /// <summary>Without figures of its rows it takes an index that holds all columns, however many rows that walks.</summary>
    public override string ByResource(string table) => $" INDEXED BY ix_{table}_resource";

    public override bool PlansByForm => true;

    public override string Leading(IndexTable table, string alias) =>
        table == IndexTable.Token ? $" AND {alias}.{LeadingRows.OfTokens}"
        : table == IndexTable.Date ? $" AND {alias}.{LeadingRows.OfDates}" : "";

    public override string EnsureCalendarLocks =>
        "INSERT INTO calendar_lock (target) SELECT value FROM json_each($1) WHERE true ON CONFLICT DO NOTHING";

    public override string InList(string column, string placeholder, ColumnType type) =>
        $"{column} IN (SELECT value FROM json_each({placeholder}))";

    public override object List(IReadOnlyCollection<string> values) => Json(values, (j, v) => j.WriteStringValue(v));

    public override object List(IReadOnlyCollection<long> values) => Json(values, (j, v) => j.WriteNumberValue(v));

    public override string Contains(string column, string placeholder) => $"instr({column}, {placeholder}) > 0";

    public override string Ending(string column, string placeholder) => $"substr({column}, -{placeholder})";

    /// <summary>A phrase of FTS5.</summary>
    public override string WordQuery(IReadOnlyList<string> words, bool isPrefix) =>
        $"\"{string.Join(' ', words)}\"{(isPrefix ? "*" : "")}";

    /// <summary>Keys of the index are two for each resource: the migration that made it says how.</summary>
    public override string HasWords(string alias, bool isContent, string query, string? phrase) =>
        $"{alias}.resource_key IN (SELECT rowid / 2 FROM {SqliteTexts.Table} WHERE {SqliteTexts.Table} MATCH {query} "
        + $"AND rowid % 2 = {(isContent ? 1 : 0)})";

    public override string Integrity => "PRAGMA integrity_check";

    public override SqlFailure Classify(DbException exception) => exception is not SqliteException e
        ? SqlFailure.None
        : e.SqliteErrorCode switch
        {
            Busy or Locked => SqlFailure.Retry,
            Full => SqlFailure.Full,
            Interrupted => SqlFailure.TooSlow,
            IoError or CannotOpen => SqlFailure.Unavailable,
            Constraint when e.Message.Contains(ClaimOverlapMessage, StringComparison.Ordinal) =>
                SqlFailure.ClaimOverlap,
            _ => SqlFailure.None,
        };

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

using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Persistence.Sql;

using Microsoft.Data.Sqlite;

using SQLitePCL;

namespace Ajanvaraus.Fhir.Persistence.Sqlite;

/// <summary>A prepared statement, and the row that it stands on.</summary>
/// <remarks>Arguments are named <c>$1</c>, <c>$2</c>; one may stand in several places.</remarks>
internal sealed class SqliteStatement : SqlRow, IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>By place in the statement, from 0: which argument, from 0.</summary>
    private readonly int[] _arguments;

    private byte[] _text = new byte[256];

    public SqliteStatement(sqlite3 database, string sql, SqlDialect dialect)
        : base(dialect)
    {
        _database = database;
        AsksTexts = sql.Contains(SqliteTexts.Table, StringComparison.Ordinal);
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _arguments = new int[raw.sqlite3_bind_parameter_count(_statement)];
        for (var i = 0; i < _arguments.Length; i++)
        {
            var name = raw.sqlite3_bind_parameter_name(_statement, i + 1).utf8_to_string();
            _arguments[i] = int.Parse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture) - 1;
        }
    }

    /// <summary>It asks the full text index.</summary>
    public bool AsksTexts { get; }

    public void Bind(object?[] arguments)
    {
        for (var i = 0; i < _arguments.Length; i++)
            Check(Bind(i + 1, arguments[_arguments[i]]));
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
            throw Failure(result);
        return false;
    }

    // A failed step says so again here: it has been told.
    public void Reset() => raw.sqlite3_reset(_statement);

    public void Dispose() => _statement.Dispose();

    public override bool IsDBNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public override long GetInt64(int column) => raw.sqlite3_column_int64(_statement, column);

    public override double GetDouble(int column) => raw.sqlite3_column_double(_statement, column);

    public override string GetString(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public override string GetString(int column, string previous)
    {
        // Reading the text first makes it UTF-8, which is then there as bytes without another conversion.
        var text = raw.sqlite3_column_text(_statement, column);
        var isPrevious = Ascii.Equals(raw.sqlite3_column_blob(_statement, column), previous);
        return isPrevious ? previous : text.utf8_to_string();
    }

    public override byte[] GetBytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public override object? GetValue(int column) => raw.sqlite3_column_type(_statement, column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => GetInt64(column),
        raw.SQLITE_FLOAT => GetDouble(column),
        raw.SQLITE_BLOB => GetBytes(column),
        _ => GetString(column),
    };

    private int Bind(int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, place),
        // An empty span would be bound as null.
        "" => raw.sqlite3_bind_text(_statement, place, ""),
        string text => BindText(place, text),
        long number => raw.sqlite3_bind_int64(_statement, place, number),
        int number => raw.sqlite3_bind_int64(_statement, place, number),
        double number => raw.sqlite3_bind_double(_statement, place, number),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, place, 0),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, place, bytes),
        _ => throw new ArgumentException($"SQLite has no place for a {value.GetType()}", nameof(value)),
    };

    private int BindText(int place, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most)
            _text = new byte[most];
        var length = Encoding.UTF8.GetBytes(text, _text);
        return raw.sqlite3_bind_text(_statement, place, _text.AsSpan(0, length));
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw Failure(result);
    }

    private SqliteException Failure(int result) => new(
        $"SQLite Error {result}: '{raw.sqlite3_errmsg(_database).utf8_to_string()}'.", result & 0xFF,
        raw.sqlite3_extended_errcode(_database));
}

using Ajanvaraus.Fhir.Persistence.Sql;

using Microsoft.Data.Sqlite;

using SQLitePCL;

namespace Ajanvaraus.Fhir.Persistence.Sqlite;

/// <summary>A connection with its prepared statements, which are run without the ADO.NET layer.</summary>
/// <remarks>
/// SQLite answers in the calling thread: there is nothing to wait for, and a write of a few hundred bytes costs less
/// than the objects that ADO.NET makes for it.
/// </remarks>
internal sealed class SqliteChannel(SqliteConnection connection, SqlDialect dialect, KeySource keys)
    : SqlChannel(connection, dialect, keys)
{
    /// <summary>Searches come in many forms: so many that the usual ones stay prepared.</summary>
    private const int MostStatements = 300;

    private const int RowsBetweenLooks = 256;

    private readonly Dictionary<string, SqliteStatement> _statements = [];

    public override ValueTask<List<T>> QueryAsync<T>(
        string sql, Func<SqlRow, T> map, params object?[] arguments)
    {
        Cancellation.ThrowIfCancellationRequested();
        var rows = new List<T>();
        var statement = Statement(sql);
        try
        {
            statement.Bind(arguments);
            while (statement.Step())
            {
                rows.Add(map(statement));
                if (rows.Count % RowsBetweenLooks == 0)
                    Cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            statement.Reset();
        }
        return ValueTask.FromResult(rows);
    }

    public override ValueTask<T?> FirstAsync<T>(
        string sql, Func<SqlRow, T> map, params object?[] arguments)
        where T : default
    {
        Cancellation.ThrowIfCancellationRequested();
        var statement = Statement(sql);
        try
        {
            statement.Bind(arguments);
            return ValueTask.FromResult(statement.Step() ? map(statement) : default);
        }
        finally
        {
            statement.Reset();
        }
    }

    public override ValueTask<int> ExecuteAsync(string sql, params object?[] arguments)
    {
        Run(sql, arguments);
        return ValueTask.FromResult(raw.sqlite3_changes(connection.Handle));
    }

    public override ValueTask WriteAsync(string sql, params object?[] arguments)
    {
        Run(sql, arguments);
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        Forget();
        return base.DisposeAsync();
    }

    private void Run(string sql, object?[] arguments)
    {
        Cancellation.ThrowIfCancellationRequested();
        var statement = Statement(sql);
        try
        {
            statement.Bind(arguments);
            while (statement.Step())
            {
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    private SqliteStatement Statement(string sql)
    {
        if (_statements.TryGetValue(sql, out var known))
            return known;
        if (_statements.Count >= MostStatements)
            Forget();
        var statement = new SqliteStatement(connection.Handle!, sql);
        _statements.Add(sql, statement);
        return statement;
    }

    private void Forget()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
    }
}

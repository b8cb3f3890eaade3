using Ajanvaraus.Fhir.Persistence.Sql;

using Microsoft.Data.Sqlite;

using SQLitePCL;

namespace Ajanvaraus.Fhir.Persistence.Sqlite;

/// <summary>A connection with its prepared statements, which are run without the ADO.NET layer.</summary>
/// <remarks>
/// SQLite answers in the calling thread: there is nothing to wait for, and a write of a few hundred bytes costs less
/// than the objects that ADO.NET makes for it.
/// </remarks>
internal sealed class SqliteChannel : SqlChannel
{
    /// <summary>SQLITE_DBCONFIG_ENABLE_QPSG: a plan does not depend on the values that are bound (sqlite.org/queryplanner-ng.html#qpstab).</summary>
    private const int StablePlans = 1007;

    /// <summary>Searches come in many forms: so many that the usual ones stay prepared.</summary>
    private const int MostStatements = 300;

    private const int RowsBetweenLooks = 256;

    /// <summary>Of SQLite's virtual machine: some milliseconds.</summary>
    private const int InstructionsBetweenLooks = 100_000;

    private const int MillisecondsPerSecond = 1000;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    /// <summary>When the query that runs is to be ended, in milliseconds of the machine; 0: never.</summary>
    private long _deadline;

    private bool _isWatched;

    /// <summary>Of the one writer: what it asks of the full text index, the index has to be told first.</summary>
    public bool SettlesTexts { get; init; }

    public SqliteChannel(SqliteConnection connection, SqlDialect dialect, KeySource keys)
        : base(connection, dialect, keys)
    {
        _connection = connection;
        // Else SQLite plans anew, with every value that is bound, each statement that it might answer from a partial index.
        raw.sqlite3_db_config(connection.Handle!, StablePlans, 1, out _);
    }

    public override ValueTask<List<T>> QueryAsync<T>(
        string sql, Func<SqlRow, T> map, params object?[] arguments)
    {
        Cancellation.ThrowIfCancellationRequested();
        var rows = new List<T>();
        var statement = Question(sql);
        try
        {
            Watch();
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
            _deadline = 0;
            statement.Reset();
        }
        return ValueTask.FromResult(rows);
    }

    public override ValueTask<T?> FirstAsync<T>(
        string sql, Func<SqlRow, T> map, params object?[] arguments)
        where T : default
    {
        Cancellation.ThrowIfCancellationRequested();
        var statement = Question(sql);
        try
        {
            Watch();
            statement.Bind(arguments);
            return ValueTask.FromResult(statement.Step() ? map(statement) : default);
        }
        finally
        {
            _deadline = 0;
            statement.Reset();
        }
    }

    public override ValueTask<int> ExecuteAsync(string sql, params object?[] arguments)
    {
        Run(sql, arguments);
        return ValueTask.FromResult(raw.sqlite3_changes(_connection.Handle));
    }

    public override ValueTask WriteAsync(string sql, params object?[] arguments)
    {
        Run(sql, arguments);
        return ValueTask.CompletedTask;
    }

    /// <summary>Tells the full text index what has changed since it was told last.</summary>
    public void SettleTexts()
    {
        if (!HasRow(SqliteTexts.IsPending))
            return;
        foreach (var sql in SqliteTexts.Settle)
            Run(sql, []);
    }

    public override ValueTask DisposeAsync()
    {
        Forget();
        return base.DisposeAsync();
    }

    /// <summary>SQLite has no limit of its own for the time of a query: it asks now and then whether to go on.</summary>
    private void Watch()
    {
        if (MostSeconds is not { } seconds || seconds == 0)
            return;
        _deadline = Environment.TickCount64 + (seconds * MillisecondsPerSecond);
        if (_isWatched)
            return;
        _isWatched = true;
        raw.sqlite3_progress_handler(
            _connection.Handle!, InstructionsBetweenLooks, static channel => ((SqliteChannel)channel).IsLate ? 1 : 0, this);
    }

    private bool IsLate => _deadline > 0 && Environment.TickCount64 > _deadline;

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

    private bool HasRow(string sql)
    {
        var statement = Statement(sql);
        try
        {
            return statement.Step();
        }
        finally
        {
            statement.Reset();
        }
    }

    private SqliteStatement Question(string sql)
    {
        var statement = Statement(sql);
        if (!SettlesTexts || !statement.AsksTexts)
            return statement;
        SettleTexts();
        // Settling may have made room for its own statements.
        return Statement(sql);
    }

    private SqliteStatement Statement(string sql)
    {
        Statements++;
        if (_statements.TryGetValue(sql, out var known))
            return known;
        if (_statements.Count >= MostStatements)
            Forget();
        var statement = new SqliteStatement(_connection.Handle!, sql, Dialect);
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

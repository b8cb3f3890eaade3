using System.Data.Common;

namespace Ajanvaraus.Fhir.Persistence.Sql;

/// <summary>One connection, by which statements run one after another; not for use by two at once.</summary>
/// <remarks>Queries read to their end before the next statement starts.</remarks>
public abstract class SqlChannel(DbConnection connection, SqlDialect dialect, KeySource keys) : IAsyncDisposable
{
    public SqlDialect Dialect => dialect;

    public DbConnection Connection => connection;

    public CancellationToken Cancellation { get; set; }

    /// <summary>Keys of a new resource and of a new version, growing with time.</summary>
    public ValueTask<(long Resource, long Version)> NextKeysAsync() => keys.NextAsync(this);

    public abstract ValueTask<List<T>> QueryAsync<T>(string sql, Func<SqlRow, T> map, params object?[] arguments);

    /// <summary>The first row, or the default where there is none.</summary>
    public abstract ValueTask<T?> FirstAsync<T>(string sql, Func<SqlRow, T> map, params object?[] arguments);

    /// <summary>Runs a statement now; gives the number of rows that it changed.</summary>
    public abstract ValueTask<int> ExecuteAsync(string sql, params object?[] arguments);

    /// <summary>Runs a statement before the next query or the commit at the latest.</summary>
    public abstract ValueTask WriteAsync(string sql, params object?[] arguments);

    /// <summary>Sends what waits.</summary>
    public virtual ValueTask FlushAsync() => ValueTask.CompletedTask;

    /// <summary>Forgets what waits, after a failure.</summary>
    public virtual void Discard()
    {
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Discard();
        return connection.DisposeAsync();
    }
}

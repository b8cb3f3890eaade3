using System.Data.Common;

using Ajanvaraus.Fhir.Persistence.Identities;

namespace Ajanvaraus.Fhir.Persistence.Sql;

/// <summary>One connection, by which statements run one after another; not for use by two at once.</summary>
/// <remarks>Queries read to their end before the next statement starts.</remarks>
public abstract class SqlChannel(DbConnection connection, SqlDialect dialect, KeySource keys) : IAsyncDisposable
{
    public SqlDialect Dialect => dialect;

    public DbConnection Connection => connection;

    public CancellationToken Cancellation { get; set; }

    /// <summary>Set by the engine for the length of a transaction, where the driver wants to know it.</summary>
    public DbTransaction? Transaction { get; set; }

    /// <summary>How long one statement may take; null: as long as it needs.</summary>
    public int? MostSeconds { get; set; }

    /// <summary>How many it has run since it was asked last.</summary>
    public int TakeStatements()
    {
        var count = Statements;
        Statements = 0;
        return count;
    }

    /// <summary>To be counted by those who run them, each of a batch by itself.</summary>
    protected int Statements { get; set; }

    /// <summary>Something that has to be hidden was to be written, and there is no key to hide it by.</summary>
    public bool LacksIdentityKeys { get; set; }

    /// <summary>What to store of these bytes: themselves when nothing in them is to be hidden.</summary>
    /// <param name="plain">JSON.</param>
    public byte[] Sealed(byte[] plain)
    {
        if (!IdentityKeys.MustHide(plain))
            return plain;
        LacksIdentityKeys |= dialect.Identities.AreNone;
        return dialect.Identities.AreNone ? [] : dialect.Identities.Seal(plain);
    }

    /// <summary>What to store of bytes in which nobody can see whether they hold something to be hidden.</summary>
    public byte[] SealedUnseen(byte[] plain) =>
        dialect.Identities.AreNone || plain.Length == 0 ? plain : dialect.Identities.Seal(plain);

    /// <summary>Keys of a new resource and of a new version, growing with time.</summary>
    public ValueTask<(long Resource, long Version)> NextKeysAsync() => keys.NextAsync(this);

    public abstract ValueTask<List<T>> QueryAsync<T>(string sql, Func<SqlRow, T> map, params object?[] arguments);

    /// <summary>The first row, or the default where there is none.</summary>
    public abstract ValueTask<T?> FirstAsync<T>(string sql, Func<SqlRow, T> map, params object?[] arguments);

    /// <summary>Runs queries one after another; in one round trip where the database has batches.</summary>
    public virtual async ValueTask QueryAllAsync(params IReadOnlyList<SqlQuery> queries)
    {
        foreach (var query in queries)
            await query.RunAsync(this);
    }

    /// <summary>Runs a query that locks, and then, by the same arguments, one that sees what is so under its locks.</summary>
    /// <returns>The default where nothing was there to lock: what another makes just then is not locked.</returns>
    public virtual async ValueTask<T?> FirstUnderLockAsync<T>(
        string locking, string sql, Func<SqlRow, T> map, params object?[] arguments)
    {
        var locked = await QueryAsync(locking, _ => 0, arguments);
        return locked.Count > 0 ? await FirstAsync(sql, map, arguments) : default;
    }

    /// <summary>Runs a query of any length, row by row, however long it takes.</summary>
    /// <param name="row">Reads the row that stands; runs no statement on this channel.</param>
    public async ValueTask EachAsync(string sql, Func<SqlRow, ValueTask> row, params object?[] arguments)
    {
        await FlushAsync();
        Statements++;
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = Transaction;
        command.CommandTimeout = 0;
        for (var i = 0; i < arguments.Length; i++)
            command.Parameters.Add(Parameter(command.CreateParameter(), i, arguments[i]));
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var current = new ReaderRow(reader, dialect);
        while (await reader.ReadAsync(Cancellation))
            await row(current);
    }

    /// <summary>Keys given from now on are greater than this one.</summary>
    public void GoOnAfter(long key) => keys.GoOnAfter(key);

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

    protected DbParameter Parameter(DbParameter parameter, int index, object? value)
    {
        if (dialect.ParameterName(index + 1) is { } name)
            parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        return parameter;
    }
}

using System.Data.Common;

namespace Ajanvaraus.Fhir.Persistence.Sql;

/// <summary>A connection to a database server; in a transaction also the writes that wait to be sent.</summary>
/// <remarks>Where the database has batches, <see cref="WriteAsync"/> only queues: the statements go together with
/// <see cref="FlushAsync()"/>, which every query does first so that it sees what was written before.</remarks>
/// <param name="ended">Told at its end.</param>
internal sealed class ServerChannel(DbConnection connection, SqlDialect dialect, KeySource keys, Action<SqlChannel> ended)
    : SqlChannel(connection, dialect, keys)
{
    private DbBatch? _waiting;

    public override async ValueTask<List<T>> QueryAsync<T>(
        string sql, Func<SqlRow, T> map, params object?[] arguments)
    {
        await FlushAsync();
        var rows = new List<T>();
        await using var command = Command(sql, arguments);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var row = new ReaderRow(reader, Dialect);
        while (await reader.ReadAsync(Cancellation))
            rows.Add(map(row));
        return rows;
    }

    public override async ValueTask<T?> FirstAsync<T>(
        string sql, Func<SqlRow, T> map, params object?[] arguments)
        where T : default
    {
        await FlushAsync();
        await using var command = Command(sql, arguments);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        return await reader.ReadAsync(Cancellation) ? map(new ReaderRow(reader, Dialect)) : default;
    }

    public override async ValueTask QueryAllAsync(params IReadOnlyList<SqlQuery> queries)
    {
        if (!Dialect.HasBatches || queries.Count < 2)
        {
            await base.QueryAllAsync(queries);
            return;
        }
        await FlushAsync();
        Statements += queries.Count;
        await using var batch = Connection.CreateBatch();
        batch.Transaction = Transaction;
        batch.Timeout = MostSeconds ?? batch.Timeout;
        foreach (var query in queries)
            Add(batch, query.Sql, query.Arguments);
        await using var reader = await batch.ExecuteReaderAsync(Cancellation);
        var row = new ReaderRow(reader, Dialect);
        foreach (var query in queries)
        {
            while (await reader.ReadAsync(Cancellation))
                query.Take(row);
            await reader.NextResultAsync(Cancellation);
        }
    }

    /// <summary>In one round trip where the database has batches: each statement sees what is committed when its turn comes.</summary>
    public override async ValueTask<T?> FirstUnderLockAsync<T>(
        string locking, string sql, Func<SqlRow, T> map, params object?[] arguments)
        where T : default
    {
        if (!Dialect.HasBatches)
            return await base.FirstUnderLockAsync(locking, sql, map, arguments);
        await FlushAsync();
        Statements += 2;
        await using var batch = Connection.CreateBatch();
        batch.Transaction = Transaction;
        Add(batch, locking, arguments);
        Add(batch, sql, arguments);
        await using var reader = await batch.ExecuteReaderAsync(Cancellation);
        var isLocked = await reader.ReadAsync(Cancellation);
        await reader.NextResultAsync(Cancellation);
        return isLocked && await reader.ReadAsync(Cancellation) ? map(new ReaderRow(reader, Dialect)) : default;
    }

    public override async ValueTask<int> ExecuteAsync(string sql, params object?[] arguments)
    {
        await FlushAsync();
        await using var command = Command(sql, arguments);
        return await command.ExecuteNonQueryAsync(Cancellation);
    }

    public override async ValueTask WriteAsync(string sql, params object?[] arguments)
    {
        if (!Dialect.HasBatches)
        {
            await ExecuteAsync(sql, arguments);
            return;
        }
        Statements++;
        Add(_waiting ??= Connection.CreateBatch(), sql, arguments);
    }

    private void Add(DbBatch batch, string sql, object?[] arguments)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        for (var i = 0; i < arguments.Length; i++)
            command.Parameters.Add(Parameter(command.CreateParameter(), i, arguments[i]));
        batch.BatchCommands.Add(command);
    }

    public override ValueTask FlushAsync() => FlushAsync(Cancellation);

    /// <summary>Sends what waits and commits; where the database has batches, in one round trip.</summary>
    /// <remarks>A statement that fails takes those after it with it, and so the commit.</remarks>
    public async ValueTask CommitAsync(DbTransaction transaction)
    {
        if (!Dialect.HasBatches || _waiting is null)
        {
            await transaction.CommitAsync(CancellationToken.None);
            return;
        }
        await WriteAsync("COMMIT");
        await FlushAsync(CancellationToken.None);
    }

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_waiting is not { } batch)
            return;
        _waiting = null;
        await using (batch)
        {
            batch.Transaction = Transaction;
            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }

    public override void Discard()
    {
        _waiting?.Dispose();
        _waiting = null;
    }

    public override ValueTask DisposeAsync()
    {
        ended(this);
        return base.DisposeAsync();
    }

    private DbCommand Command(string sql, object?[] arguments)
    {
        Statements++;
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = Transaction;
        if (MostSeconds is { } seconds)
            command.CommandTimeout = seconds;
        for (var i = 0; i < arguments.Length; i++)
            command.Parameters.Add(Parameter(command.CreateParameter(), i, arguments[i]));
        return command;
    }
}

using System.Data.Common;

namespace Ajanvaraus.Fhir.Persistence.Sql;

/// <summary>A connection to a database server; in a transaction also the writes that wait to be sent.</summary>
/// <remarks>Where the database has batches, <see cref="WriteAsync"/> only queues: the statements go together with
/// <see cref="FlushAsync"/>, which every query does first so that it sees what was written before.</remarks>
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
        _waiting ??= Connection.CreateBatch();
        var command = _waiting.CreateBatchCommand();
        command.CommandText = sql;
        for (var i = 0; i < arguments.Length; i++)
            command.Parameters.Add(Parameter(command.CreateParameter(), i, arguments[i]));
        _waiting.BatchCommands.Add(command);
    }

    public override async ValueTask FlushAsync()
    {
        if (_waiting is not { } batch)
            return;
        _waiting = null;
        await using (batch)
        {
            batch.Transaction = Transaction;
            await batch.ExecuteNonQueryAsync(Cancellation);
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

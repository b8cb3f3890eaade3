using System.Data.Common;

namespace Ajanvaraus.Fhir.Persistence.Sql;

/// <summary>One connection with its prepared commands; in a transaction also the writes that wait to be sent.</summary>
/// <remarks>
/// <para>Not for use by two at once. Queries read to their end before the next statement starts.</para>
/// <para>Where the database has batches, <see cref="WriteAsync"/> only queues: the statements go together with
/// <see cref="FlushAsync"/>, which every query does first so that it sees what was written before.</para>
/// </remarks>
public sealed class SqlChannel(DbConnection connection, SqlDialect dialect, KeySource keys) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = [];
    private DbBatch? _waiting;

    public SqlDialect Dialect => dialect;

    public DbConnection Connection => connection;

    /// <summary>Set by the engine for the length of a transaction.</summary>
    public DbTransaction? Transaction { get; set; }

    public CancellationToken Cancellation { get; set; }

    /// <summary>How long one statement may take; null: as long as the driver lets it.</summary>
    public int? MostSeconds { get; set; }

    /// <summary>Keys of a new resource and of a new version, growing with time.</summary>
    public ValueTask<(long Resource, long Version)> NextKeysAsync() => keys.NextAsync(this);

    public async ValueTask<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> map, params object?[] arguments)
    {
        await FlushAsync();
        var rows = new List<T>();
        var command = Command(sql, arguments);
        await using var ending = EndOf(command);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        while (await reader.ReadAsync(Cancellation))
            rows.Add(map(reader));
        return rows;
    }

    /// <summary>The first row, or the default where there is none.</summary>
    public async ValueTask<T?> FirstAsync<T>(string sql, Func<DbDataReader, T> map, params object?[] arguments)
    {
        await FlushAsync();
        var command = Command(sql, arguments);
        await using var ending = EndOf(command);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        return await reader.ReadAsync(Cancellation) ? map(reader) : default;
    }

    /// <summary>Runs a query of any length, row by row, however long it takes.</summary>
    /// <param name="row">Reads the row that stands; runs no statement on this channel.</param>
    public async ValueTask EachAsync(string sql, Func<DbDataReader, ValueTask> row, params object?[] arguments)
    {
        await FlushAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = Transaction;
        command.CommandTimeout = 0;
        for (var i = 0; i < arguments.Length; i++)
            command.Parameters.Add(Parameter(command.CreateParameter(), i, arguments[i]));
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        while (await reader.ReadAsync(Cancellation))
            await row(reader);
    }

    /// <summary>Keys given from now on are greater than this one.</summary>
    public void GoOnAfter(long key) => keys.GoOnAfter(key);

    /// <summary>Runs a statement now.</summary>
    public async ValueTask<int> ExecuteAsync(string sql, params object?[] arguments)
    {
        await FlushAsync();
        var command = Command(sql, arguments);
        await using var ending = EndOf(command);
        return await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>Runs a statement before the next query or the commit at the latest.</summary>
    public async ValueTask WriteAsync(string sql, params object?[] arguments)
    {
        if (!dialect.HasBatches)
        {
            await ExecuteAsync(sql, arguments);
            return;
        }
        _waiting ??= connection.CreateBatch();
        var command = _waiting.CreateBatchCommand();
        command.CommandText = sql;
        for (var i = 0; i < arguments.Length; i++)
            command.Parameters.Add(Parameter(command.CreateParameter(), i, arguments[i]));
        _waiting.BatchCommands.Add(command);
    }

    public async ValueTask FlushAsync()
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

    /// <summary>Forgets what waits, after a failure.</summary>
    public void Discard()
    {
        _waiting?.Dispose();
        _waiting = null;
    }

    public async ValueTask DisposeAsync()
    {
        Discard();
        foreach (var command in _commands.Values)
            await command.DisposeAsync();
        await connection.DisposeAsync();
    }

    private DbCommand Command(string sql, object?[] arguments)
    {
        if (dialect.KeepsCommands && _commands.TryGetValue(sql, out var kept))
        {
            for (var i = 0; i < arguments.Length; i++)
                kept.Parameters[i].Value = arguments[i] ?? DBNull.Value;
            kept.Transaction = Transaction;
            return kept;
        }
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = Transaction;
        if (MostSeconds is { } seconds)
            command.CommandTimeout = seconds;
        for (var i = 0; i < arguments.Length; i++)
            command.Parameters.Add(Parameter(command.CreateParameter(), i, arguments[i]));
        if (dialect.KeepsCommands)
            Keep(sql, command);
        return command;
    }

    private void Keep(string sql, DbCommand command)
    {
        // Searches come in many forms: a connection keeps so many that the usual ones stay prepared.
        const int most = 300;
        if (_commands.Count >= most)
        {
            foreach (var old in _commands.Values)
                old.Dispose();
            _commands.Clear();
        }
        _commands.Add(sql, command);
    }

    private DbParameter Parameter(DbParameter parameter, int index, object? value)
    {
        if (dialect.ParameterName(index + 1) is { } name)
            parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        return parameter;
    }

    private Ending EndOf(DbCommand command) => new(dialect.KeepsCommands ? null : command);

    /// <summary>Disposes a command that is not kept.</summary>
    private readonly struct Ending(DbCommand? command) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => command?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}

/// <summary>Where new keys come from.</summary>
public abstract class KeySource
{
    public abstract ValueTask<(long Resource, long Version)> NextAsync(SqlChannel channel);

    /// <summary>Forgets keys at hand that are not greater; where the database counts, it is told by itself.</summary>
    public abstract void GoOnAfter(long key);
}

/// <summary>Keys from the database's sequences, a few at a time; one source per transaction.</summary>
public sealed class SequenceKeys : KeySource
{
    private const int AtATime = 8;

    private readonly Queue<(long, long)> _ready = [];

    public override async ValueTask<(long Resource, long Version)> NextAsync(SqlChannel channel)
    {
        if (_ready.Count == 0)
        {
            var sql = channel.Dialect.NewKeys(AtATime)
                ?? throw new InvalidOperationException($"{channel.Dialect.Name} has no sequences");
            foreach (var keys in await channel.QueryAsync(sql, r => (r.GetInt64(0), r.GetInt64(1))))
                _ready.Enqueue(keys);
        }
        return _ready.Dequeue();
    }

    public override void GoOnAfter(long key) => _ready.Clear();
}

/// <summary>Keys of a database that only one process writes: counted on from the greatest.</summary>
public sealed class CountedKeys(long lastResource, long lastVersion) : KeySource
{
    private long _resource = lastResource;
    private long _version = lastVersion;

    public override ValueTask<(long Resource, long Version)> NextAsync(SqlChannel channel) =>
        ValueTask.FromResult((++_resource, ++_version));

    public override void GoOnAfter(long key) =>
        (_resource, _version) = (Math.Max(_resource, key), Math.Max(_version, key));
}

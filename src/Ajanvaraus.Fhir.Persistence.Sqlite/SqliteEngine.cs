using System.Collections.Concurrent;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Model;
using Ajanvaraus.Fhir.Persistence.Sql;

using Microsoft.Data.Sqlite;

namespace Ajanvaraus.Fhir.Persistence.Sqlite;

/// <summary>One database file: one writer and any number of readers, all in this process.</summary>
/// <remarks>
/// SQLite 3.7.0 to 3.51.2 can lose pages when two connections checkpoint or write the log at once (the WAL-reset
/// fault), so only the writer's connection can: the others are opened for reading and never checkpoint, and a lock
/// file keeps other processes away.
/// </remarks>
internal sealed class SqliteEngine : StorageEngine
{
    /// <summary>Readers kept open; more are opened for a burst and closed after it.</summary>
    private const int MostIdleReaders = 32;

    /// <summary>The one given back last is taken first: its statements and pages are warm.</summary>
    private readonly ConcurrentStack<SqlChannel> _readers = [];
    private readonly string _readerConnectionString;
    private readonly SqlDialect _dialect;
    private readonly string _path;
    private readonly SqliteWriter? _writer;
    private readonly FileStream? _processLock;
    private readonly string _latestMigration;
    private bool _isDisposed;
    private bool _isCleanedAtEnd;

    private SqliteEngine(
        string path, SqlChannel? writer, FileStream? processLock, string latestMigration, string description)
    {
        _path = path;
        _dialect = writer?.Dialect ?? new SqliteDialect();
        _readerConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        }.ConnectionString;
        _writer = writer is null ? null : new SqliteWriter(writer, CountStatements);
        _processLock = processLock;
        _latestMigration = latestMigration;
        Description = description;
    }

    public override SqlDialect Dialect => _dialect;

    public override string Description { get; }

    public static async Task<SqliteEngine> OpenAsync(
        string path, FileStream processLock, string latestMigration, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        var dialect = new SqliteDialect();
        var plain = new SqliteChannel(connection, dialect, new CountedKeys(0, 0));
        await plain.ExecuteAsync(WaitForOthers);
        await plain.ExecuteAsync("PRAGMA journal_mode=WAL");
        foreach (var setting in WriterSettings)
            await plain.ExecuteAsync(setting);
        var (resource, version) = await plain.FirstAsync(
            "SELECT (SELECT COALESCE(MAX(resource_key), 0) FROM resource), "
            + "(SELECT COALESCE(MAX(version_key), 0) FROM resource_version)",
            r => (r.GetInt64(0), r.GetInt64(1)));
        var writer = new SqliteChannel(connection, dialect, new CountedKeys(resource, version));
        var description = $"SQLite {connection.ServerVersion}, journal_mode=WAL, synchronous=FULL, "
            + "one writer that alone checkpoints";
        return new SqliteEngine(path, writer, processLock, latestMigration, description);
    }

    /// <summary>Without a writer and without the lock: beside the process that serves from the file.</summary>
    public static SqliteEngine OpenForReading(string path, string latestMigration) =>
        new(path, writer: null, processLock: null, latestMigration, "SQLite, for reading");

    public override FhirDbContext OpenModel() => SqliteStore.Context(_path);

    /// <remarks>
    /// The log is folded into the file after 12 MB of it, not after 4: pages of the indexes are written by almost every
    /// booking, and what has been overwritten in the log need not be copied. Much more, and those who book just then
    /// wait too long for it.
    /// </remarks>
    private static readonly string[] WriterSettings =
    [
        "PRAGMA wal_autocheckpoint=3000",
        "PRAGMA synchronous=FULL", "PRAGMA mmap_size=0", "PRAGMA cache_size=-65536", "PRAGMA temp_store=MEMORY",
    ];

    private static readonly string[] ReaderSettings =
    [
        WaitForOthers, "PRAGMA wal_autocheckpoint=0", "PRAGMA mmap_size=0", "PRAGMA cache_size=-8192", "PRAGMA temp_store=MEMORY",
        "PRAGMA query_only=1",
    ];

    /// <summary>Said first: the next setting may meet a connection that folds the log into the file as it closes.</summary>
    private const string WaitForOthers = "PRAGMA busy_timeout=5000";

    public override async ValueTask<T> ReadAsync<T>(
        Func<SqlChannel, ValueTask<T>> query, bool oneMoment, CancellationToken cancellation)
    {
        using var turn = Begin();
        try
        {
            return await TryReadAsync(query, oneMoment, cancellation);
        }
        catch (SqliteException e) when (StorageProblems.For(_dialect.Classify(e)) is { } problem)
        {
            throw new StorageFailedException(problem, e);
        }
    }

    private async ValueTask<T> TryReadAsync<T>(
        Func<SqlChannel, ValueTask<T>> query, bool oneMoment, CancellationToken cancellation)
    {
        var channel = _readers.TryPop(out var idle) ? idle : await OpenReaderAsync(cancellation);
        channel.Cancellation = cancellation;
        channel.MostSeconds = MostSecondsOfRead;
        try
        {
            if (oneMoment)
                await channel.ExecuteAsync("BEGIN");
            var result = await query(channel);
            if (oneMoment)
                await channel.ExecuteAsync("COMMIT");
            CountStatements(channel);
            await ReturnAsync(channel);
            return result;
        }
        catch
        {
            await channel.DisposeAsync();
            throw;
        }
    }

    public override async Task<Outcome<T>> WriteAsync<T>(
        Func<SqlChannel, ValueTask<Outcome<T>>> work, CancellationToken cancellation)
    {
        using var turn = Begin();
        return await Writer.WriteAsync(work, cancellation);
    }

    /// <summary>Writes are done one after another, each at the moment that its turn comes.</summary>
    public override async ValueTask SettleAsync(CancellationToken cancellation) =>
        await Writer.WriteAsync(_ => ValueTask.FromResult<Outcome<bool>>(true), cancellation);

    private SqliteWriter Writer =>
        _writer ?? throw new InvalidOperationException("The database was opened for reading.");

    public override async ValueTask CheckAsync(CancellationToken cancellation)
    {
        if (_writer is null)
        {
            await ReadAsync(CheckMigrationAsync, oneMoment: false, cancellation);
            return;
        }
        var settings = await _writer.WriteAsync<(string Mode, long Synchronous, List<string> Migrations)>(
            async channel => (
                await channel.FirstAsync("PRAGMA journal_mode", r => r.GetString(0)) ?? "",
                await channel.FirstAsync("PRAGMA synchronous", r => r.GetInt64(0)),
                await channel.QueryAsync(
                    """SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY "MigrationId" """, r => r.GetString(0))),
            cancellation);
        const long full = 2;
        if (settings.Failed)
            throw new StorageNotReadyException($"SQLite cannot write: {settings.Problem.Issues[0].Text}")
            {
                Reason = "not-writable",
            };
        if (settings.Value.Mode != "wal" || settings.Value.Synchronous < full)
            throw new StorageNotReadyException("SQLite is not set to WAL with synchronous=FULL.");
        DatabaseMigration.Check(settings.Value.Migrations, _latestMigration);
    }

    public override void CleanAtEnd() => _isCleanedAtEnd = true;

    /// <summary>Freed pages, and free room in others, keep what stood there until the file is written anew.</summary>
    private async ValueTask CleanAsync()
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var channel = new SqliteChannel(connection, _dialect, new CountedKeys(0, 0));
        // Its segments keep words of rows that are gone until they are merged.
        await channel.ExecuteAsync("INSERT INTO index_text_fts (index_text_fts) VALUES ('optimize')");
        await channel.ExecuteAsync("VACUUM");
        await channel.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public override async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        // Readers first: the last to close is then the writer, whose right it is to fold the log into the file.
        while (_readers.TryPop(out var reader))
            await reader.DisposeAsync();
        if (_writer is not null)
            await _writer.DisposeAsync();
        if (_isCleanedAtEnd)
            await CleanAsync();
        if (_processLock is not null)
            await _processLock.DisposeAsync();
    }

    private async ValueTask<bool> CheckMigrationAsync(SqlChannel channel)
    {
        await DatabaseMigration.CheckAsync(channel, _latestMigration);
        return true;
    }

    private async ValueTask<SqlChannel> OpenReaderAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(_readerConnectionString);
        await connection.OpenAsync(cancellation);
        var channel = new SqliteChannel(connection, _dialect, new CountedKeys(0, 0));
        foreach (var setting in ReaderSettings)
            await channel.ExecuteAsync(setting);
        return channel;
    }

    private ValueTask ReturnAsync(SqlChannel channel)
    {
        if (_isDisposed || _readers.Count >= MostIdleReaders)
            return channel.DisposeAsync();
        _readers.Push(channel);
        return ValueTask.CompletedTask;
    }
}

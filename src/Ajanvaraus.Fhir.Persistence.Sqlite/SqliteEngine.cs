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
/// fault), so readers are opened for reading and never checkpoint, a lock file keeps other processes away, and
/// <see cref="SqliteCheckpointer"/> works beside the writer only from the version that has it mended.
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
        string path, SqliteChannel? writer, SqliteCheckpointer? checkpointer, FileStream? processLock, string latestMigration, string description)
    {
        _path = path;
        _dialect = writer?.Dialect ?? new SqliteDialect();
        _readerConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        }.ConnectionString;
        _writer = writer is null ? null : new SqliteWriter(writer, checkpointer, CountStatements);
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
        var checkpointer = await CheckpointerAsync(path, connection, cancellation);
        var most = checkpointer is null ? SqliteCheckpointer.PagesToFold : MostPagesInLog;
        await plain.ExecuteAsync($"PRAGMA wal_autocheckpoint={most}");
        var (resource, version) = await plain.FirstAsync(
            "SELECT (SELECT COALESCE(MAX(resource_key), 0) FROM resource), "
            + "(SELECT COALESCE(MAX(version_key), 0) FROM resource_version)",
            r => (r.GetInt64(0), r.GetInt64(1)));
        var writer = new SqliteChannel(connection, dialect, new CountedKeys(resource, version)) { SettlesTexts = true };
        var description = $"SQLite {connection.ServerVersion}, journal_mode=WAL, synchronous=FULL, "
            + (checkpointer is null ? "one writer that alone checkpoints" : "one writer and one that checkpoints beside it");
        return new SqliteEngine(path, writer, checkpointer, processLock, latestMigration, description);
    }

    /// <summary>Without a writer and without the lock: beside the process that serves from the file.</summary>
    public static SqliteEngine OpenForReading(string path, string latestMigration) =>
        new(path, writer: null, checkpointer: null, processLock: null, latestMigration, "SQLite, for reading");

    public override FhirDbContext OpenModel() => SqliteStore.Context(_path);

    /// <summary>120 MB: then the writer folds the log itself, and those who book wait for it.</summary>
    private const int MostPagesInLog = 30_000;

    private static readonly string[] WriterSettings =
    [
        "PRAGMA synchronous=FULL", "PRAGMA mmap_size=0", "PRAGMA cache_size=-65536", "PRAGMA temp_store=MEMORY",
    ];

    private static readonly string[] ReaderSettings =
    [
        WaitForOthers, "PRAGMA wal_autocheckpoint=0", "PRAGMA mmap_size=0", "PRAGMA cache_size=-8192", "PRAGMA temp_store=MEMORY",
        "PRAGMA query_only=1",
    ];

    /// <summary>What it copies is in the log durably first, and in the file durably before the log is given up.</summary>
    private static readonly string[] CheckpointerSettings =
    [
        WaitForOthers, "PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=0", "PRAGMA mmap_size=0", "PRAGMA cache_size=0",
    ];

    /// <summary>Said first: the next setting may meet a connection that folds the log into the file as it closes.</summary>
    private const string WaitForOthers = "PRAGMA busy_timeout=5000";

    /// <summary>Null where this SQLite is not safe for two.</summary>
    private static async Task<SqliteCheckpointer?> CheckpointerAsync(
        string path, SqliteConnection writer, CancellationToken cancellation)
    {
        if (Version.Parse(writer.ServerVersion) < SqliteCheckpointer.Safe)
            return null;
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        foreach (var setting in CheckpointerSettings)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = setting;
            await command.ExecuteNonQueryAsync(cancellation);
        }
        return new SqliteCheckpointer(connection, writer);
    }

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
        await channel.ExecuteAsync($"INSERT INTO {SqliteTexts.Table} ({SqliteTexts.Table}) VALUES ('optimize')");
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

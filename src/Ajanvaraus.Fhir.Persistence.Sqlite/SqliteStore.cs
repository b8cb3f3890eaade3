using System.Collections.Immutable;

using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Model;

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Ajanvaraus.Fhir.Persistence.Sqlite;

/// <summary>Opens a store in one SQLite file.</summary>
public static class SqliteStore
{
    public static StorageModel Model { get; } = new(TextCollation: null, HasSequences: false, PlansByForm: true);

    /// <remarks>SQLite counts the memory that it takes under a lock of the whole process, which readers on several
    /// threads would wait for at each of many small allocations; nobody asks for the count.</remarks>
    static SqliteStore()
    {
        const int memoryStatus = 9;
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(memoryStatus, 0);
        SqlitePages.TakeOneByOne();
    }

    /// <summary>Makes or upgrades the file, and keeps other processes off it until the store is disposed.</summary>
    /// <param name="path">The database file; made when it is not there.</param>
    /// <param name="time">The clock of <c>meta.lastUpdated</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StorageNotReadyException">Another process has the file, it cannot be opened, or it is damaged.</exception>
    public static async Task<ResourceStore> OpenAsync(
        string path, TimeProvider time, CancellationToken cancellation = default)
    {
        var processLock = TakeLock(path);
        try
        {
            await CheckFilesAsync(path, cancellation);
            var latest = await MigrateAsync(path, cancellation);
            var engine = await SqliteEngine.OpenAsync(path, processLock, latest, cancellation);
            return new ResourceStore(engine, time);
        }
        catch (SqliteException e)
        {
            await processLock.DisposeAsync();
            throw new StorageNotReadyException($"SQLite cannot open {path}: {e.Message}", e);
        }
        catch
        {
            await processLock.DisposeAsync();
            throw;
        }
    }

    /// <summary>As it is, beside the process that may be serving from it; never written to.</summary>
    /// <exception cref="StorageNotReadyException">There is no such file, or it is not up to date.</exception>
    public static async Task<ResourceStore> OpenForReadingAsync(
        string path, TimeProvider time, CancellationToken cancellation = default)
    {
        if (!File.Exists(path))
            throw new StorageNotReadyException($"There is no database {path}.");
        var engine = SqliteEngine.OpenForReading(path, MigrationHistory.Of(typeof(SqliteStore).Assembly)[^1]);
        try
        {
            await engine.CheckAsync(cancellation);
            return new ResourceStore(engine, time);
        }
        catch (SqliteException e)
        {
            await engine.DisposeAsync();
            throw new StorageNotReadyException($"SQLite cannot read {path}: {e.Message}", e);
        }
    }

    /// <summary>The model for migrations, on a file.</summary>
    public static FhirDbContext Context(string path) => new(
        new DbContextOptionsBuilder<FhirDbContext>()
            .UseSqlite(
                new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString,
                o => o.MigrationsAssembly(typeof(SqliteStore).Assembly.GetName().Name))
            .Options,
        Model);

    private static FileStream TakeLock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageNotReadyException(
                $"Another process has {path} open, or its folder cannot be written: an SQLite database serves one "
                + "process. Use PostgreSQL for several.", e);
        }
    }

    /// <summary>A database that has lost something is refused: SQLite would begin an empty one in its place, or go on with what is left.</summary>
    /// <remarks>The whole file is read only where the process before did not end by itself: where it left its log.</remarks>
    private static async Task CheckFilesAsync(string path, CancellationToken cancellation)
    {
        var (file, log) = (new FileInfo(path), new FileInfo(path + "-wal"));
        if (file is { Exists: true, Length: 0 })
            throw new StorageNotReadyException(
                $"{path} is empty: no bytes are left of it. Restore a backup; to begin anew, remove the file.");
        if (log is not { Exists: true, Length: > 0 })
            return;
        if (!file.Exists)
            throw new StorageNotReadyException(
                $"There is {log.Name} without {path}: put the database back beside its log, or restore a backup.");
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (await command.ExecuteScalarAsync(cancellation) is string and not "ok" and var damage)
            throw new StorageNotReadyException($"{path} is damaged: {damage}. Restore a backup.");
    }

    private static async Task<string> MigrateAsync(string path, CancellationToken cancellation)
    {
        var migrations = MigrationHistory.Of(typeof(SqliteStore).Assembly);
        if (await IsMigratedAsync(path, migrations, cancellation))
            return migrations[^1];
        await using var context = Context(path);
        // A crash in the middle of a migration leaves this row behind, and the next start would wait for ever. The lock
        // on the file says that nobody else migrates.
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellation);
        return await DatabaseMigration.RunAsync(context, cancellation);
    }

    private static async Task<bool> IsMigratedAsync(
        string path, ImmutableArray<string> migrations, CancellationToken cancellation)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false,
        }.ConnectionString);
        return await MigrationHistory.IsAsync(connection, migrations, cancellation);
    }
}

/// <summary>For the migrations tool.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<FhirDbContext>
{
    public FhirDbContext CreateDbContext(string[] args) => SqliteStore.Context("design.db");
}

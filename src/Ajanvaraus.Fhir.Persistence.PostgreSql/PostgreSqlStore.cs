using System.Data;

using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Model;
using Ajanvaraus.Fhir.Persistence.Sql;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

using Npgsql;

namespace Ajanvaraus.Fhir.Persistence.PostgreSql;

/// <summary>Opens a store in a PostgreSQL database, which any number of server processes may share.</summary>
public static class PostgreSqlStore
{
    /// <summary>Off, each of these loses what was acknowledged when the machine stops.</summary>
    private static readonly string[] SafeSettings = ["fsync", "synchronous_commit", "full_page_writes"];

    /// <summary>Of the advisory lock that those take who migrate: any number that nobody else takes.</summary>
    private const long MigrationTurn = 0x616A616E76617261;

    public static StorageModel Model { get; } = new(TextCollation: "C", HasSequences: true);

    /// <param name="connectionString">As Npgsql takes it; the database exists.</param>
    /// <param name="time">The clock of <c>meta.lastUpdated</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StorageNotReadyException">The database does not answer or is not safely set.</exception>
    public static async Task<ResourceStore> OpenAsync(
        string connectionString, TimeProvider time, CancellationToken cancellation = default)
    {
        try
        {
            var latest = await MigrateAsync(connectionString, cancellation);
            return await OpenAsync(connectionString, latest, time, cancellation);
        }
        catch (NpgsqlException e)
        {
            throw new StorageNotReadyException($"PostgreSQL cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>As it is, for commands that only look: a database that is not up to date is refused.</summary>
    /// <exception cref="StorageNotReadyException">It is not up to date, does not answer or is not safely set.</exception>
    public static async Task<ResourceStore> OpenForReadingAsync(
        string connectionString, TimeProvider time, CancellationToken cancellation = default)
    {
        try
        {
            var latest = MigrationHistory.Of(typeof(PostgreSqlStore).Assembly)[^1];
            return await OpenAsync(connectionString, latest, time, cancellation);
        }
        catch (NpgsqlException e)
        {
            throw new StorageNotReadyException($"PostgreSQL cannot be opened: {e.Message}", e);
        }
    }

    private static async Task<ResourceStore> OpenAsync(
        string connectionString, string latest, TimeProvider time, CancellationToken cancellation)
    {
        var source = NpgsqlDataSource.Create(Settings(connectionString));
        string version;
        await using (var connection = await source.OpenConnectionAsync(cancellation))
            version = connection.PostgreSqlVersion.ToString();
        var engine = new ServerEngine(
            source, new PostgreSqlDialect(), $"PostgreSQL {version}", c => CheckAsync(c, latest),
            IsolationLevel.RepeatableRead, time, () => Context(connectionString));
        await engine.CheckAsync(cancellation);
        return new ResourceStore(engine, time);
    }

    /// <summary>The model for migrations.</summary>
    public static FhirDbContext Context(string connectionString) => new(
        new DbContextOptionsBuilder<FhirDbContext>()
            .UseNpgsql(
                connectionString, o => o.MigrationsAssembly(typeof(PostgreSqlStore).Assembly.GetName().Name))
            .Options,
        Model);

    private const string PlanMode = "plan_cache_mode";

    private static string Settings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "Ajanvaraus.Fhir",
            // Nobody sets anything for longer than a transaction: there is nothing to reset when a connection goes to the next.
            NoResetOnClose = true,
        };
        // Statements that come again are prepared by the driver: the request paths repeat a hundred or so.
        if (settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = 200;
            settings.AutoPrepareMinUsages = 2;
        }
        // They are written so that one plan fits all values; to plan each anew takes longer than most of them run.
        if (settings.Options?.Contains(PlanMode, StringComparison.Ordinal) != true)
            settings.Options = $"{settings.Options} -c {PlanMode}=force_generic_plan".TrimStart();
        return settings.ConnectionString;
    }

    private static async ValueTask CheckAsync(SqlChannel channel, string latestMigration)
    {
        foreach (var setting in SafeSettings)
        {
            var value = await channel.FirstAsync($"SHOW {setting}", r => r.GetString(0));
            if (value == "off")
                throw new StorageNotReadyException(
                    $"PostgreSQL has {setting}={value}: acknowledged bookings could be lost. Set it on.");
        }
        await DatabaseMigration.CheckAsync(channel, latestMigration);
    }

    private static async Task<string> MigrateAsync(string connectionString, CancellationToken cancellation)
    {
        var migrations = MigrationHistory.Of(typeof(PostgreSqlStore).Assembly);
        await using (var connection = new NpgsqlConnection(connectionString))
            if (await MigrationHistory.IsAsync(connection, migrations, cancellation))
                return migrations[^1];
        // EF locks the table of its history, which an empty database does not have yet: of several that start at once one migrates.
        await using var turn = new NpgsqlConnection(connectionString);
        await turn.OpenAsync(cancellation);
        await ExecuteAsync(turn, $"SELECT pg_advisory_lock({MigrationTurn})", cancellation);
        try
        {
            await using var context = Context(connectionString);
            return await DatabaseMigration.RunAsync(context, cancellation);
        }
        finally
        {
            await ExecuteAsync(turn, $"SELECT pg_advisory_unlock({MigrationTurn})", CancellationToken.None);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>For the migrations tool.</summary>
internal sealed class PostgreSqlDesign : IDesignTimeDbContextFactory<FhirDbContext>
{
    public FhirDbContext CreateDbContext(string[] args) => PostgreSqlStore.Context("Host=127.0.0.1;Database=design");
}

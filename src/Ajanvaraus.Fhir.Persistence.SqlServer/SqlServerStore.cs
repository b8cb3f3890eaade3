using System.Data;

using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Model;

using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Ajanvaraus.Fhir.Persistence.SqlServer;

/// <summary>Opens a store in a SQL Server database, which any number of server processes may share.</summary>
public static class SqlServerStore
{
    public static StorageModel Model { get; } = new(TextCollation: "Latin1_General_BIN2", HasSequences: true);

    /// <param name="connectionString">As Microsoft.Data.SqlClient takes it; the database exists.</param>
    /// <param name="time">The clock of <c>meta.lastUpdated</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StorageNotReadyException">The database does not answer.</exception>
    public static async Task<ResourceStore> OpenAsync(
        string connectionString, TimeProvider time, CancellationToken cancellation = default)
    {
        try
        {
            var latest = await MigrateAsync(connectionString, cancellation);
            return await OpenAsync(connectionString, latest, time, cancellation);
        }
        catch (SqlException e)
        {
            throw new StorageNotReadyException($"SQL Server cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>As it is, for commands that only look: a database that is not up to date is refused.</summary>
    /// <exception cref="StorageNotReadyException">It is not up to date or does not answer.</exception>
    public static async Task<ResourceStore> OpenForReadingAsync(
        string connectionString, TimeProvider time, CancellationToken cancellation = default)
    {
        try
        {
            var latest = MigrationHistory.Of(typeof(SqlServerStore).Assembly)[^1];
            var store = await OpenAsync(connectionString, latest, time, cancellation);
            await store.CheckAsync(cancellation);
            return store;
        }
        catch (SqlException e)
        {
            throw new StorageNotReadyException($"SQL Server cannot be opened: {e.Message}", e);
        }
    }

    private static async Task<ResourceStore> OpenAsync(
        string connectionString, string latest, TimeProvider time, CancellationToken cancellation)
    {
        var source = SqlClientFactory.Instance.CreateDataSource(connectionString);
        string version;
        await using (var connection = await source.OpenConnectionAsync(cancellation))
            version = connection.ServerVersion;
        var engine = new ServerEngine(
            source, new SqlServerDialect(), $"SQL Server {version}", c => DatabaseMigration.CheckAsync(c, latest),
            IsolationLevel.RepeatableRead, time, () => Context(connectionString));
        return new ResourceStore(engine, time);
    }

    /// <summary>The model for migrations.</summary>
    public static FhirDbContext Context(string connectionString) => new(
        new DbContextOptionsBuilder<FhirDbContext>()
            .UseSqlServer(
                connectionString, o => o.MigrationsAssembly(typeof(SqlServerStore).Assembly.GetName().Name))
            .Options,
        Model);

    private static async Task<string> MigrateAsync(string connectionString, CancellationToken cancellation)
    {
        await using var context = Context(connectionString);
        return await DatabaseMigration.RunAsync(context, cancellation);
    }
}

/// <summary>For the migrations tool.</summary>
internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<FhirDbContext>
{
    public FhirDbContext CreateDbContext(string[] args) => SqlServerStore.Context("Server=127.0.0.1;Database=design");
}

using System.Data.Common;

using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.PostgreSql;
using Ajanvaraus.Fhir.Persistence.Sqlite;

using Microsoft.Data.Sqlite;

using Npgsql;

namespace Ajanvaraus.Fhir.Measurements;

/// <summary>A store in an empty database, dropped after the measurement.</summary>
internal sealed class Place : IAsyncDisposable
{
    private const string Overlaps = """
        SELECT COUNT(*) FROM claim a JOIN claim b ON b.target = a.target AND b.seat = a.seat AND b.claim_key > a.claim_key
        AND a.start_us < b.end_us AND b.start_us < a.end_us
        """;

    private readonly Func<DbConnection> _connect;
    private readonly Func<Task> _drop;

    private Place(ResourceStore store, Func<DbConnection> connect, Func<Task> drop)
    {
        Store = store;
        _connect = connect;
        _drop = drop;
    }

    public ResourceStore Store { get; }

    public static async Task<Place> SqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ajanvaraus-measure-");
        var path = Path.Combine(folder.FullName, "measure.db");
        return new Place(
            await SqliteStore.OpenAsync(path, TimeProvider.System),
            () => new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False"),
            () =>
            {
                folder.Delete(recursive: true);
                return Task.CompletedTask;
            });
    }

    public static async Task<Place> PostgreSqlAsync(string server)
    {
        var name = $"ajanvaraus_measure_{Guid.NewGuid():N}";
        await ExecuteAsync(new NpgsqlConnection(server), $"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'");
        var own = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 100 }.ConnectionString;
        return new Place(
            await PostgreSqlStore.OpenAsync(own, TimeProvider.System), () => new NpgsqlConnection(own),
            () => ExecuteAsync(new NpgsqlConnection(server), $"DROP DATABASE {name} WITH (FORCE)"));
    }

    public Task ExecuteAsync(string sql) => ExecuteAsync(_connect(), sql);

    /// <summary>Pairs of claims on one seat at one time: double bookings.</summary>
    public async Task<long> OverlapsAsync()
    {
        await using var connection = _connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Overlaps;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _drop();
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var opened = connection;
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

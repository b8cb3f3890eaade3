using System.Data.Common;

using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

using Npgsql;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>The databases that every storage test runs on; on the last one where a server is named.</summary>
public enum DatabaseEngine { Sqlite, PostgreSql, SqlServer }

/// <summary>An empty database of one test: made for it, dropped after it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly string? PostgresServer = Environment.GetEnvironmentVariable(TestDatabases.PostgresVariable);
    private static readonly string? SqlServer = Environment.GetEnvironmentVariable(TestDatabases.SqlServerVariable);

    private readonly DirectoryInfo? _folder;

    /// <summary>It ends with the server that it is on, and is not dropped.</summary>
    private bool _endsWithServer;

    private TestDatabase(DatabaseEngine engine, string connectionString, DirectoryInfo? folder)
    {
        Engine = engine;
        ConnectionString = connectionString;
        _folder = folder;
    }

    public DatabaseEngine Engine { get; }

    /// <summary>For the engine's ADO.NET provider.</summary>
    public string ConnectionString { get; }

    /// <summary>The file of an SQLite database; null otherwise.</summary>
    public string? FilePath => _folder is null ? null : Path.Combine(_folder.FullName, "test.db");

    /// <summary>As the server's <c>--database</c> takes it: <c>sqlite:PATH</c>, <c>postgres:CONNECTION</c> or <c>sqlserver:CONNECTION</c>.</summary>
    public string Option => Engine switch
    {
        DatabaseEngine.Sqlite => $"sqlite:{FilePath}",
        DatabaseEngine.PostgreSql => $"postgres:{ConnectionString}",
        _ => $"sqlserver:{ConnectionString}",
    };

    /// <param name="template">A PostgreSQL database, or an SQLite file, of which it is a copy; null: it is empty.</param>
    internal static async Task<TestDatabase> CreateAsync(DatabaseEngine engine, string? template)
    {
        if (engine != DatabaseEngine.Sqlite)
            return new TestDatabase(engine, await CreateOnServerAsync(engine, template), null);
        var made = MakeFile();
        if (template is not null)
            File.Copy(template, made.FilePath!);
        return made;
    }

    public static Task<TestDatabase> CreateAsync(DatabaseEngine engine) => CreateAsync(engine, template: null);

    /// <summary>A connection of its own, past the store; a file that a store has open is for reading.</summary>
    public async Task<DbConnection> OpenConnectionAsync(bool canWrite = true)
    {
        DbConnection connection = Engine switch
        {
            DatabaseEngine.Sqlite => new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = FilePath, Pooling = false, Mode = canWrite ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadOnly,
            }.ConnectionString),
            DatabaseEngine.PostgreSql => new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString),
            _ => new SqlConnection(new SqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString),
        };
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        switch (Engine)
        {
            case DatabaseEngine.Sqlite:
                _folder!.Delete(recursive: true);
                return;
            case DatabaseEngine.PostgreSql:
                await using (var pooled = new NpgsqlConnection(ConnectionString))
                    NpgsqlConnection.ClearPool(pooled);
                break;
            default:
                await using (var pooled = new SqlConnection(ConnectionString))
                    SqlConnection.ClearPool(pooled);
                break;
        }
        if (!_endsWithServer)
            await ExecuteOnServerAsync(Engine, DropStatement);
    }

    /// <summary>As <see cref="DisposeAsync"/>, at the end of the process, which waits for nothing.</summary>
    internal void Remove()
    {
        _folder?.Delete(recursive: true);
        if (Engine == DatabaseEngine.Sqlite)
            return;
        using var connection = Server(Engine);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = DropStatement;
        command.ExecuteNonQuery();
    }

    private string DropStatement => Engine == DatabaseEngine.PostgreSql
        ? $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(ConnectionString).Database} WITH (FORCE)"
        : string.Format(
            null, "ALTER DATABASE {0} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {0}",
            new SqlConnectionStringBuilder(ConnectionString).InitialCatalog);

    /// <summary>The database of a PostgreSQL server that a test has for itself.</summary>
    public static TestDatabase On(string connectionString) =>
        new(DatabaseEngine.PostgreSql, connectionString, null) { _endsWithServer = true };

    private static TestDatabase MakeFile()
    {
        var folder = Directory.CreateTempSubdirectory("ajanvaraus-test-");
        return new TestDatabase(
            DatabaseEngine.Sqlite, $"Data Source={Path.Combine(folder.FullName, "test.db")}", folder);
    }

    private static async Task<string> CreateOnServerAsync(DatabaseEngine engine, string? template)
    {
        var name = $"ajanvaraus_test_{Guid.NewGuid():N}";
        if (engine == DatabaseEngine.SqlServer)
        {
            await ExecuteOnServerAsync(engine, $"CREATE DATABASE {name}");
            return new SqlConnectionStringBuilder(SqlServer) { InitialCatalog = name }.ConnectionString;
        }
        await ExecuteOnServerAsync(engine, $"CREATE DATABASE {name} TEMPLATE {template ?? "template0"} ENCODING 'UTF8'");
        return new NpgsqlConnectionStringBuilder(PostgresServer) { Database = name }.ConnectionString;
    }

    private static async Task ExecuteOnServerAsync(DatabaseEngine engine, string sql)
    {
        await using var connection = Server(engine);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static DbConnection Server(DatabaseEngine engine) =>
        engine == DatabaseEngine.PostgreSql ? new NpgsqlConnection(PostgresServer) : new SqlConnection(SqlServer);
}

using Npgsql;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>The databases that every storage test runs on.</summary>
public enum DatabaseEngine { Sqlite, PostgreSql }

/// <summary>An empty database of one test: made for it, dropped after it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly string? PostgresServer = Environment.GetEnvironmentVariable(TestDatabases.PostgresVariable);

    private readonly DirectoryInfo? _folder;

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

    /// <summary>As the server's <c>--database</c> takes it: <c>sqlite:PATH</c> or <c>postgres:CONNECTION</c>.</summary>
    public string Option => FilePath is { } path ? $"sqlite:{path}" : $"postgres:{ConnectionString}";

    /// <param name="template">A PostgreSQL database, or an SQLite file, of which it is a copy; null: it is empty.</param>
    internal static async Task<TestDatabase> CreateAsync(DatabaseEngine engine, string? template)
    {
        if (engine == DatabaseEngine.PostgreSql)
            return new TestDatabase(engine, await CreatePostgresAsync(template ?? "template0"), null);
        var made = MakeFile();
        if (template is not null)
            File.Copy(template, made.FilePath!);
        return made;
    }

    public static Task<TestDatabase> CreateAsync(DatabaseEngine engine) => CreateAsync(engine, template: null);

    private static TestDatabase MakeFile()
    {
        var folder = Directory.CreateTempSubdirectory("ajanvaraus-test-");
        return new TestDatabase(
            DatabaseEngine.Sqlite, $"Data Source={Path.Combine(folder.FullName, "test.db")}", folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (Engine == DatabaseEngine.PostgreSql)
            await DropPostgresAsync();
        else
            _folder!.Delete(recursive: true);
    }

    /// <summary>As <see cref="DisposeAsync"/>, at the end of the process, which waits for nothing.</summary>
    internal void Remove()
    {
        _folder?.Delete(recursive: true);
        if (Engine == DatabaseEngine.Sqlite)
            return;
        using var connection = new NpgsqlConnection(PostgresServer);
        connection.Open();
        using var command = new NpgsqlCommand(DropStatement, connection);
        command.ExecuteNonQuery();
    }

    private string DropStatement =>
        $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(ConnectionString).Database} WITH (FORCE)";

    private static async Task<string> CreatePostgresAsync(string template)
    {
        var name = $"ajanvaraus_test_{Guid.NewGuid():N}";
        await ExecuteOnServerAsync($"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'");
        return new NpgsqlConnectionStringBuilder(PostgresServer) { Database = name }.ConnectionString;
    }

    private async Task DropPostgresAsync()
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(pooled);
        await ExecuteOnServerAsync(DropStatement);
    }

    private static async Task ExecuteOnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresServer);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

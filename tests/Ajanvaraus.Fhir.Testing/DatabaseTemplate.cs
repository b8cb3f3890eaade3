using System.Collections.Concurrent;

using Npgsql;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>A database with all its tables, made once in a process; each test gets a copy of its own.</summary>
/// <remarks>To copy a database takes a fraction of what it takes to make its tables. The template goes with the process.</remarks>
/// <param name="prepare">Makes the tables in an empty database and leaves no connection to it open.</param>
public sealed class DatabaseTemplate(Func<TestDatabase, Task> prepare)
{
    private readonly ConcurrentDictionary<DatabaseEngine, Lazy<Task<TestDatabase>>> _made = [];

    /// <summary>A database as <c>prepare</c> left it.</summary>
    public async Task<TestDatabase> CopyAsync(DatabaseEngine engine)
    {
        // SQL Server has no quick copy of a database: its tables are made each time.
        if (engine == DatabaseEngine.SqlServer)
            return await MakeAsync(engine);
        var template = await _made.GetOrAdd(engine, e => new Lazy<Task<TestDatabase>>(() => MakeToCopyAsync(e))).Value;
        return await TestDatabase.CreateAsync(
            engine, template.FilePath ?? new NpgsqlConnectionStringBuilder(template.ConnectionString).Database);
    }

    private async Task<TestDatabase> MakeAsync(DatabaseEngine engine)
    {
        var database = await TestDatabase.CreateAsync(engine);
        await prepare(database);
        return database;
    }

    private async Task<TestDatabase> MakeToCopyAsync(DatabaseEngine engine)
    {
        var database = await MakeAsync(engine);
        // PostgreSQL copies only what nobody is connected to.
        if (engine == DatabaseEngine.PostgreSql)
            NpgsqlConnection.ClearAllPools();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => database.Remove();
        return database;
    }
}

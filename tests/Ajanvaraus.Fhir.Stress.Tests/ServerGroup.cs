namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>A new database and the server processes on it.</summary>
internal sealed class ServerGroup : IAsyncDisposable
{
    private ServerGroup(TestDatabase database, ServerProcess[] servers)
    {
        Database = database;
        Servers = servers;
    }

    public TestDatabase Database { get; }

    public IReadOnlyList<ServerProcess> Servers { get; }

    public IReadOnlyList<FhirClient> Clients => [.. Servers.Select(s => s.Client)];

    /// <param name="engine">SQLite serves one process, whatever is asked.</param>
    /// <param name="processes">How many on PostgreSQL.</param>
    /// <param name="environment">Variables of each of them.</param>
    public static async Task<ServerGroup> StartAsync(
        DatabaseEngine engine, int processes, params (string Name, string Value)[] environment)
    {
        var database = await TestDatabase.CreateAsync(engine);
        return await StartAsync(database, Option(database), engine == DatabaseEngine.Sqlite ? 1 : processes, environment);
    }

    /// <param name="database">Ends with the group.</param>
    /// <param name="option">By which the servers reach it.</param>
    /// <param name="processes">How many.</param>
    /// <param name="environment">Variables of each of them.</param>
    public static async Task<ServerGroup> StartAsync(
        TestDatabase database, string option, int processes, params (string Name, string Value)[] environment)
    {
        var servers = new List<ServerProcess>();
        try
        {
            // One after the other: the first makes the tables.
            for (var i = 0; i < processes; i++)
                servers.Add(await ServerProcess.StartAsync(option, environment));
            return new ServerGroup(database, [.. servers]);
        }
        catch
        {
            await EndAsync(servers, database);
            throw;
        }
    }

    /// <summary>So many connections for each process that all of them together find room, as docs/reliability.md advises.</summary>
    private static string Option(TestDatabase database) =>
        database.Engine == DatabaseEngine.PostgreSql ? $"{database.Option};Maximum Pool Size=30" : database.Option;

    public ValueTask DisposeAsync() => EndAsync(Servers, Database);

    private static async ValueTask EndAsync(IEnumerable<ServerProcess> servers, TestDatabase database)
    {
        foreach (var server in servers)
            await server.DisposeAsync();
        await database.DisposeAsync();
    }
}

using System.Data.Common;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

using Microsoft.Data.Sqlite;

using Npgsql;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>A server with the mistake that this one must not make: it looks whether a Slot is taken, and then writes.</summary>
/// <remarks>Several of them share one table without any key. For the positive control alone.</remarks>
internal sealed class BrokenBooker : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly List<HttpListener> _listeners = [];
    private readonly List<FhirClient> _clients = [];

    private BrokenBooker(TestDatabase database) => _database = database;

    public IReadOnlyList<FhirClient> Clients => _clients;

    public static async Task<BrokenBooker> StartAsync(DatabaseEngine engine, int servers)
    {
        var broken = new BrokenBooker(await TestDatabase.CreateAsync(engine));
        await using (var connection = await broken.OpenAsync())
        {
            if (engine == DatabaseEngine.Sqlite)
                await ScalarAsync(connection, "PRAGMA journal_mode = WAL", "", "");
            await ScalarAsync(connection, "CREATE TABLE booking (slot TEXT, patient TEXT)", "", "");
        }
        for (var i = 0; i < servers; i++)
            broken.Listen(ServerProcess.FreePort());
        return broken;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        foreach (var listener in _listeners)
            listener.Close();
        SqliteConnection.ClearAllPools();
        await _database.DisposeAsync();
    }

    private void Listen(int port)
    {
        var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
        listener.Start();
        _listeners.Add(listener);
        _clients.Add(new FhirClient(new Uri($"http://127.0.0.1:{port}/fhir/")));
        _ = Task.Run(async () =>
        {
            while (listener.IsListening)
            {
                try
                {
                    var context = await listener.GetContextAsync();
                    _ = Task.Run(() => AnswerAsync(context));
                }
                catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        });
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (status, body) = context.Request.HttpMethod == "POST" ? await BookAsync(context.Request) : (404, "{}");
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/fhir+json";
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.ContentLength64 = bytes.Length;
        await context.Response.OutputStream.WriteAsync(bytes);
        context.Response.Close();
    }

    private async Task<(int, string)> BookAsync(HttpListenerRequest request)
    {
        using var reader = new StreamReader(request.InputStream);
        var parameters = JsonNode.Parse(await reader.ReadToEndAsync())!["parameter"]!.AsArray();
        string Of(string name) =>
            parameters.Single(p => p!["name"]!.ToString() == name)!["valueReference"]!["reference"]!.ToString();
        var (slot, patient) = (Of("slot"), Of("patient"));
        await using var connection = await OpenAsync();
        var taken = Convert.ToInt64(await ScalarAsync(connection, "SELECT COUNT(*) FROM booking WHERE slot = @slot", slot, patient));
        if (taken > 0)
            return (409, """{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"conflict"}]}""");
        // Others look meanwhile, however few cores there are.
        await Task.Delay(TimeSpan.FromMilliseconds(5));
        await ScalarAsync(connection, "INSERT INTO booking VALUES (@slot, @patient)", slot, patient);
        return (201, """{"resourceType":"Appointment","id":"any","status":"booked"}""");
    }

    private async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = _database.Engine == DatabaseEngine.PostgreSql
            ? new NpgsqlConnection(_database.ConnectionString)
            : new SqliteConnection(_database.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<object?> ScalarAsync(DbConnection connection, string sql, string slot, string patient)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in new[] { ("slot", slot), ("patient", patient) })
        {
            if (!sql.Contains('@' + name))
                continue;
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return await command.ExecuteScalarAsync();
    }
}

using System.Text;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Testing;

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>The whole server on a free port over a database of its own; tests use ids of their own.</summary>
/// <remarks>
/// A class has one on each database that its tests ask for: <c>var here = await server.OnAsync(engine);</c>. The fixture
/// itself is the one on SQLite.
/// </remarks>
public sealed class TestServer : IAsyncLifetime
{
    private readonly DatabaseEngine _engine;
    private readonly Dictionary<DatabaseEngine, TestServer> _others = [];
    private TestDatabase? _database;
    private WebApplication? _app;

    public TestServer()
        : this(DatabaseEngine.Sqlite)
    {
    }

    private TestServer(DatabaseEngine engine) => _engine = engine;

    /// <summary>Speaks to <c>[base]/</c>; asks for no compression.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>For what no request can do, such as a write that takes long.</summary>
    public ResourceStore Store { get; private set; } = null!;

    /// <summary>The operations that the running server has.</summary>
    public OperationTable Operations => _app!.Services.GetRequiredService<OperationTable>();

    public async Task InitializeAsync()
    {
        _database = await MigratedDatabase.CreateAsync(_engine);
        var options = new ServerOptions("http://127.0.0.1:0", _database.Option, IsOpen: true);
        var store = await Database.OpenAsync(options.Database, TimeProvider.System, CancellationToken.None, Security.TestIdentityKeys.Usual);
        Store = store;
        _app = FhirApplication.Build(options, store, TimeProvider.System);
        await _app.StartAsync();
        Client.BaseAddress = new Uri(_app.Urls.Single() + "/fhir/");
    }

    /// <summary>The server of this class on that database; started when it is first asked for.</summary>
    /// <remarks>Tests of one class run one after another.</remarks>
    public async Task<TestServer> OnAsync(DatabaseEngine engine)
    {
        if (engine == _engine)
            return this;
        if (_others.TryGetValue(engine, out var running))
            return running;
        var other = new TestServer(engine);
        await other.InitializeAsync();
        return _others[engine] = other;
    }

    public async Task DisposeAsync()
    {
        foreach (var other in _others.Values)
            await other.DisposeAsync();
        Client.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    /// <summary>Sends a request; headers come as <c>Name: value</c>.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        string method, string url, string? body = null, params string[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/fhir+json");
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':');
            var (name, value) = (header[..colon], header[(colon + 1)..].Trim());
            if (name == "Content-Type")
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
        return await Client.SendAsync(request);
    }

    /// <summary>The body as a resource; fails the test when it is none.</summary>
    public static async Task<ElementNode> ResourceOf(HttpResponseMessage response)
    {
        var parsed = FhirJson.Parse(await response.Content.ReadAsByteArrayAsync());
        parsed.Issues.Should().BeEmpty();
        return parsed.Resource!;
    }

    /// <summary>Code and expression of the first issue of an OperationOutcome.</summary>
    public static async Task<(string? Code, string? Expression)> IssueOf(HttpResponseMessage response)
    {
        var outcome = await ResourceOf(response);
        outcome.Type.Name.Should().Be("OperationOutcome");
        var issue = outcome["issue"]!;
        return (issue.Text("code"), issue.Text("expression"));
    }

    /// <summary>Puts a Patient of that family name.</summary>
    public Task<HttpResponseMessage> PutPatientAsync(string id, string family = "Testi", params string[] headers) =>
        SendAsync("PUT", $"Patient/{id}", Patient(id, family), headers);

    public static string Patient(string id, string family) =>
        $$"""{"resourceType":"Patient","id":"{{id}}","name":[{"family":"{{family}}"}]}""";
}

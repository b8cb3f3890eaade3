using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Tests.Security;
using Ajanvaraus.Fhir.Testing;

using Microsoft.AspNetCore.Builder;

namespace Ajanvaraus.Fhir.Server.Tests;

/// <summary>The whole server on a free port, over a database of its own, on a clock that the test moves.</summary>
internal sealed class FhirServer : IAsyncDisposable
{
    private readonly TestDatabase? _database;
    private readonly WebApplication _app;

    private FhirServer(TestDatabase? database, WebApplication app, ResourceStore store, FakeClock clock)
    {
        _database = database;
        _app = app;
        Store = store;
        Clock = clock;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single() + "/fhir/") };
    }

    public HttpClient Http { get; }

    /// <summary>As <c>--database</c> takes it, for commands beside the server.</summary>
    public string DatabaseOption => StoredIn.Option;

    /// <summary>Null is never asked for: only servers over a store of the test's own have none.</summary>
    public TestDatabase StoredIn => _database!;

    /// <summary>For what no request can do, such as filling the disk.</summary>
    public ResourceStore Store { get; }

    public FakeClock Clock { get; }

    /// <param name="now">A Monday morning in November unless the test says otherwise.</param>
    /// <param name="movesTimers">What the server does every minute comes when the clock is moved.</param>
    public static async Task<FhirServer> StartAsync(DatabaseEngine engine, string now = "2026-11-23T08:00:00+02:00",
        string knownAs = "", Func<ServerOptions, ServerOptions>? with = null, bool movesTimers = false)
    {
        var clock = new FakeClock(now) { MovesTimers = movesTimers };
        var database = await MigratedDatabase.CreateAsync(engine);
        var options = new ServerOptions("http://127.0.0.1:0", database.Option, IsOpen: true)
        {
            KnownAs = knownAs,
            Identities = TestIdentityKeys.Usual,
        };
        options = with?.Invoke(options) ?? options;
        var store = await Database.OpenAsync(options.Database, clock, CancellationToken.None, options.Identities);
        var app = FhirApplication.Build(options, store, clock);
        await app.StartAsync();
        return new FhirServer(database, app, store, clock);
    }

    /// <summary>Over a store that the test has made; the server closes it.</summary>
    public static async Task<FhirServer> StartAsync(ResourceStore store)
    {
        var clock = new FakeClock("2026-11-23T08:00:00+02:00");
        var options = new ServerOptions("http://127.0.0.1:0", ServerOptions.DefaultDatabase, IsOpen: true);
        var app = FhirApplication.Build(options, store, clock);
        await app.StartAsync();
        return new FhirServer(null, app, store, clock);
    }

    /// <summary>Another server on the same database and clock; PostgreSQL alone can have two.</summary>
    public async Task<FhirServer> StartBesideAsync()
    {
        var options = new ServerOptions("http://127.0.0.1:0", _database!.Option, IsOpen: true);
        var store = await Database.OpenAsync(options.Database, Clock, CancellationToken.None, Store.Identities);
        var app = FhirApplication.Build(options, store, Clock);
        await app.StartAsync();
        return new FhirServer(null, app, store, Clock);
    }

    /// <summary>As a server that is told to end: it drains first, where its options say so.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }
}

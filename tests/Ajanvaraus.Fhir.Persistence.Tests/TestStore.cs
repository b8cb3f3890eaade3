using System.Text;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.PostgreSql;
using Ajanvaraus.Fhir.Persistence.Sqlite;
using Ajanvaraus.Fhir.Persistence.SqlServer;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests;

/// <summary>A store in an empty database of its own.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private TestStore(TestDatabase database, ResourceStore store, FakeClock clock)
    {
        Database = database;
        Store = store;
        Clock = clock;
    }

    public TestDatabase Database { get; }

    public ResourceStore Store { get; }

    public FakeClock Clock { get; }

    /// <summary>With all tables; those that are made anew each time are MigrationTests' matter.</summary>
    private static readonly DatabaseTemplate Template = new(async database =>
    {
        await using var store = await OpenAsync(database, TimeProvider.System);
    });

    public static async Task<TestStore> OpenAsync(DatabaseEngine engine)
    {
        var database = await Template.CopyAsync(engine);
        var clock = new FakeClock("2026-11-22T08:00:00Z");
        return new TestStore(database, await OpenAsync(database, clock), clock);
    }

    public static Task<ResourceStore> OpenAsync(TestDatabase database, TimeProvider clock) =>
        database.Engine switch
        {
            DatabaseEngine.Sqlite => SqliteStore.OpenAsync(database.FilePath!, clock),
            DatabaseEngine.PostgreSql => PostgreSqlStore.OpenAsync(database.ConnectionString, clock),
            _ => SqlServerStore.OpenAsync(database.ConnectionString, clock),
        };

    /// <summary>Writes one resource in a transaction of its own.</summary>
    public Task<StoredResource> PutAsync(string json, IndexEntries? index = null) => PutAsync(Prepared(json, index));

    /// <inheritdoc cref="WriteSession.PutAsync"/>
    public async Task<StoredResource> PutAsync(PreparedResource resource, PreparedResource? before = null)
    {
        var outcome = await Store.WriteAsync<StoredResource>(
            async s => await s.PutAsync(resource, WriteMethod.Put, before), default);
        outcome.Problem.Should().BeNull();
        return outcome.Value!;
    }

    public async Task DeleteAsync(string type, string id) =>
        (await Store.WriteAsync<bool>(async s => await s.DeleteAsync(type, id) is not null, default))
            .Problem.Should().BeNull();

    public static PreparedResource Prepared(string json, IndexEntries? index = null) =>
        new(FhirJson.Parse(Encoding.UTF8.GetBytes(json)).Resource!, index ?? IndexEntries.Empty);

    /// <summary>A number that SQL gives, past the store.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await Database.OpenConnectionAsync(canWrite: false);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Database.DisposeAsync();
    }
}

internal static class StoredResourceText
{
    public static string Json(this StoredResource resource) => Encoding.UTF8.GetString(resource.Body.Span);
}

using System.Data;
using System.Net;
using System.Net.Sockets;
using System.Text;

using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.PostgreSql;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Testing;

using Npgsql;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>A server whose database cannot be reached: a port where nothing listens.</summary>
public sealed class DatabaseAwayTests
{
    private const string Patient = """{"resourceType":"Patient","id":"x"}""";

    private const string Batch = """
        {"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Patient/x"}}]}
        """;

    [Theory]
    [InlineData("GET", "Patient/x", null)]
    [InlineData("GET", "Slot/x", null)]
    [InlineData("GET", "Patient/x/_history/1", null)]
    [InlineData("GET", "Patient?name=a", null)]
    [InlineData("GET", "Slot?status=free", null)]
    [InlineData("GET", "Patient/_history", null)]
    [InlineData("GET", "Appointment/$find?schedule=Schedule/a&start=2027-02-01&end=2027-02-02", null)]
    [InlineData("PUT", "Patient/x", Patient)]
    [InlineData("DELETE", "Slot/x", null)]
    [InlineData("POST", "", Batch)]
    [Rule("http", "Status-Codes", "What the server cannot do just now is 503 with Retry-After.")]
    public async Task Request_is_503_with_retry_after_and_an_outcome(string method, string url, string? body)
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/fhir+json");

        using var response = await server.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.Should().BePositive();
        (await TestServer.IssueOf(response)).Code.Should().Be("transient");
    }

    [Fact]
    public async Task Readiness_is_503_with_a_code_that_names_no_host()
    {
        await using var server = await StartAsync();

        using var response = await server.Http.GetAsync("/health/ready");

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"status":"not ready","reason":"unreachable"}""");
    }

    private static async Task<FhirServer> StartAsync()
    {
        var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={FreePort()};Username=nobody;Database=none;Timeout=5");
        var engine = new ServerEngine(
            source, new PostgreSqlDialect(), "PostgreSQL", _ => ValueTask.CompletedTask,
            IsolationLevel.RepeatableRead, TimeProvider.System,
            () => PostgreSqlStore.Context(source.ConnectionString));
        return await FhirServer.StartAsync(new ResourceStore(engine, TimeProvider.System));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>Calls from web pages of other addresses.</summary>
public sealed class CrossOriginTests
{
    private const string Known = "https://booking.example";

    [Fact]
    [Rule("http", "security", "Web pages of configured origins may call by CORS, and no others.")]
    public async Task Preflight_of_a_known_origin_is_allowed_and_of_others_is_not()
    {
        await using var server = await StartAsync(Known + "/; https://other.example");

        using var known = await PreflightAsync(server, Known);
        using var unknown = await PreflightAsync(server, "https://evil.example");

        known.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal(Known);
        known.Headers.GetValues("Access-Control-Allow-Methods").Single().Should().Contain("PATCH");
        known.Headers.GetValues("Access-Control-Allow-Headers").Single().Should().Contain("if-match");
        unknown.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
    }

    [Theory]
    [InlineData("Patient/none", 404)]
    [InlineData("metadata", 200)]
    [Rule("http", "security", "Scripts of allowed origins may read the headers that FHIR needs.")]
    public async Task Answers_and_refusals_may_be_read_with_their_headers(string url, int status)
    {
        await using var server = await StartAsync(Known + ";https://other.example");
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("Origin", Known);

        using var answer = await server.Http.SendAsync(request);

        ((int)answer.StatusCode).Should().Be(status);
        answer.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal(Known);
        answer.Headers.GetValues("Access-Control-Expose-Headers").Single().Should().Contain("ETag").And.Contain("Location");
        string.Join(',', answer.Headers.Vary).Should().Contain("Origin").And.Contain("Accept");
    }

    [Fact]
    public async Task Without_configured_origins_no_other_page_may_call()
    {
        await using var server = await StartAsync("");

        using var answer = await PreflightAsync(server, Known);

        answer.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
    }

    private static Task<FhirServer> StartAsync(string origins) =>
        FhirServer.StartAsync(DatabaseEngine.Sqlite, with: options => options with { CorsOrigins = origins });

    private static async Task<HttpResponseMessage> PreflightAsync(FhirServer server, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "Patient/1");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "PATCH");
        request.Headers.Add("Access-Control-Request-Headers", "if-match,content-type");
        return await server.Http.SendAsync(request);
    }
}

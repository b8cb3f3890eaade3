using System.IO.Compression;
using System.Net;
using System.Text;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

public sealed class HttpRulesTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    [Rule("http", "Status-Codes", "A method that is not served is 405 and names those that are.")]
    public async Task A_method_that_is_not_served_is_405_with_those_that_are()
    {
        using var response = await server.SendAsync("POST", "Patient/1", "{}");

        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.Should().BeEquivalentTo("DELETE", "GET", "HEAD", "PATCH", "PUT");
    }

    [Fact]
    [Rule("http", "custom", "X-Request-Id of the client is echoed; without one the server makes one.")]
    public async Task The_request_id_is_echoed_or_made_and_never_echoed_when_unsafe()
    {
        using var echoed = await server.SendAsync("GET", "Patient/x", null, "X-Request-Id: my-id.7");
        using var unsafeId = await server.SendAsync("GET", "Patient/x", null, "X-Request-Id: <script>");

        echoed.Headers.GetValues("X-Request-Id").Should().Equal("my-id.7");
        unsafeId.Headers.GetValues("X-Request-Id").Single().Should().NotContain("<").And.NotBeEmpty();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [Rule("http", "parameters", "Answers are compressed for those who accept it.")]
    public async Task A_long_answer_is_compressed_for_those_who_accept_it(string encoding)
    {
        using var plain = await server.SendAsync("GET", "metadata");
        using var response = await server.SendAsync("GET", "metadata", null, "Accept-Encoding: " + encoding);

        response.Content.Headers.ContentEncoding.Should().Equal(encoding);
        await using var packed = await response.Content.ReadAsStreamAsync();
        await using Stream unpacked = encoding == "gzip"
            ? new GZipStream(packed, CompressionMode.Decompress)
            : new BrotliStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        (await reader.ReadToEndAsync()).Should().Be(await plain.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_compressed_body_is_read_and_its_size_counts_unpacked()
    {
        static ByteArrayContent Packed(string text)
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                gzip.Write(Encoding.UTF8.GetBytes(text));
            var content = new ByteArrayContent(packed.ToArray());
            content.Headers.TryAddWithoutValidation("Content-Type", "application/fhir+json");
            content.Headers.ContentEncoding.Add("gzip");
            return content;
        }

        using var taken = await server.Client.PostAsync("Patient", Packed("""{"resourceType":"Patient"}"""));
        using var bomb = await server.Client.PostAsync("Patient", Packed(new string(' ', 3 * 1024 * 1024)));

        taken.StatusCode.Should().Be(HttpStatusCode.Created);
        bomb.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Messages_come_in_the_language_that_is_accepted()
    {
        const string body = """{"resourceType":"Patient","colour":"red"}""";

        using var english = await server.SendAsync("POST", "Patient", body);
        using var finnish = await server.SendAsync("POST", "Patient", body, "Accept-Language: de, sv;q=0.5, fi;q=0.9");

        var issue = (await TestServer.ResourceOf(finnish))["issue"]!;
        var told = (await TestServer.ResourceOf(english))["issue"]!;
        issue["details"]!.Text("text").Should().NotBe(told["details"]!.Text("text"));
        issue["details"]!["coding"]!.Text("code").Should().Be(told["details"]!["coding"]!.Text("code"));
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_tells_what_runs(string url, string word)
    {
        using var response = await server.SendAsync("GET", url);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().Contain($"\"status\":\"{word}\"");
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", true, true)]
    [InlineData("http://localhost:8080;http://[::1]:8081", true, true)]
    [InlineData("http://0.0.0.0:8080", true, false)]
    [InlineData("http://127.0.0.1:8080;http://10.0.0.1:80", true, false)]
    [InlineData("http://127.0.0.1:8080", false, false)]
    public void A_server_without_tokens_starts_on_loopback_and_by_open_only(string urls, bool isOpen, bool mayStart)
    {
        var refusal = new ServerOptions(urls, ServerOptions.DefaultDatabase, isOpen).Refusal();

        (refusal is null).Should().Be(mayStart);
    }
}

using System.Net;
using System.Text;

using Ajanvaraus.Fhir.Server.Jobs;
using Ajanvaraus.Fhir.Server.Tests.Rest;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Jobs;

public sealed class ImportByRequestTests(TestServer server) : IClassFixture<TestServer>
{
    private static string Lines(params string[] resources) => string.Join('\n', resources) + "\n";

    private static string Inputs(params string[] parts) => $$"""
        {"resourceType":"Parameters","parameter":[{{string.Join(',', parts.Select(
            part => $$"""{"name":"input","part":[{{part}}]}"""))}}]}
        """;

    [DatabaseTheory, EachDatabase]
    public async Task Lines_are_stored_with_their_ids_and_the_refused_ones_are_told(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        var lines = Lines(
            TestServer.Patient("imp-1", "A"), """{"resourceType":"Patient","id":"imp-2","colour":"red"}""", "not json",
            """{"resourceType":"Slot","id":"imp-s","schedule":{"reference":"Schedule/imp-c"},"status":"free","start":"2027-03-01T09:00:00Z","end":"2027-03-01T10:00:00Z"}""",
            """{"resourceType":"Schedule","id":"imp-c","actor":[{"display":"x"}]}""");

        var address = await Work.StartAsync(here, "POST", "$import", lines, "Content-Type: application/fhir+ndjson");
        var manifest = await Work.ManifestAsync(here, address);
        using var slot = await here.SendAsync("GET", "Slot/imp-s");

        slot.StatusCode.Should().Be(HttpStatusCode.OK);
        var refused = await Work.LinesAsync(here, manifest, "OperationOutcome", "error");
        refused.Select(o => (string)o["issue"]![0]!["diagnostics"]!).Should().SatisfyRespectively(
            first => first.Should().StartWith("input-0.ndjson:2"), second => second.Should().StartWith("input-0.ndjson:3"));
        var told = (await Work.LinesAsync(here, manifest, "OperationOutcome")).Single();
        told["issue"]![0]!["details"]!["text"]!.ToString().Should().Be("3 stored, 0 unchanged, 2 refused.");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Content_and_resources_of_Parameters_are_imported_once(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        var content = Convert.ToBase64String(Encoding.UTF8.GetBytes(Lines(TestServer.Patient("imp-3", "C"))));
        var body = Inputs(
            $$"""{"name":"type","valueCode":"Patient"},{"name":"content","valueBase64Binary":"{{content}}"}""",
            $$"""{"name":"resource","resource":{{TestServer.Patient("imp-4", "D")}}}""");

        var first = await Work.ManifestAsync(here, await Work.StartAsync(here, "POST", "$import", body));
        var second = await Work.ManifestAsync(here, await Work.StartAsync(here, "POST", "$import", body));
        using var history = await here.SendAsync("GET", "Patient/imp-3/_history");

        (await Work.LinesAsync(here, first, "OperationOutcome")).Single().ToString().Should().Contain("2 stored");
        (await Work.LinesAsync(here, second, "OperationOutcome")).Single().ToString().Should().Contain("2 unchanged");
        (await TestServer.ResourceOf(history)).Text("total").Should().Be("1");
    }

    [Fact]
    public async Task What_was_sent_cannot_be_fetched_again()
    {
        var address = await Work.StartAsync(
            server, "POST", "$import", Lines(TestServer.Patient("imp-5", "E")), "Content-Type: application/x-ndjson");
        using var done = await Work.ResultAsync(server, address);

        using var input = await server.SendAsync("GET", address + "/input-0");

        input.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"resourceType":"Parameters","parameter":[]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"resourceType":"Patient"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"inputFormat","valueCode":"text/csv"}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"input","part":[{"name":"content","valueString":"%%%"}]}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"input","part":[{"name":"url","valueUri":"http://127.0.0.1:1/x"}]}]}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"input","part":[{"name":"url","valueUri":"file:///etc/passwd"}]}]}""", HttpStatusCode.Forbidden)]
    public async Task What_cannot_be_imported_is_refused_at_once(string body, HttpStatusCode status)
    {
        using var response = await server.SendAsync("POST", "$import", body);

        response.StatusCode.Should().Be(status);
        (await TestServer.ResourceOf(response)).Type.Name.Should().Be("OperationOutcome");
    }

    [Fact]
    public async Task Address_that_the_operator_has_named_is_fetched_and_no_other()
    {
        using var put = await server.SendAsync("PUT", "Patient/imp-url", TestServer.Patient("imp-url", "Haettu"));
        var files = await Work.ManifestAsync(server, await Work.StartAsync(server, "GET", "$export?_type=Patient"));
        var url = (string)files["output"]![0]!["url"]!;
        var origin = new Uri(url).GetLeftPart(UriPartial.Authority);
        await using var other = await FhirServer.StartAsync(
            DatabaseEngine.Sqlite, with: o => o with { Jobs = new JobOptions { ImportOrigins = [origin] } });

        async Task<HttpResponseMessage> ImportAsync(string from)
        {
            var body = Inputs($$"""{"name":"url","valueUri":"{{from}}"}""");
            return await other.Http.PostAsync("$import", new StringContent(body, Encoding.UTF8, "application/fhir+json"));
        }

        using var accepted = await ImportAsync(url);
        using var refused = await ImportAsync(url.Replace("127.0.0.1", "127.0.0.2"));
        using (var late = new CancellationTokenSource(TimeSpan.FromMinutes(1)))
            while ((await other.Http.GetAsync(accepted.Content.Headers.ContentLocation, late.Token)).StatusCode == HttpStatusCode.Accepted)
                await Task.Delay(50, late.Token);
        using var read = await other.Http.GetAsync("Patient/imp-url");

        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        read.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Reindex_tells_how_many_it_saw(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var put = await here.PutPatientAsync("imp-6", "F");

        var address = await Work.StartAsync(here, "POST", "$reindex");
        using var response = await Work.ResultAsync(here, address);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await TestServer.ResourceOf(response))["issue"]!["details"]!.Text("text").Should().MatchRegex("^[1-9][0-9]* resources");
    }
}

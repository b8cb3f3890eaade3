using System.Net;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Tests.Rest;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Jobs;

public sealed class ExportTests(TestServer server) : IClassFixture<TestServer>
{
    private static async Task FillAsync(TestServer here)
    {
        using var done = await here.SendAsync("POST", "", $$$"""
            {"resourceType":"Bundle","type":"batch","entry":[
            {"resource":{{{TestServer.Patient("ex-1", "Vienti")}}},"request":{"method":"PUT","url":"Patient/ex-1"}},
            {"resource":{{{TestServer.Patient("ex-2", "Vienti")}}},"request":{"method":"PUT","url":"Patient/ex-2"}},
            {"resource":{"resourceType":"Practitioner","id":"ex-doc"},"request":{"method":"PUT","url":"Practitioner/ex-doc"}},
            {"resource":{"resourceType":"Observation","id":"ex-o1","status":"final","code":{"text":"x"},
            "subject":{"reference":"Patient/ex-1"}},"request":{"method":"PUT","url":"Observation/ex-o1"}},
            {"resource":{"resourceType":"Observation","id":"ex-o2","status":"preliminary","code":{"text":"x"},
            "subject":{"reference":"Patient/ex-2"}},"request":{"method":"PUT","url":"Observation/ex-o2"}},
            {"resource":{"resourceType":"Group","id":"ex-in","type":"person","actual":true,"member":[
            {"entity":{"reference":"Patient/ex-2"}},{"entity":{"reference":"Patient/ex-1"},"inactive":true}]},
            "request":{"method":"PUT","url":"Group/ex-in"}},
            {"resource":{"resourceType":"Group","id":"ex-out","type":"person","actual":true,"member":[
            {"entity":{"reference":"Group/ex-in"}}]},"request":{"method":"PUT","url":"Group/ex-out"}}]}
            """);
        done.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static async Task<IEnumerable<string>> IdsAsync(TestServer here, JsonNode manifest, string type) =>
        (await Work.LinesAsync(here, manifest, type)).Select(l => (string)l["id"]!);

    [DatabaseTheory, EachDatabase]
    public async Task Export_of_the_server_writes_every_resource_once(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        await FillAsync(here);

        var address = await Work.StartAsync(here, "GET", "$export?_type=Patient,Practitioner,Observation");
        var manifest = await Work.ManifestAsync(here, address);

        ((string)manifest["request"]!).Should().EndWith("/fhir/$export?_type=Patient%2CPractitioner%2CObservation");
        ((bool)manifest["requiresAccessToken"]!).Should().BeFalse();
        manifest["transactionTime"].Should().NotBeNull();
        manifest["error"]!.AsArray().Should().BeEmpty();
        (await IdsAsync(here, manifest, "Patient")).Should().BeEquivalentTo("ex-1", "ex-2");
        (await IdsAsync(here, manifest, "Practitioner")).Should().BeEquivalentTo("ex-doc");
        (await IdsAsync(here, manifest, "Observation")).Should().BeEquivalentTo("ex-o1", "ex-o2");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Export_of_patients_and_of_a_group_writes_what_belongs_to_them(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        await FillAsync(here);

        var ofPatients = await Work.ManifestAsync(here, await Work.StartAsync(here, "GET", "Patient/$export"));
        var ofGroup = await Work.ManifestAsync(here, await Work.StartAsync(here, "GET", "Group/ex-out/$export"));

        ofPatients["output"]!.AsArray().Select(f => (string?)f!["type"])
            .Should().BeEquivalentTo("Group", "Observation", "Patient");
        (await IdsAsync(here, ofPatients, "Observation")).Should().BeEquivalentTo("ex-o1", "ex-o2");
        (await IdsAsync(here, ofGroup, "Patient")).Should().BeEquivalentTo("ex-2");
        (await IdsAsync(here, ofGroup, "Observation")).Should().BeEquivalentTo("ex-o2");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Export_is_narrowed_by_filters_and_elements(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        await FillAsync(here);

        var address = await Work.StartAsync(
            here, "GET", "$export?_type=Observation,Patient&_typeFilter=Observation%3Fstatus%3Dfinal,Patient%3F_id%3Dex-1,ex-9"
                + "&_elements=Patient.name&_outputFormat=ndjson");
        var manifest = await Work.ManifestAsync(here, address);

        (await IdsAsync(here, manifest, "Observation")).Should().Equal("ex-o1");
        var patient = (await Work.LinesAsync(here, manifest, "Patient")).Single();
        patient.AsObject().Select(p => p.Key).Should().BeEquivalentTo("resourceType", "id", "meta", "name");
        patient["meta"]!["tag"]![0]!["code"]!.ToString().Should().Be("SUBSETTED");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Export_since_a_moment_tells_what_was_changed_and_deleted(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        await FillAsync(here);
        using var gone = await here.SendAsync("PUT", "Basic/ex-gone", """{"resourceType":"Basic","id":"ex-gone","code":{"text":"x"}}""");
        var first = await Work.ManifestAsync(here, await Work.StartAsync(here, "GET", "$export?_type=Basic"));
        // Both moments are told to the millisecond.
        await Task.Delay(5);
        using var changed = await here.PutPatientAsync("ex-2", "Muuttunut");
        using var deleted = await here.SendAsync("DELETE", "Basic/ex-gone");

        var address = await Work.StartAsync(
            here, "GET", $"$export?_type=Patient,Basic&_since={Uri.EscapeDataString((string)first["transactionTime"]!)}");
        var manifest = await Work.ManifestAsync(here, address);

        (await IdsAsync(here, manifest, "Patient")).Should().Equal("ex-2");
        (await IdsAsync(here, manifest, "Basic")).Should().BeEmpty();
        var deletion = (await Work.LinesAsync(here, manifest, "Bundle", "deleted")).Single();
        deletion["entry"]![0]!["request"]!["url"]!.ToString().Should().Be("Basic/ex-gone");
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_was_being_written_when_the_export_began_is_in_it(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        await FillAsync(here);
        var (isWriting, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        var write = here.Store.WriteAsync<int>(
            async session =>
            {
                var node = FhirJson.Parse("""{"resourceType":"Basic","id":"ex-late","code":{"text":"x"}}"""u8.ToArray()).Resource!;
                await session.PutAsync(new PreparedResource(node, IndexEntries.Empty), WriteMethod.Put);
                isWriting.SetResult();
                await mayEnd.Task;
                return 0;
            },
            default);
        await isWriting.Task;

        // SQLite begins the work itself, which is a write, only after that write.
        var began = Work.StartAsync(here, "GET", "$export?_type=Basic");
        await Task.WhenAny(began, Task.Delay(TimeSpan.FromSeconds(2)));
        mayEnd.SetResult();
        var manifest = await Work.ManifestAsync(here, await began);

        (await write).Failed.Should().BeFalse();
        (await IdsAsync(here, manifest, "Basic")).Should().Contain("ex-late");
    }

    [Fact]
    public async Task File_is_sent_packed_to_those_who_take_it()
    {
        await FillAsync(server);
        var manifest = await Work.ManifestAsync(server, await Work.StartAsync(server, "GET", "$export?_type=Patient"));

        using var packed = await server.SendAsync(
            "GET", (string)manifest["output"]![0]!["url"]!, null, "Accept-Encoding: gzip");

        packed.Content.Headers.ContentEncoding.Should().Equal("gzip");
        await using var text = new System.IO.Compression.GZipStream(
            await packed.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(text);
        (await reader.ReadToEndAsync()).Should().Contain("\"ex-1\"");
    }

    [Fact]
    public async Task Files_are_gone_with_their_export()
    {
        await FillAsync(server);
        var address = await Work.StartAsync(server, "GET", "$export?_type=Patient");
        var manifest = await Work.ManifestAsync(server, address);

        using var deleted = await server.SendAsync("DELETE", address);
        using var file = await server.SendAsync("GET", (string)manifest["output"]![0]!["url"]!);

        deleted.StatusCode.Should().Be(HttpStatusCode.Accepted);
        file.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("$export", "", HttpStatusCode.BadRequest)]
    [InlineData("$export?_outputFormat=text/csv", "respond-async", HttpStatusCode.BadRequest)]
    [InlineData("$export?_since=yesterday", "respond-async", HttpStatusCode.BadRequest)]
    [InlineData("$export?_type=Nonsense", "respond-async", HttpStatusCode.BadRequest)]
    [InlineData("$export?_typeFilter=status%3Dfinal", "respond-async", HttpStatusCode.BadRequest)]
    [InlineData("$export?_typeFilter=Observation%3Fnonsense%3D1", "respond-async", HttpStatusCode.BadRequest)]
    [InlineData("$export?nonsense=1", "respond-async, handling=strict", HttpStatusCode.BadRequest)]
    [InlineData("Group/none/$export", "respond-async", HttpStatusCode.NotFound)]
    [InlineData("Practitioner/$export", "respond-async", HttpStatusCode.NotFound)]
    public async Task Export_that_cannot_be_done_is_refused_at_once(string url, string prefer, HttpStatusCode status)
    {
        using var response = await server.SendAsync("GET", url, null, prefer.Length > 0 ? ["Prefer: " + prefer] : []);

        response.StatusCode.Should().Be(status);
        (await TestServer.ResourceOf(response)).Type.Name.Should().Be("OperationOutcome");
    }
}

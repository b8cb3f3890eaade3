using System.Net;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

public sealed class ReadTests(TestServer server) : IClassFixture<TestServer>
{
    [DatabaseTheory, EachDatabase]
    [Rule("http", "versioning",
        "Every version has meta.versionId and meta.lastUpdated, told as ETag and Last-Modified too.")]
    [Rule("http", "read", "Read gives the current version, with its id, ETag and Last-Modified.")]
    public async Task Read_of_a_stored_resource_answers_its_bytes_with_version_headers(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var put = await here.PutPatientAsync("read-1");

        using var read = await here.SendAsync("GET", "Patient/read-1");

        read.StatusCode.Should().Be(HttpStatusCode.OK);
        read.Headers.ETag!.ToString().Should().Be("W/\"1\"");
        read.Content.Headers.LastModified.Should().NotBeNull();
        read.Content.Headers.ContentType!.ToString().Should().Be("application/fhir+json; charset=utf-8");
        (await read.Content.ReadAsStringAsync()).Should().Be(await put.Content.ReadAsStringAsync());
    }

    [DatabaseTheory]
    [EachDatabase("If-None-Match: W/\"1\"", HttpStatusCode.NotModified)]
    [EachDatabase("If-None-Match: W/\"7\", W/\"1\"", HttpStatusCode.NotModified)]
    [EachDatabase("If-None-Match: W/\"2\"", HttpStatusCode.OK)]
    [EachDatabase("If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT", HttpStatusCode.NotModified)]
    [EachDatabase("If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT", HttpStatusCode.OK)]
    [Rule("http", "cread", "If-None-Match and If-Modified-Since answer 304 when nothing has changed.")]
    public async Task Read_with_a_condition_answers_304_when_nothing_changed(
        DatabaseEngine engine, string header, HttpStatusCode expected)
    {
        var here = await server.OnAsync(engine);
        using var _ = await here.PutPatientAsync("read-conditional-" + header.Length + (int)expected);

        using var read = await here.SendAsync(
            "GET", "Patient/read-conditional-" + header.Length + (int)expected, null, header);

        read.StatusCode.Should().Be(expected);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "read", "HEAD answers like GET, without the body.")]
    public async Task Head_answers_the_headers_of_read_without_a_body(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var _ = await here.PutPatientAsync("head-1");

        using var head = await here.SendAsync("HEAD", "Patient/head-1");

        head.StatusCode.Should().Be(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.Should().BeGreaterThan(50);
        (await head.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "read", "Read of what never was is 404, of what was deleted 410.")]
    public async Task Read_of_what_never_was_is_404_and_of_what_was_deleted_is_410(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var put = await here.PutPatientAsync("gone-1");
        using var deleted = await here.SendAsync("DELETE", "Patient/gone-1");

        using var never = await here.SendAsync("GET", "Patient/never-was");
        using var gone = await here.SendAsync("GET", "Patient/gone-1");

        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        never.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await TestServer.IssueOf(never)).Code.Should().Be("not-found");
        gone.StatusCode.Should().Be(HttpStatusCode.Gone);
        (await TestServer.IssueOf(gone)).Code.Should().Be("deleted");
    }

    [DatabaseTheory]
    [EachDatabase("1", HttpStatusCode.OK)]
    [EachDatabase("2", HttpStatusCode.OK)]
    [EachDatabase("3", HttpStatusCode.Gone)]
    [EachDatabase("4", HttpStatusCode.NotFound)]
    [EachDatabase("x", HttpStatusCode.NotFound)]
    [Rule("http", "vread", "Each version is read as it was, the version of a deletion is 410.")]
    public async Task Vread_answers_each_version_as_it_was(
        DatabaseEngine engine, string version, HttpStatusCode expected)
    {
        var here = await server.OnAsync(engine);
        var id = "versions-" + version;
        using var first = await here.PutPatientAsync(id, "Vanha");
        using var second = await here.PutPatientAsync(id, "Uusi");
        using var third = await here.SendAsync("DELETE", $"Patient/{id}");

        using var read = await here.SendAsync("GET", $"Patient/{id}/_history/{version}");

        read.StatusCode.Should().Be(expected);
        if (expected == HttpStatusCode.OK)
            (await TestServer.ResourceOf(read))["name"]!.Text("family").Should().Be(version == "1" ? "Vanha" : "Uusi");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "parameters", "_summary and _elements give a part of the resource, tagged SUBSETTED.")]
    public async Task Read_with_elements_answers_those_and_the_tag_that_says_so(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var _ = await here.SendAsync(
            "PUT", "Patient/part-1",
            """{"resourceType":"Patient","id":"part-1","gender":"female","name":[{"family":"Osa"}]}""");

        using var read = await here.SendAsync("GET", "Patient/part-1?_elements=gender");

        var patient = await TestServer.ResourceOf(read);
        patient.Text("gender").Should().Be("female");
        patient["name"].Should().BeNull();
        patient["meta"]!["tag"]!.Text("code").Should().Be("SUBSETTED");
    }
}

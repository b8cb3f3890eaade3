using System.Net;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>RFC 9110, 9.3.2, and what else is told without a resource of its own.</summary>
public sealed class HeadTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("Patient/head-1")]
    [InlineData("Patient/head-1/_history/1")]
    [InlineData("Patient/head-1/_history")]
    [InlineData("Patient?_id=head-1")]
    [InlineData("metadata")]
    [InlineData("Patient/head-none")]
    [Rule("http", "read", "HEAD answers like GET, without the body.")]
    public async Task Head_answers_as_get_without_the_body(string url)
    {
        using var made = await server.PutPatientAsync("head-1");

        using var get = await server.SendAsync("GET", url);
        using var head = await server.SendAsync("HEAD", url);

        head.StatusCode.Should().Be(get.StatusCode);
        head.Headers.ETag.Should().Be(get.Headers.ETag);
        head.Content.Headers.LastModified.Should().Be(get.Content.Headers.LastModified);
        head.Content.Headers.ContentType.Should().Be(get.Content.Headers.ContentType);
        head.Content.Headers.ContentLength.Should().Be((await get.Content.ReadAsByteArrayAsync()).Length);
        (await head.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "update", "Update of what was deleted brings it back.")]
    public async Task Update_brings_back_what_was_deleted_with_the_next_version(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var made = await here.PutPatientAsync("undelete");
        using var deleted = await here.SendAsync("DELETE", "Patient/undelete");

        using var back = await here.PutPatientAsync("undelete", "Uusi");
        using var read = await here.SendAsync("GET", "Patient/undelete");
        using var gone = await here.SendAsync("GET", "Patient/undelete/_history/2");

        back.StatusCode.Should().Be(HttpStatusCode.Created);
        back.Headers.ETag!.ToString().Should().Be("W/\"3\"");
        read.StatusCode.Should().Be(HttpStatusCode.OK);
        gone.StatusCode.Should().Be(HttpStatusCode.Gone);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "3.1.0.7.1", "Several matches are 412 and nothing is deleted.")]
    public async Task Conditional_delete_takes_one_match_and_never_several(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var first = await here.PutPatientAsync("several-1", "Monikko");
        using var second = await here.PutPatientAsync("several-2", "Monikko");

        using var several = await here.SendAsync("DELETE", "Patient?family=Monikko");
        using var one = await here.SendAsync("DELETE", "Patient?family=Monikko&_id=several-1");
        using var none = await here.SendAsync("DELETE", "Patient?family=Monikko&_id=several-1");
        using var kept = await here.SendAsync("GET", "Patient/several-2");

        several.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        one.StatusCode.Should().Be(HttpStatusCode.NoContent);
        none.StatusCode.Should().Be(HttpStatusCode.NoContent);
        kept.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Versions_tells_R4()
    {
        using var answer = await server.SendAsync("GET", "$versions");

        (await TestServer.ResourceOf(answer)).All("parameter").Select(p => (p.Text("name"), p.Text("value")))
            .Should().Equal(("version", "4.0"), ("default", "4.0"));
    }
}

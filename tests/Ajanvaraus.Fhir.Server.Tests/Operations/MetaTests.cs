using System.Net;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Tests.Rest;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Operations;

public sealed class MetaTests(TestServer server) : IClassFixture<TestServer>
{
    private static string Meta(string meta) =>
        $$"""{"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{{meta}}}]}""";

    private static async Task<ElementNode> ReturnOf(HttpResponseMessage response)
    {
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var parameter = (await TestServer.ResourceOf(response)).All("parameter").Single();
        parameter.Text("name").Should().Be("return");
        return parameter["value"]!;
    }

    private static IEnumerable<string> Codes(ElementNode meta, string name) =>
        meta.All(name).Select(t => $"{t.Text("system")}|{t.Text("code")}");

    [DatabaseTheory, EachDatabase]
    public async Task Tags_are_added_once_and_deleted_without_a_new_version_and_found_by(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var put = await here.PutPatientAsync("meta-1");
        const string tags = """
            {"tag":[{"system":"urn:test:tag","code":"a","display":"A"},{"system":"urn:test:tag","code":"b"}],
            "security":[{"system":"urn:test:label","code":"s"}]}
            """;

        using var first = await here.SendAsync("POST", "Patient/meta-1/$meta-add", Meta(tags));
        using var again = await here.SendAsync("POST", "Patient/meta-1/$meta-add", Meta(tags));
        using var found = await here.SendAsync("GET", "Patient?_tag=urn:test:tag|b&_security=urn:test:label|s");
        using var deleted = await here.SendAsync("POST", "Patient/meta-1/$meta-delete", Meta(
            """{"tag":[{"system":"urn:test:tag","code":"b"},{"code":"a"}]}"""));
        using var lost = await here.SendAsync("GET", "Patient?_tag=urn:test:tag|b");
        using var read = await here.SendAsync("GET", "Patient/meta-1");

        Codes(await ReturnOf(first), "tag").Should().Equal("urn:test:tag|a", "urn:test:tag|b");
        Codes(await ReturnOf(again), "tag").Should().Equal("urn:test:tag|a", "urn:test:tag|b");
        (await TestServer.ResourceOf(found)).All("entry").Select(e => e["resource"]!.Id).Should().Equal("meta-1");
        Codes(await ReturnOf(deleted), "tag").Should().Equal("urn:test:tag|a");
        (await TestServer.ResourceOf(lost)).All("entry").Should().BeEmpty();
        var patient = await TestServer.ResourceOf(read);
        patient["meta"]!.Text("versionId").Should().Be("1");
        Codes(patient["meta"]!, "security").Should().Equal("urn:test:label|s");
        patient["name"]!.Text("family").Should().Be("Testi");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Meta_of_a_type_and_of_the_server_tells_what_is_in_use(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var put = await here.SendAsync("PUT", "Basic/meta-2", """
            {"resourceType":"Basic","id":"meta-2","code":{"text":"x"},"meta":{"profile":["http://example.org/meta-2"],
            "tag":[{"system":"urn:test:meta-2","code":"x"}],"security":[{"code":"no-system"}]}}
            """);

        using var ofType = await here.SendAsync("GET", "Basic/$meta");
        using var ofAll = await here.SendAsync("GET", "$meta");
        using var ofOther = await here.SendAsync("GET", "Account/$meta");
        using var ofOne = await here.SendAsync("GET", "Basic/meta-2/$meta");

        foreach (var response in (HttpResponseMessage[])[ofType, ofAll, ofOne])
        {
            var meta = await ReturnOf(response);
            Codes(meta, "tag").Should().Contain("urn:test:meta-2|x");
            Codes(meta, "security").Should().Contain("|no-system");
            meta.All("profile").Select(p => p.Value).Should().Contain("http://example.org/meta-2");
        }
        (await TestServer.ResourceOf(ofOther)).Children.Should().BeEmpty();
        (await ReturnOf(ofOne)).Text("versionId").Should().Be("1");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "history", "$meta, $meta-add and $meta-delete work on one version, also of what was deleted, and nothing is found by an old one.")]
    public async Task Tags_of_one_version_are_told_and_changed(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var one = await here.PutPatientAsync("meta-5");
        using var two = await here.PutPatientAsync("meta-5");
        const string old = """{"tag":[{"system":"urn:test:version","code":"old"}]}""";
        const string now = """{"tag":[{"system":"urn:test:version","code":"now"}]}""";

        using var ofOld = await here.SendAsync("POST", "Patient/meta-5/_history/1/$meta-add", Meta(old));
        using var ofNow = await here.SendAsync("POST", "Patient/meta-5/_history/2/$meta-add", Meta(now));
        using var read = await here.SendAsync("GET", "Patient/meta-5/_history/1/$meta");
        using var stale = await here.SendAsync(
            "POST", "Patient/meta-5/_history/1/$meta-delete", Meta(old), "If-Match: W/\"2\"");
        using var none = await here.SendAsync("POST", "Patient/meta-5/_history/9/$meta-add", Meta(old));
        using var noNumber = await here.SendAsync("GET", "Patient/meta-5/_history/x/$meta");
        using var byOld = await here.SendAsync("GET", "Patient?_tag=urn:test:version|old");
        using var byNow = await here.SendAsync("GET", "Patient?_tag=urn:test:version|now");
        using var deletion = await here.SendAsync("DELETE", "Patient/meta-5");
        using var taken = await here.SendAsync("POST", "Patient/meta-5/_history/1/$meta-delete", Meta(old));
        using var ofDeletion = await here.SendAsync("POST", "Patient/meta-5/_history/3/$meta-add", Meta(old));
        using var history = await here.SendAsync("GET", "Patient/meta-5/_history");

        Codes(await ReturnOf(ofOld), "tag").Should().Equal("urn:test:version|old");
        Codes(await ReturnOf(ofNow), "tag").Should().Equal("urn:test:version|now");
        (await ReturnOf(read)).Text("versionId").Should().Be("1");
        stale.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        none.StatusCode.Should().Be(HttpStatusCode.NotFound);
        noNumber.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await TestServer.ResourceOf(byOld)).All("entry").Should().BeEmpty();
        (await TestServer.ResourceOf(byNow)).All("entry").Should().HaveCount(1);
        Codes(await ReturnOf(taken), "tag").Should().BeEmpty();
        ofDeletion.StatusCode.Should().Be(HttpStatusCode.Gone);
        (await TestServer.ResourceOf(history)).All("entry").Select(e => e["resource"]?["meta"]?.Text("versionId"))
            .Should().Equal(null, "2", "1");
    }

    [Theory]
    [InlineData("Patient/meta-none/$meta-add", """{"tag":[{"code":"a"}]}""", HttpStatusCode.NotFound)]
    [InlineData("Patient/meta-3/$meta-add", """{"profile":["not a canonical"]}""", HttpStatusCode.UnprocessableEntity)]
    public async Task What_cannot_be_added_is_refused(string url, string meta, HttpStatusCode status)
    {
        using var put = await server.PutPatientAsync("meta-3");

        using var refused = await server.SendAsync("POST", url, Meta(meta));

        refused.StatusCode.Should().BeOneOf(status, HttpStatusCode.BadRequest);
        (await TestServer.ResourceOf(refused)).Type.Name.Should().Be("OperationOutcome");
    }

    [Fact]
    public async Task Without_meta_or_with_a_stale_version_nothing_is_changed()
    {
        using var put = await server.PutPatientAsync("meta-4");

        using var missing = await server.SendAsync(
            "POST", "Patient/meta-4/$meta-add", """{"resourceType":"Parameters","parameter":[]}""");
        using var stale = await server.SendAsync(
            "POST", "Patient/meta-4/$meta-add", Meta("""{"tag":[{"code":"a"}]}"""), "If-Match: W/\"7\"");
        using var byGet = await server.SendAsync("GET", "Patient/meta-4/$meta-add");
        using var read = await server.SendAsync("GET", "Patient/meta-4");

        missing.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        stale.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        byGet.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        (await TestServer.ResourceOf(read))["meta"]!.All("tag").Should().BeEmpty();
    }
}

using System.Net;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

public sealed class WriteTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Nameless = """{"resourceType":"Patient","id":"ignored","active":true}""";

    [DatabaseTheory, EachDatabase]
    [Rule("http", "create",
        "Create gives an id of the server's, 201, Location with the version, ETag and Last-Modified.")]
    public async Task Create_gives_an_id_and_tells_where_the_resource_is(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);

        using var created = await here.SendAsync("POST", "Patient", Nameless);

        created.StatusCode.Should().Be(HttpStatusCode.Created);
        var patient = await TestServer.ResourceOf(created);
        patient.Id.Should().NotBe("ignored");
        created.Headers.Location!.ToString().Should().EndWith($"/fhir/Patient/{patient.Id}/_history/1");
        created.Headers.ETag!.ToString().Should().Be("W/\"1\"");
    }

    [DatabaseTheory]
    [EachDatabase("return=minimal", "")]
    [EachDatabase("return=representation", "Patient")]
    [EachDatabase("return=OperationOutcome", "OperationOutcome")]
    [Rule("http", "ops",
        "Prefer: return=minimal, representation or OperationOutcome decides what a write answers with.")]
    public async Task Prefer_return_decides_the_body(DatabaseEngine engine, string preference, string expectedType)
    {
        var here = await server.OnAsync(engine);

        using var created = await here.SendAsync("POST", "Patient", Nameless, "Prefer: " + preference);

        created.StatusCode.Should().Be(HttpStatusCode.Created);
        var body = await created.Content.ReadAsByteArrayAsync();
        if (expectedType.Length == 0)
            body.Should().BeEmpty();
        else
            (await TestServer.ResourceOf(created)).Type.Name.Should().Be(expectedType);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "ccreate", "If-None-Exist: no match creates, one match is 200 and left alone, several are 412.")]
    public async Task Create_with_If_None_Exist_makes_one_and_then_finds_it(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        const string body =
            """{"resourceType":"Patient","identifier":[{"system":"urn:test:once","value":"1"}]}""";
        const string condition = "If-None-Exist: identifier=urn:test:once|1";

        using var first = await here.SendAsync("POST", "Patient", body, condition);
        using var second = await here.SendAsync("POST", "Patient", body, condition);

        first.StatusCode.Should().Be(HttpStatusCode.Created);
        second.StatusCode.Should().Be(HttpStatusCode.OK);
        second.Headers.Location.Should().Be(first.Headers.Location);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "versioning", "The server sets versionId and lastUpdated; each change makes another version.")]
    [Rule("http", "update", "Update makes the next version and answers 200.")]
    [Rule("http", "concurrency", "If-Match of another version is 412.")]
    public async Task Update_makes_the_next_version_and_needs_the_version_that_If_Match_names(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var first = await here.PutPatientAsync("match-1", "A");

        using var stale = await here.PutPatientAsync("match-1", "B", "If-Match: W/\"7\"");
        using var right = await here.PutPatientAsync("match-1", "B", "If-Match: W/\"1\"");

        first.StatusCode.Should().Be(HttpStatusCode.Created);
        stale.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        (await TestServer.IssueOf(stale)).Code.Should().Be("conflict");
        right.StatusCode.Should().Be(HttpStatusCode.OK);
        right.Headers.ETag!.ToString().Should().Be("W/\"2\"");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "upsert", "Update of an id that is not there creates it with 201; If-None-Match: * only creates.")]
    public async Task Update_with_If_None_Match_star_only_creates(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var created = await here.PutPatientAsync("create-only", "A", "If-None-Match: *");

        using var again = await here.PutPatientAsync("create-only", "A", "If-None-Match: *");

        created.StatusCode.Should().Be(HttpStatusCode.Created);
        again.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "cond-update", "Conditional update: no match creates, one is updated, several are 412.")]
    public async Task Conditional_update_creates_then_updates_then_refuses_several(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        static string Body(string family) =>
            $$"""{"resourceType":"Patient","identifier":[{"system":"urn:test:cond","value":"1"}],"name":[{"family":"{{family}}"}]}""";
        const string url = "Patient?identifier=urn:test:cond|1";

        using var first = await here.SendAsync("PUT", url, Body("A"));
        using var second = await here.SendAsync("PUT", url, Body("B"));
        using var other = await here.SendAsync("POST", "Patient", Body("C"));
        using var third = await here.SendAsync("PUT", url, Body("D"));

        first.StatusCode.Should().Be(HttpStatusCode.Created);
        second.StatusCode.Should().Be(HttpStatusCode.OK);
        (await TestServer.ResourceOf(second)).Id.Should().Be((await TestServer.ResourceOf(first)).Id);
        third.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "3.1.0.7.1", "Conditional delete takes the one match.")]
    public async Task Conditional_delete_deletes_the_one_that_meets_it(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var put = await here.SendAsync(
            "PUT", "Patient/cond-del",
            """{"resourceType":"Patient","id":"cond-del","identifier":[{"system":"urn:test:del","value":"1"}]}""");

        using var deleted = await here.SendAsync("DELETE", "Patient?identifier=urn:test:del|1");
        using var read = await here.SendAsync("GET", "Patient/cond-del");

        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        read.StatusCode.Should().Be(HttpStatusCode.Gone);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "delete", "Delete answers 204, also when there is nothing to delete.")]
    public async Task Delete_of_what_is_not_there_is_done_already(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);

        using var deleted = await here.SendAsync("DELETE", "Patient/never-was");

        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "update", "The id of the body and of the address are the same, else 400.")]
    public async Task Update_of_another_id_than_the_body_has_is_refused_at_the_id(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);

        using var refused = await here.SendAsync("PUT", "Patient/a", TestServer.Patient("b", "A"));

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await TestServer.IssueOf(refused)).Expression.Should().Be("Patient.id");
    }

    [DatabaseTheory]
    [EachDatabase("If-None-Exist:")]
    [EachDatabase("If-None-Exist: ?")]
    [EachDatabase("If-None-Exist: Patient?identifier=")]
    [Rule("http", "ccreate", "A condition without criteria that narrow is 412.")]
    public async Task A_condition_of_create_without_criteria_is_412(DatabaseEngine engine, string header)
    {
        var here = await server.OnAsync(engine);

        using var response = await here.SendAsync("POST", "Patient", """{"resourceType":"Patient"}""", header);

        response.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
    }
}

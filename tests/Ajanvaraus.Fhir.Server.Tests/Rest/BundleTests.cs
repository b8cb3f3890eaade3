using System.Net;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

public sealed class BundleTests(TestServer server) : IClassFixture<TestServer>
{
    private static string Bundle(string type, params string[] entries) =>
        $$"""{"resourceType":"Bundle","type":"{{type}}","entry":[{{string.Join(',', entries)}}]}""";

    private static string Put(string id, string family) =>
        $$$"""{"resource":{{{TestServer.Patient(id, family)}}},"request":{"method":"PUT","url":"Patient/{{{id}}}"}}""";

    private static string Get(string url) => $$$"""{"request":{"method":"GET","url":"{{{url}}}"}}""";

    [DatabaseTheory, EachDatabase]
    [Rule("http", "trules", "References to urn:uuid are put right everywhere in a resource.")]
    public async Task Transaction_resolves_temporary_and_conditional_references_also_nested_ones(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var known = await here.SendAsync(
            "PUT", "Practitioner/tx-known",
            """{"resourceType":"Practitioner","id":"tx-known","identifier":[{"system":"urn:test:tx","value":"1"}]}""");

        using var done = await here.SendAsync("POST", "", Bundle(
            "transaction",
            """{"fullUrl":"urn:uuid:0c2f6a0e-7a50-4c33-9f0e-1d1f6c7c0001","resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient"}}""",
            """
            {"resource":{"resourceType":"Observation","id":"tx-obs","status":"final","code":{"text":"x"},
            "subject":{"reference":"urn:uuid:0c2f6a0e-7a50-4c33-9f0e-1d1f6c7c0001"},
            "performer":[{"reference":"Practitioner?identifier=urn:test:tx|1"}],
            "extension":[{"url":"urn:test:nested","extension":[{"url":"who",
            "valueReference":{"reference":"urn:uuid:0c2f6a0e-7a50-4c33-9f0e-1d1f6c7c0001"}}]}]},
            "request":{"method":"PUT","url":"Observation/tx-obs"}}
            """,
            Get("Observation/tx-obs")));

        done.StatusCode.Should().Be(HttpStatusCode.OK);
        var entries = (await TestServer.ResourceOf(done)).All("entry").ToList();
        var patient = entries[0]["response"]!.Text("location")!.Split("/_history")[0];
        var observation = entries[2]["resource"]!;
        observation["subject"]!.Text("reference").Should().Be(patient);
        observation["performer"]!.Text("reference").Should().Be("Practitioner/tx-known");
        observation["extension"]!["extension"]!["value"]!.Text("reference").Should().Be(patient);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "trules", "A transaction is done whole or not at all; the outcome names the entry.")]
    public async Task Transaction_with_one_bad_entry_writes_nothing_and_says_which(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);

        using var refused = await here.SendAsync("POST", "", Bundle(
            "transaction", Put("atomic-1", "A"),
            """{"resource":{"resourceType":"Patient","id":"atomic-2","birthDate":"1.2.2020"},"request":{"method":"PUT","url":"Patient/atomic-2"}}"""));
        using var read = await here.SendAsync("GET", "Patient/atomic-1");

        ((int)refused.StatusCode).Should().BeInRange(400, 422);
        (await TestServer.IssueOf(refused)).Expression.Should().StartWith("Bundle.entry[1]");
        read.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "trules", "ifMatch, ifNoneMatch and ifNoneExist hold for their entry.")]
    public async Task Transaction_with_a_stale_ifMatch_writes_nothing(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var known = await here.PutPatientAsync("tx-match", "A");

        using var refused = await here.SendAsync("POST", "", Bundle(
            "transaction", Put("tx-other", "A"),
            $$$"""{"resource":{{{TestServer.Patient("tx-match", "B")}}},"request":{"method":"PUT","url":"Patient/tx-match","ifMatch":"W/\"9\""}}"""));
        using var read = await here.SendAsync("GET", "Patient/tx-other");

        refused.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        read.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "trules", "Identities that overlap make it fail.")]
    public async Task Transaction_that_writes_one_resource_twice_is_refused(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);

        using var refused = await here.SendAsync(
            "POST", "", Bundle("transaction", Put("twice", "A"), Put("twice", "B")));

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await TestServer.IssueOf(refused)).Should().Be(("duplicate", "Bundle.entry[1].request.url"));
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "trules", "The order is DELETE, POST, PUT and PATCH, GET; the answer has the order of the request.")]
    public async Task Transaction_deletes_before_it_creates_and_reads_last(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var known = await here.PutPatientAsync("order-1", "Jarjestys");

        using var done = await here.SendAsync("POST", "", Bundle(
            "transaction", Get("Patient?name=jarjestys&_summary=count"), Put("order-2", "Jarjestys"),
            """{"request":{"method":"DELETE","url":"Patient/order-1"}}"""));

        var entries = (await TestServer.ResourceOf(done)).All("entry").ToList();
        entries[0]["resource"]!.Text("total").Should().Be("1");
        entries[1]["response"]!.Text("status").Should().StartWith("201");
        entries[2]["response"]!.Text("status").Should().StartWith("204");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "brules", "Each entry of a batch stands alone: one that fails harms no other.")]
    public async Task Batch_runs_each_entry_on_its_own(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);

        using var done = await here.SendAsync("POST", "", Bundle(
            "batch", Put("batch-1", "A"), Get("Patient/never-was"),
            """{"resource":{"resourceType":"Patient","id":"batch-2","colour":"red"},"request":{"method":"PUT","url":"Patient/batch-2"}}""",
            Get("Patient/batch-1")));

        done.StatusCode.Should().Be(HttpStatusCode.OK);
        var entries = (await TestServer.ResourceOf(done)).All("entry").ToList();
        entries.Select(e => e["response"]!.Text("status")![..3]).Should().Equal("201", "404", "400", "200");
        entries[2]["response"]!["outcome"]!["issue"]!.Text("expression").Should().StartWith("Bundle.entry[2]");
        entries[3]["resource"]!.Id.Should().Be("batch-1");
    }

    [DatabaseTheory]
    [EachDatabase("""{"resourceType":"Bundle","type":"collection"}""", "Bundle.type")]
    [EachDatabase("""{"resourceType":"Patient"}""", "Patient")]
    [EachDatabase("""{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Patient"}}]}""",
        "Bundle.entry[0].request")]
    [EachDatabase("""{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"GET","url":"Nonsense/1"}}]}""",
        "Bundle.entry[0].request.url")]
    [Rule("http", "transaction", "Only a Bundle of type batch or transaction is taken at the base.")]
    public async Task What_is_no_batch_or_transaction_is_refused_where_it_is_wrong(
        DatabaseEngine engine, string body, string expression)
    {
        var here = await server.OnAsync(engine);

        using var refused = await here.SendAsync("POST", "", body);

        ((int)refused.StatusCode).Should().BeInRange(400, 404);
        (await TestServer.IssueOf(refused)).Expression.Should().Be(expression);
    }
}

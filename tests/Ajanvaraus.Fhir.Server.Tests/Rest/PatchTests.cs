using System.Net;
using System.Text;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>http://hl7.org/fhir/R4/http.html#patch.</summary>
public sealed class PatchTests(TestServer server) : IClassFixture<TestServer>
{
    private const string JsonPatch = "Content-Type: application/json-patch+json";

    [DatabaseTheory, EachDatabase]
    [Rule("http", "patch", "JSON Patch changes the resource.")]
    public async Task Json_patch_makes_a_new_version_with_the_method_in_its_history(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var made = await here.SendAsync("PUT", "Observation/patch-1", """
            {"resourceType":"Observation","id":"patch-1","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.50}}
            """);

        using var patched = await here.SendAsync(
            "PATCH", "Observation/patch-1", """[{"op":"replace","path":"/status","value":"amended"}]""", JsonPatch);
        using var history = await here.SendAsync("GET", "Observation/patch-1/_history");

        patched.StatusCode.Should().Be(HttpStatusCode.OK);
        patched.Headers.ETag!.ToString().Should().Be("W/\"2\"");
        var resource = await TestServer.ResourceOf(patched);
        resource.Text("status").Should().Be("amended");
        resource["value"]!.Text("value").Should().Be("1.50");
        (await TestServer.ResourceOf(history)).All("entry").Select(e => e["request"]!.Text("method"))
            .Should().Equal("PATCH", "PUT");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "patch", "FHIRPath Patch changes the resource, in JSON and XML.")]
    public async Task FhirPath_patch_works_in_json_and_in_xml(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var made = await here.PutPatientAsync("patch-path");

        using var json = await here.SendAsync("PATCH", "Patient/patch-path", Replace("Patient.name[0].family", "Uusi"));
        using var xml = await here.SendAsync(
            "PATCH", "Patient/patch-path", """
            <Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/>
            <part><name value="type"/><valueCode value="add"/></part>
            <part><name value="path"/><valueString value="Patient"/></part>
            <part><name value="name"/><valueString value="birthDate"/></part>
            <part><name value="value"/><valueDate value="1950-01-02"/></part></parameter></Parameters>
            """, "Content-Type: application/fhir+xml", "Accept: application/fhir+json");

        json.StatusCode.Should().Be(HttpStatusCode.OK);
        xml.StatusCode.Should().Be(HttpStatusCode.OK);
        var patient = await TestServer.ResourceOf(xml);
        (patient["name"]!.Text("family"), patient.Text("birthDate")).Should().Be(("Uusi", "1950-01-02"));
    }

    [DatabaseTheory, EachDatabase]
    public async Task Patch_that_changes_nothing_makes_no_version(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var made = await here.PutPatientAsync("patch-same");

        using var patched = await here.SendAsync(
            "PATCH", "Patient/patch-same", """[{"op":"test","path":"/id","value":"patch-same"}]""", JsonPatch);

        patched.StatusCode.Should().Be(HttpStatusCode.OK);
        patched.Headers.ETag!.ToString().Should().Be("W/\"1\"");
    }

    [Theory]
    [InlineData("""[{"op":"test","path":"/id","value":"other"}]""", 422, null)]
    [InlineData("""[{"op":"remove","path":"/birthDate"}]""", 422, null)]
    [InlineData("""[{"op":"add","path":"/birthDate","value":"1.2.1950"}]""", 422, "Patient.birthDate")]
    [InlineData("""[{"op":"add","path":"/shoeSize","value":43}]""", 422, "Patient.shoeSize")]
    [InlineData("""[{"op":"add","path":"/gender","value":{}}]""", 422, "Patient.gender")]
    [InlineData("""[{"op":"replace","path":"","value":null}]""", 422, null)]
    [InlineData("""[{"op":"replace","path":"/id","value":"other"}]""", 400, "Patient.id")]
    [InlineData("""[{"op":"replace","path":"","value":{"resourceType":"Basic","id":"patch-bad"}}]""", 400, "Patient.id")]
    [InlineData("""{"op":"remove"}""", 400, null)]
    [InlineData("""[{"op":"fly","path":"/id"}]""", 400, null)]
    [Rule("http", "patch", "A patch that fails changes nothing: a failed test is 422.")]
    public async Task Patch_that_cannot_be_done_changes_nothing_and_says_why(string patch, int status, string? expression)
    {
        using var made = await server.PutPatientAsync("patch-bad");

        using var refused = await server.SendAsync("PATCH", "Patient/patch-bad", patch, JsonPatch);
        using var read = await server.SendAsync("GET", "Patient/patch-bad");

        ((int)refused.StatusCode).Should().Be(status);
        (await TestServer.IssueOf(refused)).Expression.Should().Be(expression);
        read.Headers.ETag.Should().Be(made.Headers.ETag);
    }

    [Fact]
    public async Task Patch_of_what_is_not_there_is_404_and_of_what_is_deleted_410()
    {
        using var made = await server.PutPatientAsync("patch-gone");
        using var deleted = await server.SendAsync("DELETE", "Patient/patch-gone");

        using var gone = await server.SendAsync("PATCH", "Patient/patch-gone", "[]", JsonPatch);
        using var unknown = await server.SendAsync("PATCH", "Patient/patch-never", "[]", JsonPatch);
        using var noId = await server.SendAsync("PATCH", "Patient/a_b", "[]", JsonPatch);

        gone.StatusCode.Should().Be(HttpStatusCode.Gone);
        unknown.StatusCode.Should().Be(HttpStatusCode.NotFound);
        noId.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    [Rule("http", "patch", "If-Match holds for a patch too.")]
    public async Task If_Match_holds_for_a_patch_too()
    {
        using var made = await server.PutPatientAsync("patch-match");

        using var stale = await server.SendAsync(
            "PATCH", "Patient/patch-match", "[]", JsonPatch, "If-Match: W/\"9\"");

        stale.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Other_media_type_is_refused_with_those_that_are_read()
    {
        using var refused = await server.SendAsync(
            "PATCH", "Patient/patch-type", "<diff/>", "Content-Type: application/xml-patch+xml");
        using var wrong = await server.SendAsync("PATCH", "Patient/patch-type", TestServer.Patient("patch-type", "A"));
        using var elsewhere = await server.SendAsync("PUT", "Patient/patch-type", "[]", JsonPatch);

        refused.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        refused.Headers.GetValues("Accept-Patch").Should().ContainSingle()
            .Which.Should().Contain("application/json-patch+json");
        wrong.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        elsewhere.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "patch", "Conditional patch: one match is patched, none is 404, several are 412.")]
    public async Task Conditional_patch_takes_the_one_match(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        foreach (var (id, value) in new[] { ("c1", "one"), ("c2", "two"), ("c3", "two") })
            using (await here.SendAsync("PUT", $"Patient/patch-{id}", $$"""
                {"resourceType":"Patient","id":"patch-{{id}}","identifier":[{"system":"urn:test:patch","value":"{{value}}"}]}
                """))
            {
                // Made.
            }
        const string Patch = """[{"op":"add","path":"/active","value":true}]""";

        using var one = await here.SendAsync("PATCH", "Patient?identifier=urn:test:patch|one", Patch, JsonPatch);
        using var several = await here.SendAsync("PATCH", "Patient?identifier=urn:test:patch|two", Patch, JsonPatch);
        using var none = await here.SendAsync("PATCH", "Patient?identifier=urn:test:patch|zero", Patch, JsonPatch);
        using var everything = await here.SendAsync("PATCH", "Patient", Patch, JsonPatch);

        (await TestServer.ResourceOf(one)).Text("active").Should().Be("true");
        several.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        none.StatusCode.Should().Be(HttpStatusCode.NotFound);
        everything.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "trules", "A transaction patches by Binary and by Parameters.")]
    public async Task Transaction_patches_by_Binary_and_by_Parameters_that_link_to_its_entries(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var first = await here.PutPatientAsync("patch-tx1");
        using var second = await here.PutPatientAsync("patch-tx2");

        using var done = await here.SendAsync("POST", "", Bundle(
            "transaction",
            """
            {"fullUrl":"urn:uuid:0c2f6a0e-7a50-4c33-9f0e-1d1f6c7c0777","resource":{"resourceType":"Organization","name":"O"},
            "request":{"method":"POST","url":"Organization"}}
            """,
            BinaryPatch("patch-tx1", """[{"op":"replace","path":"/name/0/family","value":"Binary"}]"""),
            $$$"""
            {"resource":{"resourceType":"Parameters","parameter":[{"name":"operation","part":[
            {"name":"type","valueCode":"add"},{"name":"path","valueString":"Patient"},
            {"name":"name","valueString":"managingOrganization"},
            {"name":"value","valueReference":{"reference":"urn:uuid:0c2f6a0e-7a50-4c33-9f0e-1d1f6c7c0777"}}]}]},
            "request":{"method":"PATCH","url":"Patient/patch-tx2"}}
            """,
            """{"request":{"method":"GET","url":"Patient/patch-tx1"}}""",
            """{"request":{"method":"GET","url":"Patient/patch-tx2"}}"""));

        done.StatusCode.Should().Be(HttpStatusCode.OK);
        var entries = (await TestServer.ResourceOf(done)).All("entry").ToList();
        entries[1]["response"]!.Text("etag").Should().Be("W/\"2\"");
        entries[3]["resource"]!["name"]!.Text("family").Should().Be("Binary");
        entries[4]["resource"]!["managingOrganization"]!.Text("reference").Should()
            .Be(entries[0]["response"]!.Text("location")!.Split("/_history")[0]);
    }

    [Fact]
    public async Task Bundle_tells_the_entry_of_a_patch_that_fails()
    {
        using var made = await server.PutPatientAsync("patch-entry");
        var entries = new[]
        {
            BinaryPatch("patch-entry", """[{"op":"remove","path":"/birthDate"}]"""),
            BinaryPatch("patch-entry", "no patch"),
        };

        using var batch = await server.SendAsync("POST", "", Bundle("batch", entries));
        using var transaction = await server.SendAsync("POST", "", Bundle("transaction", entries[0]));

        var responses = (await TestServer.ResourceOf(batch)).All("entry").Select(e => e["response"]!).ToList();
        responses.Select(r => r.Text("status")).Should().Equal("422 Unprocessable Entity", "400 Bad Request");
        responses[1]["outcome"]!["issue"]!.Text("expression").Should().Be("Bundle.entry[1].resource.data");
        transaction.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await TestServer.IssueOf(transaction)).Expression.Should().Be("Bundle.entry[0].resource");
    }

    private static string Replace(string path, string value) => $$"""
        {"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"replace"},
        {"name":"path","valueString":"{{path}}"},{"name":"value","valueString":"{{value}}"}]}]}
        """;

    private static string BinaryPatch(string id, string patch) => $$"""
        {"resource":{"resourceType":"Binary","contentType":"application/json-patch+json",
        "data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(patch))}}"},
        "request":{"method":"PATCH","url":"Patient/{{id}}"} }
        """;

    [DatabaseTheory, EachDatabase]
    public async Task A_patch_that_breaks_a_profile_which_the_resource_claims_is_refused(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var profile = await here.SendAsync("PUT", "StructureDefinition/patched", """
            {"resourceType":"StructureDefinition","id":"patched","url":"http://example.org/patched","name":"Patched",
            "status":"active","kind":"resource","abstract":false,"type":"Patient","derivation":"constraint",
            "baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient",
            "differential":{"element":[{"id":"Patient.birthDate","path":"Patient.birthDate","min":1}]}}
            """);
        using var made = await here.SendAsync("PUT", "Patient/patch-profile", """
            {"resourceType":"Patient","id":"patch-profile","meta":{"profile":["http://example.org/patched"]},
            "birthDate":"1950-01-02"}
            """);

        using var patched = await here.SendAsync(
            "PATCH", "Patient/patch-profile", """[{"op":"remove","path":"/birthDate"}]""", JsonPatch);

        made.StatusCode.Should().Be(HttpStatusCode.Created);
        patched.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await TestServer.ResourceOf(patched))["issue"]!.Text("expression").Should().Be("Patient.birthDate");
    }

    private static string Bundle(string type, params string[] entries) =>
        $$"""{"resourceType":"Bundle","type":"{{type}}","entry":[{{string.Join(',', entries)}}]}""";
}

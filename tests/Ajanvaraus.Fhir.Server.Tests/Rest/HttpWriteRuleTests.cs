using System.Net;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>What http://hl7.org/fhir/R4/http.html says of ids, addresses and versions, over HTTP.</summary>
public sealed class HttpWriteRuleTests(TestServer server) : IClassFixture<TestServer>
{
    private static string Patient(string id, string more) =>
        $$"""{"resourceType":"Patient"{{(id.Length > 0 ? $",\"id\":\"{id}\"" : "")}}{{more}}}""";

    private static string Identified(string id, string value) =>
        Patient(id, $$""","identifier":[{"system":"urn:test:rules","value":"{{value}}"}]""");

    [DatabaseTheory, EachDatabase]
    [Rule("http", "create", "An id, versionId and lastUpdated that come with a create are not heeded.")]
    public async Task Create_heeds_no_id_and_no_version_of_the_client(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);

        using var created = await here.SendAsync("POST", "Patient", Patient(
            "chosen", ""","meta":{"versionId":"7","lastUpdated":"2001-01-01T00:00:00Z"}"""));

        created.StatusCode.Should().Be(HttpStatusCode.Created);
        var patient = await TestServer.ResourceOf(created);
        patient.Id.Should().NotBe("chosen");
        patient["meta"]!.Text("versionId").Should().Be("1");
        patient["meta"]!.Text("lastUpdated").Should().NotStartWith("2001");
        created.Headers.Location!.ToString().Should().EndWith($"/Patient/{patient.Id}/_history/1");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "update", "A body without an id, and one of another type, are 400; versionId and lastUpdated are not heeded.")]
    public async Task Update_needs_the_id_and_the_type_of_its_address(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);

        using var without = await here.SendAsync("PUT", "Patient/rule-1", Patient("", ""));
        using var other = await here.SendAsync("PUT", "Patient/rule-1", """{"resourceType":"Basic","id":"rule-1","code":{"text":"x"}}""");
        using var stale = await here.SendAsync("PUT", "Patient/rule-1", Patient("rule-1", ""","meta":{"versionId":"9"}"""));

        without.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        other.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        stale.StatusCode.Should().Be(HttpStatusCode.Created);
        (await TestServer.ResourceOf(stale))["meta"]!.Text("versionId").Should().Be("1");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "cond-update", "An id in the body of a conditional update is that of the one match, or of what is created; another one is 400.")]
    public async Task Conditional_update_with_an_id_creates_that_or_updates_that(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        const string url = "Patient?identifier=urn:test:rules|one";

        using var created = await here.SendAsync("PUT", url, Identified("rule-2", "one"));
        using var updated = await here.SendAsync("PUT", url, Identified("rule-2", "one"));
        using var without = await here.SendAsync("PUT", url, Identified("", "one"));
        using var differs = await here.SendAsync("PUT", url, Identified("rule-3", "one"));
        using var read = await here.SendAsync("GET", "Patient/rule-2");

        created.StatusCode.Should().Be(HttpStatusCode.Created);
        created.Headers.Location!.ToString().Should().Contain("/Patient/rule-2/");
        updated.StatusCode.Should().Be(HttpStatusCode.OK);
        without.StatusCode.Should().Be(HttpStatusCode.OK);
        differs.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        read.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [DatabaseTheory]
    [EachDatabase("patient/rule-4")]
    [EachDatabase("PATIENT?_id=rule-4")]
    [EachDatabase("Patient/RULE-4")]
    [EachDatabase("Patient/rule-4/_History")]
    [Rule("http", "versioning", "Addresses are compared with case: types, ids and the names of interactions.")]
    public async Task Address_in_other_case_names_nothing(DatabaseEngine engine, string url)
    {
        var here = await server.OnAsync(engine);
        (await here.PutPatientAsync("rule-4")).Dispose();

        using var answer = await here.SendAsync("GET", url);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await TestServer.ResourceOf(answer)).Type.Name.Should().Be("OperationOutcome");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "vread", "A version that there is not is 404, also when it is no number.")]
    public async Task Version_that_there_is_not_is_404(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        (await here.PutPatientAsync("rule-5")).Dispose();

        foreach (var version in (string[])["2", "0", "-1", "abc", "99999999999"])
        {
            using var answer = await here.SendAsync("GET", $"Patient/rule-5/_history/{version}");
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound, version);
        }
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "search", "A search by POST takes criteria of its address and of its form together.")]
    public async Task Criteria_of_address_and_form_must_all_be_met(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        (await here.SendAsync("PUT", "Patient/rule-6", Identified("rule-6", "both"))).Dispose();
        (await here.SendAsync("PUT", "Patient/rule-7", Identified("rule-7", "both"))).Dispose();

        using var found = await here.SendAsync(
            "POST", "Patient/_search?_id=rule-6", "identifier=urn:test:rules|both",
            "Content-Type: application/x-www-form-urlencoded");

        (await TestServer.ResourceOf(found)).All("entry").Select(e => e["resource"]!.Id).Should().Equal("rule-6");
    }

    [Theory]
    [InlineData("GET", "Accept: application/fhir+json; fhirVersion=5.0", HttpStatusCode.NotAcceptable)]
    [InlineData("GET", "Accept: application/fhir+json; fhirVersion=4.0", HttpStatusCode.OK)]
    [InlineData("PUT", "Content-Type: application/fhir+json; fhirVersion=3.0", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("PUT", "Content-Type: application/fhir+json; fhirVersion=4.0; charset=utf-8", HttpStatusCode.OK)]
    [Rule("http", "mime-type", "fhirVersion of a media type is 4.0; another one is 406 where it is accepted, 415 where it is sent.")]
    public async Task Another_version_of_FHIR_is_not_spoken(string method, string header, HttpStatusCode status)
    {
        (await server.PutPatientAsync("rule-8")).Dispose();

        using var answer = await server.SendAsync(
            method, "Patient/rule-8", method == "PUT" ? TestServer.Patient("rule-8", "Testi") : null, header);

        answer.StatusCode.Should().Be(status);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "history", "Each entry of a history has its request and response; the Bundle has a self link and is of type history.")]
    public async Task History_is_a_bundle_that_a_client_can_replay(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        (await here.PutPatientAsync("rule-9")).Dispose();
        (await here.SendAsync("DELETE", "Patient/rule-9")).Dispose();

        using var answer = await here.SendAsync("GET", "Patient/rule-9/_history");
        var bundle = await TestServer.ResourceOf(answer);

        bundle.Text("type").Should().Be("history");
        bundle.All("link").Select(l => l.Text("relation")).Should().Contain("self");
        bundle.All("entry").Select(e => (e["request"]!.Text("method"), e["response"]!.Text("status")?[..3]))
            .Should().Equal(("DELETE", "204"), ("PUT", "201"));
        bundle.All("entry").Select(e => e.Text("fullUrl")).Should().AllSatisfy(u => u.Should().EndWith("/fhir/Patient/rule-9"));
    }

    [DatabaseTheory]
    [EachDatabase("POST", "Nonsense", "{}", 404)]
    [EachDatabase("POST", "Patient", """{"resourceType":"Patient","gender":"no-such"}""", 422)]
    [EachDatabase("POST", "Patient", """{"resourceType":"Patient","nonsense":1}""", 400)]
    [EachDatabase("POST", "Patient", """{"resourceType":"Patient",""", 400)]
    [EachDatabase("PUT", "Patient/ä", """{"resourceType":"Patient","id":"ä"}""", 400)]
    [Rule("http", "Status-Codes", "An unknown type is 404, what cannot be read 400, what breaks a rule 422, each with an OperationOutcome.")]
    public async Task Refusal_of_a_write_has_the_status_of_its_cause(
        DatabaseEngine engine, string method, string url, string body, int status)
    {
        var here = await server.OnAsync(engine);

        using var answer = await here.SendAsync(method, url, body);

        ((int)answer.StatusCode).Should().Be(status);
        ElementNode outcome = await TestServer.ResourceOf(answer);
        outcome.Type.Name.Should().Be("OperationOutcome");
    }
}

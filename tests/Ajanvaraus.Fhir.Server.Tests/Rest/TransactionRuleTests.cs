using System.Net;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>The rules of http://hl7.org/fhir/R4/http.html#trules that <see cref="BundleTests"/> leaves.</summary>
public sealed class TransactionRuleTests(TestServer server) : IClassFixture<TestServer>
{
    private static string Transaction(params string[] entries) =>
        $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""";

    private static string Entry(string resource, string method, string url, string more = "", string fullUrl = "") => $$$"""
        {{{{(fullUrl.Length > 0 ? $"\"fullUrl\":\"{fullUrl}\"," : "")}}}"resource":{{{resource}}},
        "request":{"method":"{{{method}}}","url":"{{{url}}}"{{{more}}}}}
        """;

    private static string Identified(string value, string more = "") => $$"""
        {"resourceType":"Patient","identifier":[{"system":"urn:test:rule","value":"{{value}}"}]{{more}}}
        """;

    private static async Task<List<string>> StatusesOf(HttpResponseMessage response)
    {
        response.StatusCode.Should().Be(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return [.. (await TestServer.ResourceOf(response)).All("entry").Select(e => e["response"]!.Text("status")![..3])];
    }

    [DatabaseTheory, EachDatabase]
    public async Task Temporary_reference_to_an_entry_of_the_wrong_type_is_refused(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        const string url = "urn:uuid:6d0a3c0a-1f2e-4f2c-8a54-0d7b4e9b1c01";
        const string observation = $$$"""
            {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"{{{url}}}"}}
            """;

        using var refused = await here.SendAsync("POST", "", Transaction(
            Entry("""{"resourceType":"Practitioner"}""", "POST", "Practitioner", fullUrl: url),
            Entry(observation, "POST", "Observation")));
        using var done = await here.SendAsync("POST", "", Transaction(
            Entry("""{"resourceType":"Patient"}""", "POST", "Patient", fullUrl: url),
            Entry(observation, "POST", "Observation")));

        refused.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await TestServer.IssueOf(refused)).Expression.Should().Be("Bundle.entry[1].resource.subject.reference");
        done.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>Names of the patient that the observation is of, and where the transaction is wrong.</summary>
    [Theory]
    [InlineData(""" "name":[{"text":"n"}], """, null)]
    [InlineData("", "Bundle.entry[3].resource.subject")]
    public async Task Profiles_and_targets_in_one_transaction_count_together(string name, string? expected)
    {
        const string url = "urn:uuid:6d0a3c0a-1f2e-4f2c-8a54-0d7b4e9b1c02";
        var id = expected is null ? "tp-good" : "tp-bad";
        string Profile(string own, string type, string element) => $$$"""
            {"resourceType":"StructureDefinition","id":"{{{id}}}-{{{own}}}","url":"http://example.org/{{{id}}}/{{{own}}}","name":"P","status":"active",
             "kind":"resource","abstract":false,"type":"{{{type}}}","baseDefinition":"http://hl7.org/fhir/StructureDefinition/{{{type}}}",
             "derivation":"constraint","differential":{"element":[{{{element}}}]}}
            """;
        var named = Profile("named", "Patient", """{"id":"Patient.name","path":"Patient.name","min":1}""");
        var ofNamed = Profile("of-named", "Observation", $$"""
            {"id":"Observation.subject","path":"Observation.subject","min":1,"type":[{"code":"Reference","aggregation":["referenced"],
             "targetProfile":["http://example.org/{{id}}/named"]}]}
            """);

        using var response = await server.SendAsync("POST", "", Transaction(
            Entry(named, "PUT", $"StructureDefinition/{id}-named"), Entry(ofNamed, "PUT", $"StructureDefinition/{id}-of-named"),
            Entry($$"""{"resourceType":"Patient",{{name}}"active":true}""", "POST", "Patient", fullUrl: url),
            Entry($$$"""
                {"resourceType":"Observation","meta":{"profile":["http://example.org/{{{id}}}/of-named"]},"status":"final","code":{"text":"x"},
                 "subject":{"reference":"{{{url}}}"}}
                """, "POST", "Observation")));

        response.StatusCode.Should().Be(expected is null ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity);
        if (expected is not null)
            (await TestServer.IssueOf(response)).Expression.Should().Be(expected);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "trules", "Identities that overlap make it fail.")]
    public async Task Resource_that_is_named_once_by_id_and_once_by_criteria_is_refused(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var put = await here.SendAsync(
            "PUT", "Patient/rule-1", Identified("1", ",\"id\":\"rule-1\""));

        using var refused = await here.SendAsync("POST", "", Transaction(
            Entry(TestServer.Patient("rule-1", "A"), "PUT", "Patient/rule-1"),
            Entry(Identified("1"), "PUT", "Patient?identifier=urn:test:rule|1")));
        using var read = await here.SendAsync("GET", "Patient/rule-1");

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await TestServer.IssueOf(refused)).Should().Be(("duplicate", "Bundle.entry[1].request.url"));
        (await TestServer.ResourceOf(read))["meta"]!.Text("versionId").Should().Be("1");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "trules", "Identities that overlap make it fail.")]
    public async Task One_condition_in_two_entries_would_make_two_and_is_refused(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        const string condition = ",\"ifNoneExist\":\"identifier=urn:test:rule|2\"";

        using var refused = await here.SendAsync("POST", "", Transaction(
            Entry(Identified("2"), "POST", "Patient", condition), Entry(Identified("2"), "POST", "Patient", condition)));
        using var found = await here.SendAsync("GET", "Patient?identifier=urn:test:rule|2&_summary=count");

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await TestServer.IssueOf(refused)).Should().Be(("duplicate", "Bundle.entry[1].request.url"));
        (await TestServer.ResourceOf(found)).Text("total").Should().Be("0");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "trules", "References by urn:oid, relative to a fullUrl, and in narratives are put right.")]
    public async Task References_by_oid_relative_to_a_fullUrl_and_in_a_narrative_are_put_right(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        const string narrative = "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">"
            + "<a href=\\\"urn:oid:1.2.3.4\\\">who</a> <a href=\\\"http://example.org/x\\\">other</a></div>\"}";

        using var done = await here.SendAsync("POST", "", Transaction(
            Entry("{\"resourceType\":\"Patient\"}", "POST", "Patient", fullUrl: "urn:oid:1.2.3.4"),
            Entry("{\"resourceType\":\"Practitioner\"}", "POST", "Practitioner", fullUrl: "http://example.org/fhir/Practitioner/7"),
            Entry("{\"resourceType\":\"Observation\",\"id\":\"rule-3\",\"status\":\"final\",\"code\":{\"text\":\"x\"}," + narrative
                + ",\"subject\":{\"reference\":\"urn:oid:1.2.3.4\"},\"performer\":[{\"reference\":\"Practitioner/7\"}]}",
                "PUT", "Observation/rule-3", fullUrl: "http://example.org/fhir/Observation/rule-3")));
        var entries = (await TestServer.ResourceOf(done)).All("entry").ToList();
        using var read = await here.SendAsync("GET", "Observation/rule-3");

        var (patient, practitioner) = (LocationOf(0), LocationOf(1));
        var observation = await TestServer.ResourceOf(read);
        observation["subject"]!.Text("reference").Should().Be(patient);
        observation["performer"]!.Text("reference").Should().Be(practitioner);
        observation["text"]!.Text("div").Should().Contain($"<a href=\"{patient}\">who</a>")
            .And.Contain("<a href=\"http://example.org/x\">other</a>");

        string LocationOf(int index) => entries[index]["response"]!.Text("location")!.Split("/_history")[0];
    }

    [Theory]
    [InlineData("urn:uuid:0c2f6a0e-7a50-4c33-9f0e-1d1f6c7c0009", HttpStatusCode.BadRequest)]
    [InlineData("urn:oid:1.2.3.9", HttpStatusCode.BadRequest)]
    [InlineData("Patient?identifier=urn:test:rule|nobody", HttpStatusCode.PreconditionFailed)]
    [InlineData("Patient?nonsense=1", HttpStatusCode.BadRequest)]
    [Rule("http", "trules", "A conditional reference with no match or several makes it fail.")]
    public async Task Reference_that_leads_nowhere_is_refused_where_it_is(string reference, HttpStatusCode status)
    {
        using var refused = await server.SendAsync("POST", "", Transaction(Entry(
            $$$"""{"resourceType":"Basic","code":{"text":"x"},"subject":{"reference":"{{{reference}}}"}}""", "POST", "Basic")));

        refused.StatusCode.Should().Be(status);
        (await TestServer.IssueOf(refused)).Expression.Should().Be("Bundle.entry[0].resource.subject.reference");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "trules", "ifMatch, ifNoneMatch and ifNoneExist hold for their entry.")]
    public async Task Conditions_of_entries_are_kept(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var put = await here.SendAsync("PUT", "Patient/rule-4", Identified("4", ",\"id\":\"rule-4\""));

        using var done = await here.SendAsync("POST", "", Transaction(
            Entry(Identified("4"), "POST", "Patient", ",\"ifNoneExist\":\"identifier=urn:test:rule|4\""),
            Entry(TestServer.Patient("rule-5", "B"), "PUT", "Patient/rule-5", ",\"ifNoneMatch\":\"*\""),
            "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/rule-4\",\"ifNoneMatch\":\"W/\\\"1\\\"\"}}"));
        using var again = await here.SendAsync("POST", "", Transaction(
            Entry(TestServer.Patient("rule-5", "C"), "PUT", "Patient/rule-5", ",\"ifNoneMatch\":\"*\"")));

        (await StatusesOf(done)).Should().Equal("200", "201", "304");
        again.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "trules", "Searches and operations in it see what it wrote.")]
    public async Task Searches_and_operations_that_change_nothing_see_what_the_transaction_wrote(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);

        using var done = await here.SendAsync("POST", "", Transaction(
            "{\"request\":{\"method\":\"GET\",\"url\":\"Patient?name=saannot&_summary=count\"}}",
            Entry("{\"resourceType\":\"Patient\",\"gender\":\"x\"}", "POST", "Patient/$validate"),
            "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/rule-6/$meta\"}}",
            "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/rule-none\"}}",
            Entry(TestServer.Patient("rule-6", "Saannot"), "PUT", "Patient/rule-6")));

        (await StatusesOf(done)).Should().Equal("200", "200", "200", "404", "201");
        var entries = (await TestServer.ResourceOf(done)).All("entry").ToList();
        entries[0]["resource"]!.Text("total").Should().Be("1");
        entries[1]["resource"]!.Type.Name.Should().Be("OperationOutcome");
        entries[2]["resource"]!.Type.Name.Should().Be("Parameters");
        entries[3]["response"]!["outcome"]!["issue"]!.Text("expression").Should().Be("Bundle.entry[3].request.url");
    }

    [Fact]
    public async Task Process_by_name_is_a_POST_to_the_base()
    {
        using var done = await server.SendAsync(
            "POST", "$process", Transaction(Entry(TestServer.Patient("rule-7", "A"), "PUT", "Patient/rule-7")));
        using var nested = await server.SendAsync("POST", "", """
            {"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Bundle","type":"batch"},
            "request":{"method":"POST","url":"Bundle/$process"}}]}
            """);
        using var empty = await server.SendAsync("POST", "$process");

        (await StatusesOf(done)).Should().Equal("201");
        (await StatusesOf(nested)).Should().Equal("400");
        empty.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }
}

using System.Net;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Tests.Rest;

namespace Ajanvaraus.Fhir.Server.Tests.Operations;

public sealed class TerminologyTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Gender = "http://hl7.org/fhir/ValueSet/administrative-gender";
    private const string TenLetters = "abcdefghij";
    private const string FiftyLetters = TenLetters + TenLetters + TenLetters + TenLetters + TenLetters;
    private const string LongFilter = FiftyLetters + FiftyLetters + FiftyLetters + FiftyLetters + "k";
    private const string GenderSystem = "http://hl7.org/fhir/administrative-gender";

    private static string CodeSystem(string id, string url, string concepts) => $$"""
        {"resourceType":"CodeSystem","id":"{{id}}","url":"{{url}}","version":"1","name":"Own","status":"active",
         "content":"complete","hierarchyMeaning":"is-a","concept":[{{concepts}}]}
        """;

    private static string ValueSet(string id, string url, string include) => $$$"""
        {"resourceType":"ValueSet","id":"{{{id}}}","url":"{{{url}}}","status":"active","compose":{"include":[{{{include}}}]}}
        """;

    private async Task PutAsync(string type, string id, string body)
    {
        using var response = await server.SendAsync("PUT", $"{type}/{id}", body);
        ((int)response.StatusCode).Should().BeInRange(200, 201, await response.Content.ReadAsStringAsync());
    }

    private async Task<ElementNode> GetAsync(string url, params string[] headers)
    {
        using var response = await server.SendAsync("GET", url, null, headers);
        response.StatusCode.Should().Be(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await TestServer.ResourceOf(response);
    }

    private async Task<ElementNode> PostAsync(string url, string parameters)
    {
        using var response = await server.SendAsync(
            "POST", url, $$"""{"resourceType":"Parameters","parameter":[{{parameters}}]}""");
        response.StatusCode.Should().Be(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await TestServer.ResourceOf(response);
    }

    private static string? Value(ElementNode parameters, string name) =>
        parameters.All("parameter").FirstOrDefault(p => p.Text("name") == name)?.Text("value");

    private static IEnumerable<string?> Codes(ElementNode valueSet) =>
        valueSet["expansion"]!.All("contains").Select(c => c.Text("code"));

    [Fact]
    public async Task Expand_of_R4_value_set_gives_its_codes()
    {
        var valueSet = await GetAsync($"ValueSet/$expand?url={Gender}");

        Codes(valueSet).Should().Equal("male", "female", "other", "unknown");
        valueSet.Text("url").Should().Be(Gender);
    }

    [Fact]
    public async Task Expand_gives_pages_with_a_total()
    {
        var page = await GetAsync($"ValueSet/$expand?url={Gender}&offset=1&count=2&filter=e");

        Codes(page).Should().Equal("female", "other");
        page["expansion"]!.Text("total").Should().Be("3");
    }

    [Fact]
    public async Task What_is_put_is_expanded_at_once_and_anew_when_it_changes()
    {
        await PutAsync("CodeSystem", "t1", CodeSystem("t1", "urn:t1", """{"code":"a","display":"Aa","designation":[{"language":"fi","value":"Suomeksi"}]}"""));
        await PutAsync("ValueSet", "t1", ValueSet("t1", "urn:t1:all", """{"system":"urn:t1"}"""));
        var first = await GetAsync("ValueSet/$expand?url=urn:t1:all", "Accept-Language: fi");
        await PutAsync("CodeSystem", "t1", CodeSystem("t1", "urn:t1", """{"code":"a"},{"code":"b"}"""));

        var second = await GetAsync("ValueSet/t1/$expand");

        first["expansion"]!["contains"]!.Text("display").Should().Be("Suomeksi");
        Codes(second).Should().Equal("a", "b");
        second.Text("id").Should().Be("t1");
    }

    [Fact]
    public async Task Expand_takes_a_value_set_in_the_body_alone_or_as_a_parameter()
    {
        var body = ValueSet("x", "urn:x", $$"""{"system":"{{GenderSystem}}","concept":[{"code":"male"}]}""");

        var asParameter = await PostAsync("ValueSet/$expand", $$"""{"name":"valueSet","resource":{{body}}}""");
        using var alone = await server.SendAsync("POST", "ValueSet/$expand", body);

        Codes(asParameter).Should().Equal("male");
        Codes(await TestServer.ResourceOf(alone)).Should().Equal("male");
    }

    [Theory]
    [InlineData("GET", "ValueSet/$expand", 400, "required")]
    [InlineData("GET", "ValueSet/$expand?url=urn:nothing", 404, "not-found")]
    [InlineData("GET", "ValueSet/nothing/$expand", 404, "not-found")]
    [InlineData("GET", "ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/ucum-units", 422, "too-costly")]
    [InlineData("GET", "ValueSet/$expand?url=" + Gender + "&count=-1", 422, "value")]
    [InlineData("GET", "ValueSet/$expand?url=" + Gender + "&offset=x", 422, "value")]
    [InlineData("GET", "ValueSet/$expand?url=" + Gender + "&filter=" + LongFilter, 422, "too-long")]
    [InlineData("GET", "ValueSet/$expand?url=" + Gender + "&activeOnly=maybe", 422, "value")]
    [InlineData("GET", "ValueSet/$expand?url=" + Gender + "&date=soon", 422, "value")]
    [InlineData("GET", "ValueSet/$expand?url=" + Gender + "&system-version=x|1", 422, "not-supported")]
    [InlineData("GET", "ValueSet/$validate-code?url=" + Gender, 400, "required")]
    [InlineData("GET", "ValueSet/$validate-code?url=" + Gender + "&code=male", 400, "required")]
    [InlineData("GET", "ValueSet/$validate-code?url=urn:nothing&code=male&system=x", 404, "not-found")]
    [InlineData("GET", "ValueSet/$validate-code?code=male&system=x", 400, "required")]
    [InlineData("GET", "ValueSet/$validate-code?url=" + Gender + "&coding=male", 422, "value")]
    [InlineData("GET", "CodeSystem/$validate-code?url=urn:nothing&code=male", 404, "not-found")]
    [InlineData("GET", "CodeSystem/$lookup?system=urn:nothing&code=male", 404, "not-found")]
    [InlineData("GET", "CodeSystem/$lookup?system=" + GenderSystem + "&code=nothing", 404, "code-invalid")]
    [InlineData("GET", "CodeSystem/$lookup?code=male", 400, "required")]
    [InlineData("GET", "CodeSystem/$lookup?system=http://snomed.info/sct&code=1", 422, "not-supported")]
    [InlineData("GET", "CodeSystem/$subsumes?system=" + GenderSystem + "&codeA=male", 400, "required")]
    [InlineData("GET", "CodeSystem/$subsumes?system=" + GenderSystem + "&codeA=male&codeB=nothing", 404, "code-invalid")]
    [InlineData("GET", "ConceptMap/$translate?url=urn:nothing&system=x&code=y", 404, "not-found")]
    [InlineData("GET", "ConceptMap/$translate?system=x&code=y", 400, "required")]
    [InlineData("DELETE", "ValueSet/$expand?url=" + Gender, 405, "not-supported")]
    [InlineData("GET", "Patient/$expand?url=" + Gender, 404, "not-supported")]
    public async Task Bad_input_is_refused_with_its_reason(string method, string url, int status, string code)
    {
        using var response = await server.SendAsync(method, url);

        ((int)response.StatusCode).Should().Be(status);
        (await TestServer.IssueOf(response)).Code.Should().Be(code);
    }

    [Fact]
    public async Task Unknown_parameter_is_refused_where_the_caller_is_strict()
    {
        using var strict = await server.SendAsync(
            "GET", $"ValueSet/$expand?url={Gender}&colour=red", null, "Prefer: handling=strict");
        var lenient = await GetAsync($"ValueSet/$expand?url={Gender}&colour=red");

        strict.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        Codes(lenient).Should().HaveCount(4);
    }

    [Theory]
    [InlineData("male", "true", null)]
    [InlineData("male&display=MALE", "true", null)]
    [InlineData("male&display=Mies", "false", "'Mies' ei ole koodin 'male' näyttönimi: se on 'Male'.")]
    [InlineData("m", "false", "'m' ei ole koodiston http://hl7.org/fhir/administrative-gender koodi.")]
    public async Task Validate_code_tells_the_verdict_and_why(string query, string result, string? message)
    {
        var answer = await GetAsync(
            $"ValueSet/$validate-code?url={Gender}&system={GenderSystem}&code={query}", "Accept-Language: fi");

        Value(answer, "result").Should().Be(result);
        Value(answer, "message").Should().Be(message);
    }

    [Fact]
    public async Task Validate_code_takes_codings_and_concepts()
    {
        var coding = await PostAsync("ValueSet/$validate-code", $$$"""
            {"name":"url","valueUri":"{{{Gender}}}"},{"name":"coding","valueCoding":{"system":"{{{GenderSystem}}}","code":"male"}}
            """);
        var concept = await PostAsync("ValueSet/$validate-code", $$$"""
            {"name":"url","valueUri":"{{{Gender}}}"},{"name":"codeableConcept","valueCodeableConcept":{"coding":[
             {"system":"urn:x","code":"male"},{"system":"{{{GenderSystem}}}","code":"other"}]}}
            """);
        var none = await PostAsync("ValueSet/$validate-code", $$$"""
            {"name":"url","valueUri":"{{{Gender}}}"},{"name":"codeableConcept","valueCodeableConcept":{"text":"mies"}}
            """);

        Value(coding, "result").Should().Be("true");
        Value(concept, "result").Should().Be("true");
        Value(concept, "display").Should().Be("Other");
        Value(none, "result").Should().Be("false");
    }

    [Fact]
    public async Task Validate_code_of_a_code_system_works_by_url_by_id_and_by_resource()
    {
        var body = CodeSystem("t2", "urn:t2", """{"code":"a","display":"Aa","property":[{"code":"inactive","valueBoolean":true}]}""");
        await PutAsync("CodeSystem", "t2", body);

        var byUrl = await GetAsync("CodeSystem/$validate-code?url=urn:t2&code=a");
        var byId = await GetAsync("CodeSystem/t2/$validate-code?code=b");
        var other = await GetAsync("CodeSystem/t2/$validate-code?code=male&system=" + GenderSystem);
        var byResource = await PostAsync("CodeSystem/$validate-code", $$"""
            {"name":"codeSystem","resource":{{body.Replace("urn:t2", "urn:t2:own", StringComparison.Ordinal)}}},{"name":"code","valueCode":"a"}
            """);

        Value(byUrl, "result").Should().Be("true");
        Value(byUrl, "message").Should().Be("The code 'a' is not in use at that time.");
        Value(byId, "result").Should().Be("false");
        Value(other, "result").Should().Be("false");
        Value(byResource, "result").Should().Be("true");
    }

    [Fact]
    public async Task Lookup_tells_display_designations_and_properties()
    {
        await PutAsync("CodeSystem", "t3", CodeSystem("t3", "urn:t3", """
            {"code":"a","display":"Aa","designation":[{"language":"sv","value":"På svenska"}],"concept":[
             {"code":"b","display":"Bee"}],"property":[{"code":"n","valueInteger":7},
             {"code":"c","valueCoding":{"system":"urn:c","code":"c1","display":"See"}}]}
            """));

        var whole = await GetAsync("CodeSystem/$lookup?system=urn:t3&code=a&displayLanguage=sv-FI");
        var part = await GetAsync("CodeSystem/$lookup?system=urn:t3&code=b&property=parent");

        Value(whole, "name").Should().Be("Own");
        Value(whole, "version").Should().Be("1");
        Value(whole, "display").Should().Be("På svenska");
        Properties(whole).Should().Equal("n=7", "c=c1", "child=b");
        Properties(part).Should().Equal("parent=a");
    }

    private static IEnumerable<string> Properties(ElementNode answer) => answer.All("parameter")
        .Where(p => p.Text("name") == "property")
        .Select(p => p.All("part").ToDictionary(part => part.Text("name")!, part => part["value"]!))
        .Select(parts => $"{parts["code"].Value}={parts["value"].Value ?? parts["value"].Text("code")}");

    [Theory]
    [InlineData("_ActEncounterCode", "AMB", "subsumes")]
    [InlineData("AMB", "_ActEncounterCode", "subsumed-by")]
    [InlineData("AMB", "AMB", "equivalent")]
    [InlineData("AMB", "IMP", "not-subsumed")]
    public async Task Subsumes_tells_how_the_codes_stand(string a, string b, string outcome)
    {
        const string system = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

        var byGet = await GetAsync($"CodeSystem/$subsumes?system={system}&codeA={a}&codeB={b}");
        var byPost = await PostAsync("CodeSystem/$subsumes", $$$"""
            {"name":"codingA","valueCoding":{"system":"{{{system}}}","code":"{{{a}}}"}},
            {"name":"codingB","valueCoding":{"system":"{{{system}}}","code":"{{{b}}}"}}
            """);

        Value(byGet, "outcome").Should().Be(outcome);
        Value(byPost, "outcome").Should().Be(outcome);
    }

    [Fact]
    public async Task Subsumes_works_on_a_stored_code_system_by_its_id()
    {
        await PutAsync("CodeSystem", "t4", CodeSystem("t4", "urn:t4", """{"code":"a","concept":[{"code":"b"}]}"""));

        var answer = await GetAsync("CodeSystem/t4/$subsumes?codeA=a&codeB=b");

        Value(answer, "outcome").Should().Be("subsumes");
    }

    [Fact]
    public async Task Translate_gives_matches_with_their_equivalence()
    {
        await PutAsync("ConceptMap", "t5", """
            {"resourceType":"ConceptMap","id":"t5","url":"urn:t5","status":"active","group":[{"source":"urn:s","target":"urn:t",
             "element":[{"code":"a","target":[{"code":"A","display":"Iso A","equivalence":"wider"}]},{"code":"b","target":[{"equivalence":"unmatched"}]}]}]}
            """);

        var there = await GetAsync("ConceptMap/$translate?url=urn:t5&system=urn:s&code=a");
        var back = await GetAsync("ConceptMap/t5/$translate?system=urn:t&code=A&reverse=true");
        var none = await GetAsync("ConceptMap/t5/$translate?system=urn:s&code=b");

        Value(there, "result").Should().Be("true");
        Match(there).Should().Be("wider urn:t|A urn:t5");
        Match(back).Should().Be("narrower urn:s|a urn:t5");
        Value(none, "result").Should().Be("false");
        Value(none, "message").Should().Be("The map urn:t5 has no mapping of 'b'.");
    }

    [Fact]
    public async Task Translate_finds_the_maps_by_source_and_target_value_sets()
    {
        await PutAsync("ConceptMap", "t6", """
            {"resourceType":"ConceptMap","id":"t6","url":"urn:t6","status":"active","sourceUri":"urn:t6:from","targetUri":"urn:t6:to",
             "group":[{"source":"urn:s6","target":"urn:t6:s","element":[{"code":"a","target":[{"code":"A","equivalence":"equal"}]}]}]}
            """);

        var both = await GetAsync("ConceptMap/$translate?source=urn:t6:from&target=urn:t6:to&system=urn:s6&code=a");
        var bySystem = await GetAsync("ConceptMap/$translate?targetsystem=urn:t6:s&system=urn:s6&code=a");
        var back = await GetAsync("ConceptMap/$translate?source=urn:t6:to&target=urn:t6:from&system=urn:t6:s&code=A&reverse=true");
        var none = await GetAsync("ConceptMap/$translate?source=urn:t6:to&system=urn:s6&code=a");

        Match(both).Should().Be("equal urn:t6:s|A urn:t6");
        Match(bySystem).Should().Be("equal urn:t6:s|A urn:t6");
        Match(back).Should().Be("equal urn:s6|a urn:t6");
        Value(none, "result").Should().Be("false");
        Value(none, "message").Should().Be("None of the 0 maps that lead there has a mapping of 'a'.");
    }

    /// <summary>A national code list: as one resource, listed whole by pages.</summary>
    [Fact]
    public async Task Code_system_of_fifty_thousand_concepts_is_stored_and_listed_by_pages()
    {
        const int Count = 50_000;
        await PutAsync("CodeSystem", "large", CodeSystem("large", "urn:large", string.Join(',', Enumerable.Range(0, Count)
            .Select(i => $$"""{"code":"c{{i}}","display":"Palvelu numero {{i}}, jolla on tavallinen nimi"}"""))));
        await PutAsync("ValueSet", "large", ValueSet("large", "urn:large:all", """{"system":"urn:large"}"""));
        var codes = new HashSet<string?>();

        for (var offset = 0; offset < Count; offset += 10_000)
        {
            var page = await GetAsync($"ValueSet/large/$expand?count=10000&offset={offset}");
            page["expansion"]!.Text("total").Should().Be($"{Count}");
            codes.UnionWith(Codes(page));
        }
        using var whole = await server.SendAsync("GET", "ValueSet/large/$expand");

        codes.Should().HaveCount(Count);
        ((int)whole.StatusCode, (await TestServer.IssueOf(whole)).Code).Should().Be((422, "too-costly"));
    }

    [Fact]
    public async Task Code_system_beyond_sixteen_megabytes_is_413()
    {
        var body = CodeSystem("huge", "urn:huge", $$"""{"code":"a","display":"{{new string('x', 17 * 1024 * 1024)}}"}""");

        using var refused = await server.SendAsync("PUT", "CodeSystem/huge", body);

        refused.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    private static string Match(ElementNode answer)
    {
        var parts = answer.All("parameter").Single(p => p.Text("name") == "match").All("part")
            .ToDictionary(part => part.Text("name")!, part => part["value"]!);
        var concept = parts["concept"];
        return $"{parts["equivalence"].Value} {concept.Text("system")}|{concept.Text("code")} {parts["source"].Value}";
    }

    [Fact]
    public async Task Operations_run_as_entries_of_a_batch()
    {
        using var response = await server.SendAsync("POST", "", $$$"""
            {"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"ValueSet/$expand?url={{{Gender}}}&count=1"}}]}
            """);

        var bundle = await TestServer.ResourceOf(response);

        Codes(bundle["entry"]!["resource"]!).Should().Equal("male");
    }

    [Fact]
    public async Task Deleted_value_set_is_gone_and_unknown()
    {
        await PutAsync("ValueSet", "t6", ValueSet("t6", "urn:t6", $$"""{"system":"{{GenderSystem}}"}"""));
        (await server.SendAsync("DELETE", "ValueSet/t6")).Dispose();

        using var byId = await server.SendAsync("GET", "ValueSet/t6/$expand");
        using var byUrl = await server.SendAsync("GET", "ValueSet/$expand?url=urn:t6");

        byId.StatusCode.Should().Be(HttpStatusCode.Gone);
        byUrl.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }
}

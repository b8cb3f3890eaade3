using System.Net;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>Rules of http://hl7.org/fhir/R4/search.html over HTTP, on a small ward of resources.</summary>
public sealed class SearchRuleTests(SearchRuleTests.Ward ward) : IClassFixture<SearchRuleTests.Ward>
{
    [DatabaseTheory]
    [EachDatabase("Patient?_id=eve", "eve")]
    [EachDatabase("Patient?_id=EVE", "")]
    [EachDatabase("Patient?_id=eve,adam", "adam eve")]
    [EachDatabase("Patient?_tag=urn:tags|review", "eve")]
    [EachDatabase("Patient?_security=urn:security|R", "adam")]
    [EachDatabase("Patient?_profile=urn:profile:a", "eve")]
    [EachDatabase("Patient?_source=urn:source", "adam")]
    [EachDatabase("Patient?_lastUpdated=gt2020", "adam eve kari")]
    [EachDatabase("Patient?_lastUpdated=lt2020", "")]
    [Rule("search", "all", "_id, _lastUpdated, _tag, _profile, _security and _source apply to every type; _id is compared with case.")]
    public Task Parameters_of_all_resources(DatabaseEngine engine, string search, string expected) =>
        FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Patient?gender:missing=true", "kari")]
    [EachDatabase("Patient?gender:missing=false", "adam eve")]
    [EachDatabase("Patient?gender=female&gender:missing=true", "")]
    [Rule("search", "modifiers", ":missing=true finds what has no value, :missing=false what has one.")]
    [Rule("search", "missing", "A parameter with a value and :missing=true of the same parameter find nothing together.")]
    public Task Missing_values(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Patient?given=eve", "eve")]
    [EachDatabase("Patient?given=VE", "")]
    [EachDatabase("Patient?given:contains=VE", "eve kari")]
    [EachDatabase("Patient?given:exact=Eve", "eve")]
    [EachDatabase("Patient?given:exact=eve", "")]
    [EachDatabase("Patient?family=astrom", "eve")]
    [EachDatabase("Patient?name=eve", "eve")]
    [EachDatabase("Patient?address=mannerheim", "adam")]
    [EachDatabase("Patient?address-city=helsinki", "adam")]
    [Rule("search", "string", "A string is found by its beginning, without regard to case and accents.")]
    [Rule("search", "string", ":contains finds a part, :exact the whole with its case and accents.")]
    [Rule("search", "string", "name and address look at all parts of HumanName and Address that are strings.")]
    public Task Strings(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Patient?identifier=urn:i|7", "eve")]
    [EachDatabase("Patient?identifier=7", "adam eve")]
    [EachDatabase("Patient?identifier=|7", "adam")]
    [EachDatabase("Patient?identifier=urn:i|", "eve")]
    [EachDatabase("Patient?gender=female", "eve")]
    [EachDatabase("Patient?gender=http://hl7.org/fhir/administrative-gender|female", "eve")]
    [EachDatabase("Patient?gender:not=male", "eve kari")]
    [EachDatabase("Patient?active=true", "eve")]
    [EachDatabase("Patient?telecom=eve@x.example", "eve")]
    [EachDatabase("Patient?identifier:of-type=urn:types|MR|7", "eve")]
    [EachDatabase("Patient?language:text=suo", "eve")]
    [Rule("search", "token", "A token is code, system|code, |code (no system) or system|.")]
    [Rule("search", "token", "Tokens search codings, identifiers, contact points, codes, booleans and strings.")]
    [Rule("search", "token", ":not finds all that do not have the code, also those without any.")]
    [Rule("search", "token", ":of-type finds an identifier by its type and value.")]
    [Rule("search", "token", ":text finds by the beginning of display or text.")]
    public Task Tokens(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Observation?code=d", "dose")]
    [EachDatabase("Observation?code=D", "")]
    [EachDatabase("Observation?code=urn:c|D", "")]
    [EachDatabase("Patient?gender=Female", "")]
    [EachDatabase("Patient?identifier=a\\,b|C$d\\\\e", "")]
    [EachDatabase("Patient?telecom=EVE@x.example", "")]
    [EachDatabase("Patient?language:text=SUO", "eve")]
    [Rule("search", "token", "Codes, systems and identifiers are compared with case; :text is not (ADR 0017).")]
    public Task Codes_are_compared_with_case(DatabaseEngine engine, string search, string expected) =>
        FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("DocumentReference?contenttype=text/xml", "plain")]
    [EachDatabase("DocumentReference?contenttype:below=text/xml", "plain utf8")]
    [EachDatabase("DocumentReference?contenttype:below=text/x", "")]
    [Rule("search", "mimetype", ":below on a mime type finds it with parameters as well.")]
    public Task Mime_types(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Observation?value-quantity=5.4|http://unitsofmeasure.org|mg", "dose")]
    [EachDatabase("Observation?value-quantity=5.4||mg", "dose")]
    [EachDatabase("Observation?value-quantity=5.4", "dose")]
    [EachDatabase("Observation?value-quantity=5.4||g", "")]
    [EachDatabase("Observation?value-quantity=gt5|http://unitsofmeasure.org|mg", "dose")]
    [EachDatabase("Observation?value-quantity=ap5.7", "dose")]
    [Rule("search", "quantity", "A quantity is [prefix][number]|[system]|[code]; without system the code may be the unit's text.")]
    public Task Quantities(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Observation?subject=eve", "dose")]
    [EachDatabase("Observation?subject=Patient/eve", "dose")]
    [EachDatabase("Observation?subject:Patient=eve", "dose")]
    [EachDatabase("Observation?patient=eve", "dose")]
    [EachDatabase("Observation?subject=http://127.0.0.1:0/fhir/Patient/eve", "dose")]
    [EachDatabase("Observation?subject:identifier=urn:i|7", "dose")]
    [EachDatabase("Observation?subject=Patient/nobody", "")]
    [EachDatabase("Observation?performer=http://muu.example/Practitioner/1", "dose")]
    [EachDatabase("Observation?performer:text=Mu", "dose")]
    [Rule("search", "reference", "A reference is an id, Type/id or URL; relative and absolute ones of this server are the same.")]
    [Rule("search", "reference", ":[type] and parameters of one type name the type of the target.")]
    [Rule("search", "reference", ":identifier finds by the identifier in the reference or of its target.")]
    [Rule("search", "errors", "What names a resource that is not there finds nothing, without error.")]
    public Task References(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Observation?focus=Observation/old", "dose")]
    [EachDatabase("ValueSet?url=http://v.example/fhir/a", "set")]
    [EachDatabase("ActivityDefinition?depends-on=http://v.example/Library/x", "activity")]
    [Rule("search", "versions", "A reference to a version, and a canonical with |version, are found without it.")]
    public Task Versioned_references(DatabaseEngine engine, string search, string expected) =>
        FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("ValueSet?url=http://v.example/fhir/A", "")]
    [EachDatabase("ValueSet?url:below=http://v.example/fhir", "set")]
    [EachDatabase("ValueSet?url:above=http://v.example/fhir/a/b", "set")]
    [Rule("search", "uri", "A uri is compared whole and with case; :below and :above go by the hierarchy of its path.")]
    public Task Uris(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Observation?subject.family=ast", "dose")]
    [EachDatabase("Observation?subject:Patient.organization.name=klinikka", "dose")]
    [EachDatabase("Observation?subject:Group.characteristic=x", "")]
    [EachDatabase("Slot?healthcareService.name=neuvonta&_sort=-date", "")]
    [EachDatabase("Slot?date:missing=true", "")]
    [EachDatabase("Patient?organization.name=klin&organization.identifier=o", "adam eve")]
    [Rule("search", "chaining", "A chain follows references through any number of parameters; a type can be named at each.")]
    public Task Chains(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Patient?_has:Observation:patient:status=final", "eve")]
    [EachDatabase("Patient?_has:Observation:patient:status=draft,final", "eve")]
    [EachDatabase("Organization?_has:Patient:organization:_has:Observation:patient:status=final", "clinic")]
    [EachDatabase("Patient?_has:Observation:patient:status=final&_has:Observation:patient:status=amended", "")]
    [Rule("search", "has", "_has finds what is referred to by something that meets a criterion, nested and with alternatives.")]
    public Task Reverse_chains(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Patient?gender=female,male", "adam eve")]
    [EachDatabase("Patient?gender=female&gender=male", "")]
    [EachDatabase("Patient?given=eve,adam&gender=male", "adam")]
    [EachDatabase("Patient?language:text=suo,eng", "eve")]
    [Rule("search", "combining", "Commas are alternatives; parameters that repeat must all be met.")]
    public Task Combinations(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase(@"Patient?identifier=a\,b\|c\$d\\e", "kari")]
    [EachDatabase(@"Patient?identifier=a%5C%2Cb%5C%7Cc%5C%24d%5C%5Ce", "kari")]
    [EachDatabase("Patient?identifier=a,b", "")]
    [Rule("search", "escaping", "\\, \\| \\$ and \\\\ stand for the characters themselves, under any percent-encoding.")]
    public Task Escapes(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Patient?_list=ward", "eve")]
    [EachDatabase("Patient?_list=ward&gender=male", "")]
    [EachDatabase("AllergyIntolerance?patient=eve&_list=$current-allergies", "pollen")]
    [EachDatabase("AllergyIntolerance?_list=$current-medications", "")]
    [Rule("search", "list", "_list finds what a List refers to, by its id or as $current-problems, -medications, -allergies, -drug-allergies.")]
    public Task Lists(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("?_type=Patient,Organization&_id=eve,clinic", "clinic eve")]
    [EachDatabase("?_type=Observation&_id=eve", "")]
    [EachDatabase("?_type=Patient,Observation&_filter=_id eq eve or _id eq dose", "dose eve")]
    [Rule("search", "type", "A search over all types is narrowed by _type and takes what its types have in common.")]
    public Task Types(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Patient?_filter=given eq \"eve\" and birthdate ge 1990", "eve")]
    [EachDatabase("Observation?_filter=subject.family co \"str\" or status eq draft", "dose")]
    [EachDatabase("Observation?_filter=subject[gender eq female].identifier eq urn:i|7", "dose")]
    [EachDatabase("Observation?_filter=subject[gender eq male].identifier eq urn:i|7", "")]
    [EachDatabase("Patient?_filter=gender pr false", "kari")]
    [EachDatabase("Patient?_filter=organization re Organization/clinic and not (gender eq male)", "eve")]
    [Rule("search", "filter", "_filter follows chains, and holds conditions in brackets for the same resource on the way.")]
    public Task Filters(DatabaseEngine engine, string search, string expected) => FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Patient?_text=sairaala", "eve")]
    [EachDatabase("Patient?_content=mannerheim*", "adam")]
    [EachDatabase("Patient?_content=Eve NOT Åström", "")]
    [EachDatabase("Location?near=60.17|24.94|5|km", "here")]
    [EachDatabase("Location?near=60.17|24.94|200|km", "here tampere")]
    [EachDatabase("Observation?code-value-quantity=urn:c|d$lt6", "dose")]
    public Task Words_places_and_pairs(DatabaseEngine engine, string search, string expected) =>
        FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Patient?_sort=birthdate", "adam eve kari")]
    [EachDatabase("Patient?_sort=-birthdate", "eve adam kari")]
    [EachDatabase("Patient?_sort=gender,-_id", "eve adam kari")]
    [EachDatabase("Patient?_sort=-_id", "kari eve adam")]
    [Rule("search", "sort", "_sort goes by several parameters, each up or (-) down; what has no value comes last.")]
    public async Task Sorts(DatabaseEngine engine, string search, string expected) =>
        (await IdsAsync(engine, search)).Should().Equal(expected.Split(' '));

    [DatabaseTheory]
    [EachDatabase("Patient?_total=accurate&_count=1", "3")]
    [EachDatabase("Patient?_total=estimate&_count=1", "3")]
    [EachDatabase("Patient?_total=none", "")]
    [EachDatabase("Patient?_count=0", "3")]
    [EachDatabase("Patient?_summary=count", "3")]
    [EachDatabase("Patient?_total=accurate&_count=1&_include=Patient:organization", "3")]
    [Rule("search", "total", "_total=accurate counts all matches of all pages and nothing else; estimate may be rough, none tells none.")]
    [Rule("search", "count", "_count=0 is as _summary=count: the total without entries.")]
    public async Task Totals(DatabaseEngine engine, string search, string expected) =>
        ((await ward.GetAsync(engine, search)).Text("total") ?? "").Should().Be(expected);

    [DatabaseTheory, EachDatabase]
    [Rule("search", "count", "A page holds no more than _count matches, and its links keep to it.")]
    [Rule("search", "Paging", "Each page brings the resources that its own matches include.")]
    public async Task Pages(DatabaseEngine engine)
    {
        var first = await ward.GetAsync(engine, "Patient?_id=adam,eve&_count=1&_include=Patient:organization");
        var second = await ward.GetAsync(engine, first.All("link").Single(l => l.Text("relation") == "next").Text("url")!);

        foreach (var page in new[] { first, second })
            page.All("entry").Select(e => e["search"]!.Text("mode")).Should().Equal("match", "include");
    }

    [DatabaseTheory]
    [EachDatabase("Patient?_id=eve&_include=Patient:organization", "eve clinic")]
    [EachDatabase("Patient?_id=eve&_revinclude=Observation:patient", "eve dose")]
    [EachDatabase("Observation?_id=dose&_include=Observation:subject:Patient", "dose eve")]
    [EachDatabase("Observation?_id=dose&_include=Observation:subject:Group", "dose")]
    [EachDatabase("Observation?_id=dose&_include=Observation:subject&_include=Patient:organization", "dose eve")]
    [EachDatabase("Observation?_id=dose&_include=Observation:subject&_include:iterate=Patient:organization", "dose eve clinic")]
    [EachDatabase("Patient?_id=eve&_include=Patient:*", "eve clinic")]
    [Rule("search", "include", "_include brings what matches refer to, _revinclude what refers to them, by parameter and target type or *.")]
    [Rule("search", "include", "Only :iterate goes on from what was included.")]
    public async Task Includes(DatabaseEngine engine, string search, string expected) =>
        (await IdsAsync(engine, search)).Should().BeEquivalentTo(expected.Split(' '));

    [DatabaseTheory, EachDatabase("Observation?_id=dose&_include=Observation:performer", "dose")]
    [Rule("search", "external", "What lies on another server is not included, without error.")]
    public Task External_references(DatabaseEngine engine, string search, string expected) =>
        FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("true", "birthDate", "text")]
    [EachDatabase("text", "text", "birthDate")]
    [EachDatabase("data", "birthDate", "text")]
    [Rule("search", "summary", "_summary=true, text and data give parts of the resource, tagged SUBSETTED; false gives all.")]
    public async Task Summaries(DatabaseEngine engine, string summary, string kept, string left)
    {
        var part = (await ward.GetAsync(engine, $"Patient?_id=eve&_summary={summary}"))["entry"]!["resource"]!;
        var whole = (await ward.GetAsync(engine, "Patient?_id=eve&_summary=false"))["entry"]!["resource"]!;

        part[kept].Should().NotBeNull();
        part[left].Should().BeNull();
        part["meta"]!.All("tag").Select(t => t.Text("code")).Should().Contain("SUBSETTED");
        whole["meta"]!.All("tag").Select(t => t.Text("code")).Should().NotContain("SUBSETTED");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("search", "elements", "_elements gives the elements that are named and those that must be there, tagged SUBSETTED; included resources stay whole.")]
    public async Task Elements(DatabaseEngine engine)
    {
        var bundle = await ward.GetAsync(engine, "Observation?_id=dose&_elements=subject&_include=Observation:subject");
        var match = bundle.All("entry").First()["resource"]!;
        var included = bundle.All("entry").Last()["resource"]!;

        match["subject"].Should().NotBeNull();
        match["status"].Should().NotBeNull("it must be there");
        match["value"].Should().BeNull();
        match["meta"]!.All("tag").Select(t => t.Text("code")).Should().Contain("SUBSETTED");
        included["birthDate"].Should().NotBeNull();
    }

    [DatabaseTheory, EachDatabase]
    [Rule("search", "conformance", "The self link holds the parameters that were used, and no others.")]
    public async Task Self_link_tells_what_was_used(DatabaseEngine engine)
    {
        var bundle = await ward.GetAsync(engine, "Patient?gender=female&colour=red&_sort=_id&family=");

        bundle.All("link").Single(l => l.Text("relation") == "self").Text("url").Should()
            .EndWith("/fhir/Patient?gender=female&_sort=_id");
    }

    [DatabaseTheory]
    [EachDatabase("Patient?given=&gender=female", "eve")]
    [EachDatabase("Patient?family=", "adam eve kari")]
    [Rule("search", "errors", "A parameter without value is left out silently.")]
    public Task Empty_parameters(DatabaseEngine engine, string search, string expected) =>
        FindsAsync(engine, search, expected);

    [DatabaseTheory]
    [EachDatabase("Patient?birthdate=23%20May%202009")]
    [EachDatabase("Patient?birthdate:text=1995")]
    [EachDatabase("Patient?family:below=x")]
    [EachDatabase("Procedure?location:below=42")]
    [EachDatabase("Patient?_query=name")]
    [EachDatabase("Slot?healthcareService:missing=true")]
    [EachDatabase("Patient?_contained=yes")]
    [EachDatabase("Patient?_contained=true&_containedType=inner")]
    [EachDatabase("Patient?_contained=true&_sort=family")]
    [EachDatabase("Patient?_sort=colour")]
    [EachDatabase("Patient?_sort=_score")]
    [EachDatabase("Patient?_count=x")]
    [EachDatabase("Patient?_total=some")]
    [EachDatabase("Patient?_include=Patient:gender")]
    [EachDatabase("Patient?_filter=given qq x")]
    [Rule("search", "errors", "What cannot be read is refused with 400 and an OperationOutcome that names the parameter.")]
    [Rule("search", "query", "A named query that is not known is refused, also under lenient handling.")]
    [Rule("search", "score", "Matching is exact: there is no relevance to sort by, and _sort=_score is refused.")]
    [Rule("search", "recursive", ":above and :below on references are refused: no parameter declares them.")]
    public async Task Refusals(DatabaseEngine engine, string search)
    {
        var here = await ward.OnAsync(engine);

        using var refused = await here.SendAsync("GET", search, null, "Prefer: handling=strict");

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await TestServer.IssueOf(refused)).Expression.Should().StartWith("http.");
    }

    [DatabaseTheory]
    [EachDatabase("Patient?_query=name")]
    [EachDatabase("Patient?_contained=yes")]
    public async Task What_would_change_the_meaning_is_refused_under_lenient_handling_too(DatabaseEngine engine, string search)
    {
        var here = await ward.OnAsync(engine);

        using var refused = await here.SendAsync("GET", search);

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [DatabaseTheory]
    [EachDatabase("Medication?code=asp", "bottle")]
    [EachDatabase("Medication?code=asp&_contained=false&_containedType=contained", "bottle")]
    [EachDatabase("Medication?code=asp&_contained=true", "script")]
    [EachDatabase("Medication?code=asp&_contained=both", "bottle script")]
    [EachDatabase("Medication?_contained=true", "script")]
    [EachDatabase("Medication?code=asp&_contained=true&_containedType=contained", "m1")]
    [EachDatabase("Medication?code=asp&_contained=both&_containedType=contained", "bottle m1")]
    [EachDatabase("Medication?_id=m1&_contained=true&_containedType=contained", "m1")]
    [EachDatabase("Medication?code=other&_contained=both", "")]
    [EachDatabase("Patient/eve/Observation?_contained=true&_containedType=contained", "o1")]
    [EachDatabase("Patient/adam/Observation?_contained=true", "")]
    [EachDatabase("?_type=Medication,Observation&_contained=true", "script")]
    [EachDatabase("MedicationRequest?medication.code=asp", "script")]
    [EachDatabase("MedicationRequest?medication.code=other", "")]
    [EachDatabase("MedicationRequest?medication:missing=true", "")]
    [EachDatabase("Medication?_has:MedicationRequest:medication:status=active&_contained=true", "script")]
    [EachDatabase("Medication?_id=m1", "")]
    [EachDatabase("Patient?_has:Observation:patient:status=final", "eve")]
    [EachDatabase("Patient?_has:Observation:patient:status=preliminary", "")]
    [Rule("search", "contained", "By default, and with _contained=false, contained resources are not among the matches.")]
    [Rule("search", "contained", "_contained=true finds by what is contained, both by that and by the resource itself; the container is the match.")]
    [Rule("search", "contained", "A chain is followed into contained resources; _has counts only resources with an address.")]
    public Task Contained_resources(DatabaseEngine engine, string search, string expected) =>
        FindsAsync(engine, search, expected);

    [DatabaseTheory, EachDatabase]
    [Rule("search", "contained", "_containedType=contained gives the contained resource, with a fullUrl that names its container.")]
    public async Task A_contained_match_is_told_with_the_address_of_its_container(DatabaseEngine engine)
    {
        var bundle = await ward.GetAsync(engine, "Medication?code=asp&_contained=true&_containedType=contained&_elements=status");

        var entry = bundle.All("entry").Should().ContainSingle().Subject;
        entry.Text("fullUrl").Should().EndWith("/fhir/MedicationRequest/script#m1");
        entry["search"]!.Text("mode").Should().Be("match");
        entry["resource"]!.Type.Name.Should().Be("Medication");
        entry["resource"]!["code"].Should().BeNull("only the status was asked for");
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_is_not_contained_any_more_is_not_found(DatabaseEngine engine)
    {
        var here = await ward.OnAsync(engine);
        const string search = "Medication?code=passing&_contained=true";
        static string Request(string contained, string medication) => $$"""
            {"resourceType":"MedicationRequest","id":"passing","status":"active","intent":"order",{{contained}}
            "medication{{medication}},"subject":{"reference":"Patient/eve"} }
            """;

        using var put = await here.SendAsync("PUT", "MedicationRequest/passing", Request(
            """ "contained":[{"resourceType":"Medication","id":"x","code":{"coding":[{"code":"passing"}]}}],""",
            """Reference":{"reference":"#x"}"""));
        var before = await IdsAsync(engine, search);
        using var changed = await here.SendAsync("PUT", "MedicationRequest/passing", Request(
            "", """CodeableConcept":{"text":"x"}"""));
        var after = await IdsAsync(engine, search);
        using var back = await here.SendAsync("PUT", "MedicationRequest/passing", Request(
            """ "contained":[{"resourceType":"Medication","id":"x","code":{"coding":[{"code":"passing"}]}}],""",
            """Reference":{"reference":"#x"}"""));
        var again = await IdsAsync(engine, search);
        using var deleted = await here.SendAsync("DELETE", "MedicationRequest/passing");
        var gone = await IdsAsync(engine, search);

        (before, after, again, gone).Should().BeEquivalentTo(
            (new List<string> { "passing" }, new List<string>(), new List<string> { "passing" }, new List<string>()));
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_condition_of_a_write_does_not_look_into_contained_resources(DatabaseEngine engine)
    {
        var here = await ward.OnAsync(engine);

        using var refused = await here.SendAsync("DELETE", "Medication?code=asp&_contained=true");

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await TestServer.IssueOf(refused)).Expression.Should().Be("http._contained");
    }

    private async Task FindsAsync(DatabaseEngine engine, string search, string expected) =>
        string.Join(' ', (await IdsAsync(engine, search)).Order(StringComparer.Ordinal)).Should().Be(expected);

    private async Task<List<string>> IdsAsync(DatabaseEngine engine, string search)
    {
        var bundle = await ward.GetAsync(engine, search);
        bundle.Text("type").Should().Be("searchset", "{0}", search);
        return [.. bundle.All("entry").Where(e => e["search"]!.Text("mode") != "outcome").Select(e => e["resource"]!.Id!)];
    }

    /// <summary>A server on each database with the same few resources.</summary>
    public sealed class Ward : IAsyncLifetime
    {
        private static readonly string[] Resources =
        [
            """{"resourceType":"Organization","id":"clinic","name":"Klinikka","identifier":[{"value":"o"}]}""",
            """
            {"resourceType":"Patient","id":"eve","meta":{"tag":[{"system":"urn:tags","code":"review"}],"profile":["urn:profile:a"]},
             "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">Sairaala</div>"},
             "name":[{"family":"Åström","given":["Eve"]}],"birthDate":"1990-05-17","gender":"female","active":true,
             "identifier":[{"system":"urn:i","value":"7","type":{"coding":[{"system":"urn:types","code":"MR"}]}}],
             "telecom":[{"system":"email","value":"eve@x.example"}],
             "communication":[{"language":{"coding":[{"code":"fi","display":"Suomi"}]}}],
             "managingOrganization":{"reference":"Organization/clinic"}}
            """,
            """
            {"resourceType":"Patient","id":"adam","meta":{"security":[{"system":"urn:security","code":"R"}],"source":"urn:source"},
             "name":[{"family":"Quinones","given":["Adam"]}],"birthDate":"1980","gender":"male","identifier":[{"value":"7"}],
             "address":[{"line":["Mannerheimintie 1"],"city":"Helsinki"}],
             "managingOrganization":{"reference":"Organization/clinic"}}
            """,
            """
            {"resourceType":"Patient","id":"kari","name":[{"given":["Severi"]}],"identifier":[{"value":"a,b|c$d\\e"}]}
            """,
            """
            {"resourceType":"Observation","id":"dose","status":"final","code":{"coding":[{"system":"urn:c","code":"d"}]},
             "subject":{"reference":"Patient/eve"},"focus":[{"reference":"Observation/old/_history/3"}],
             "performer":[{"reference":"http://muu.example/Practitioner/1","display":"Muu"}],
             "valueQuantity":{"value":5.4,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}}
            """,
            """{"resourceType":"ValueSet","id":"set","url":"http://v.example/fhir/a","status":"active"}""",
            """
            {"resourceType":"ActivityDefinition","id":"activity","status":"active","library":["http://v.example/Library/x|2.0"]}
            """,
            """
            {"resourceType":"DocumentReference","id":"plain","status":"current","content":[{"attachment":{"contentType":"text/xml"}}]}
            """,
            """
            {"resourceType":"DocumentReference","id":"utf8","status":"current",
             "content":[{"attachment":{"contentType":"text/xml; charset=UTF-8"}}]}
            """,
            """
            {"resourceType":"AllergyIntolerance","id":"pollen","clinicalStatus":{"coding":[{"system":
             "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},
             "patient":{"reference":"Patient/eve"}}
            """,
            """
            {"resourceType":"List","id":"ward","status":"current","mode":"working","entry":[{"item":{"reference":"Patient/eve"}}]}
            """,
            """
            {"resourceType":"List","id":"allergies","status":"current","mode":"working","code":{"coding":[{"system":
             "http://terminology.hl7.org/CodeSystem/list-example-use-codes","code":"allergies"}]},
             "entry":[{"item":{"reference":"AllergyIntolerance/pollen"}}]}
            """,
            """{"resourceType":"Medication","id":"bottle","status":"active","code":{"coding":[{"system":"urn:m","code":"asp"}]}}""",
            """
            {"resourceType":"MedicationRequest","id":"script","status":"active","intent":"order","contained":[
             {"resourceType":"Medication","id":"m1","status":"active","code":{"coding":[{"system":"urn:m","code":"asp"}]}},
             {"resourceType":"Observation","id":"o1","status":"preliminary","code":{"text":"x"},
              "subject":{"reference":"Patient/eve"}}],
             "medicationReference":{"reference":"#m1"},"subject":{"reference":"Patient/eve"},
             "reasonReference":[{"reference":"#o1"}]}
            """,
            """{"resourceType":"Location","id":"here","position":{"longitude":24.9375,"latitude":60.1708}}""",
            """{"resourceType":"Location","id":"tampere","position":{"longitude":23.7610,"latitude":61.4978}}""",
        ];

        private readonly TestServer _server = new();
        private readonly HashSet<TestServer> _filled = [];

        public Task InitializeAsync() => _server.InitializeAsync();

        public Task DisposeAsync() => _server.DisposeAsync();

        public async Task<TestServer> OnAsync(DatabaseEngine engine)
        {
            var here = await _server.OnAsync(engine);
            if (!_filled.Add(here))
                return here;
            foreach (var json in Resources)
            {
                var head = System.Text.Json.Nodes.JsonNode.Parse(json)!;
                using var put = await here.SendAsync("PUT", $"{head["resourceType"]}/{head["id"]}", json);
                put.StatusCode.Should().Be(HttpStatusCode.Created, await put.Content.ReadAsStringAsync());
            }
            return here;
        }

        public async Task<Core.Model.ElementNode> GetAsync(DatabaseEngine engine, string search)
        {
            var here = await OnAsync(engine);
            using var found = await here.SendAsync("GET", search);
            return await TestServer.ResourceOf(found);
        }
    }
}

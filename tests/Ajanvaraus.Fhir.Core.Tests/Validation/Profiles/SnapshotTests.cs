namespace Ajanvaraus.Fhir.Core.Tests.Validation.Profiles;

/// <summary>How profiles are put together from what they say and what their bases say.</summary>
public sealed class SnapshotTests
{
    private const string BaseUrl = "http://example.org/StructureDefinition/base";

    private const string Patient = """{"resourceType":"Patient"}""";

    private const string BaseElements = """
        {"id":"Patient.name","path":"Patient.name","min":1},
        {"id":"Patient.identifier","path":"Patient.identifier","slicing":{
          "discriminator":[{"type":"value","path":"system"}],"rules":"open"} },
        {"id":"Patient.identifier:a","path":"Patient.identifier","sliceName":"a","min":0,"max":"1"},
        {"id":"Patient.identifier:a.system","path":"Patient.identifier.system","min":1,"fixedUri":"http://a"}
        """;

    [Fact]
    public void Rules_of_the_base_hold_beside_those_of_the_profile()
    {
        var below = ProfileCase.Profile("Patient", BaseElements, BaseUrl);
        var profile = ProfileCase.Profile("Patient", """{"path":"Patient.gender","min":1}""", baseUrl: BaseUrl);

        var errors = ProfileCase.ErrorText(Patient, profile, below);

        errors.Should().Be("AJV-1405 Patient.name; AJV-1405 Patient.gender");
    }

    [Theory]
    [InlineData("", "AJV-1421 Patient.identifier")]
    [InlineData(""","identifier":[{"system":"http://a"}]""", "AJV-1405 Patient.identifier[0].value")]
    [InlineData(""","identifier":[{"system":"http://a","value":"1"}]""", "")]
    public void Slice_of_the_base_is_constrained_by_its_name_alone(string members, string expected)
    {
        var below = ProfileCase.Profile("Patient", BaseElements, BaseUrl);
        var profile = ProfileCase.Profile("Patient", """
            {"id":"Patient.identifier:a","path":"Patient.identifier","sliceName":"a","min":1},
            {"id":"Patient.identifier:a.value","path":"Patient.identifier.value","min":1}
            """, baseUrl: BaseUrl);

        var errors = ProfileCase.ErrorText(
            ProfileCase.With(Patient, $$""" "name":[{"text":"a"}] {{members}} """), profile, below);

        errors.Should().Be(expected);
    }

    [Fact]
    public void Base_is_not_changed_by_what_is_derived_from_it()
    {
        var below = ProfileCase.Profile("Patient", BaseElements, BaseUrl);
        var profile = ProfileCase.Profile(
            "Patient", """{"id":"Patient.identifier:a","path":"Patient.identifier","min":1}""", baseUrl: BaseUrl);
        var validator = ProfileCase.Validator(below, profile);
        var resource = Json.Parsed.Resource("""{"resourceType":"Patient","name":[{"text":"a"}]}""");

        var derived = validator.Validate(resource, ProfileCase.Url).Count(issue => issue.Id == "AJV-1421");
        var original = validator.Validate(resource, BaseUrl).Count(issue => issue.Id == "AJV-1421");

        (derived, original).Should().Be((1, 0));
    }

    [Theory]
    [InlineData("differential")]
    [InlineData("snapshot")]
    public void Differential_and_snapshot_say_the_same(string view)
    {
        var profile = ProfileCase.Profile("Patient", """
            {"id":"Patient","path":"Patient","min":0,"max":"*","constraint":[
              {"key":"dom-2","severity":"error","human":"x","expression":"contained.contained.empty()"}]},
            {"id":"Patient.name","path":"Patient.name","min":1,"max":"*"},
            {"id":"Patient.gender","path":"Patient.gender","min":0,"max":"1","type":[{"code":"code"}],
              "binding":{"strength":"required","valueSet":"http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1"} }
            """, view: view);

        var errors = ProfileCase.ErrorText(Patient, profile);

        errors.Should().Be("AJV-1405 Patient.name");
    }

    [Fact]
    public void Snapshot_serves_where_the_base_is_not_known()
    {
        var profile = ProfileCase.Profile("Patient", """{"path":"Patient.name","min":1}""",
            baseUrl: "http://example.org/gone", view: "snapshot",
            more: """ "differential":{"element":[{"path":"Patient.active","min":1}]},""");

        var errors = ProfileCase.ErrorText(Patient, profile);

        errors.Should().Be("AJV-1405 Patient.name");
    }

    [Fact]
    public void Base_that_is_not_known_is_told_and_the_profile_checked_as_far_as_it_goes()
    {
        var profile = ProfileCase.Profile(
            "Patient", """{"path":"Patient.name","min":1}""", baseUrl: "http://example.org/gone");

        var issues = ProfileCase.Validator(profile).Validate(Json.Parsed.Resource(Patient), ProfileCase.Url);

        issues.Select(issue => issue.Id).Should().Contain(["AJV-1404", "AJV-1405"]);
    }

    [Fact]
    public void Elements_without_ids_are_placed_by_their_order()
    {
        var profile = ProfileCase.Profile("Patient", """
            {"path":"Patient.identifier","slicing":{"discriminator":[{"type":"value","path":"system"}],"rules":"open"} },
            {"path":"Patient.identifier","sliceName":"a"},
            {"path":"Patient.identifier.system","fixedUri":"http://a"},
            {"path":"Patient.identifier.value","min":1},
            {"path":"Patient.identifier","sliceName":"b"},
            {"path":"Patient.identifier.system","fixedUri":"http://b"},
            {"path":"Patient.identifier.use","min":1},
            {"path":"Patient.name","min":1}
            """);

        var errors = ProfileCase.ErrorText(ProfileCase.With(
            Patient, """ "identifier":[{"system":"http://b"},{"system":"http://a"}] """), profile);

        errors.Should().Be("AJV-1405 Patient.identifier[0].use; AJV-1405 Patient.identifier[1].value; AJV-1405 Patient.name");
    }

    [Fact]
    public void Element_that_the_type_does_not_have_is_told_as_a_fault_of_the_profile()
    {
        var profile = ProfileCase.Profile("Patient", """{"path":"Patient.colour","min":1}""");

        var issues = ProfileCase.Validator(profile).Validate(Json.Parsed.Resource(Patient), ProfileCase.Url);

        issues.Should().ContainSingle(issue => issue.Id == "AJV-1404").Which.Text.Should().Contain("Patient.colour");
    }

    [Fact]
    public void Slice_of_the_profile_of_an_element_is_known_by_name_where_the_element_is_used()
    {
        const string url = "http://example.org/StructureDefinition/address";
        var parts = ProfileCase.Profile("Extension", $$"""
            {"id":"Extension.extension:code","path":"Extension.extension","sliceName":"code","min":1},
            {"id":"Extension.extension:code.url","path":"Extension.extension.url","fixedUri":"code"},
            {"id":"Extension.extension:code.value[x]","path":"Extension.extension.value[x]","type":[{"code":"code"}]},
            {"id":"Extension.url","path":"Extension.url","fixedUri":"{{url}}"}
            """, url);
        var profile = ProfileCase.Profile("Patient", $$"""
            {"id":"Patient.extension:kind","path":"Patient.extension","sliceName":"kind","min":1,
              "type":[{"code":"Extension","profile":["{{url}}"]}]},
            {"id":"Patient.extension:kind.extension:code.value[x]","path":"Patient.extension.extension.value[x]","fixedCode":"x"}
            """);
        string Errors(string code) => ProfileCase.ErrorText(ProfileCase.With(Patient,
            $$""" "extension":[{"url":"{{url}}","extension":[{"url":"code","valueCode":"{{code}}"}]}] """), profile, parts);

        Errors("x").Should().BeEmpty();
        Errors("y").Should().Be("AJV-1409 Patient.extension[0].extension[0].value");
    }

    [Fact]
    public void Profile_that_leads_back_to_itself_ends()
    {
        var first = ProfileCase.Profile(
            "Patient", """{"path":"Patient.name","min":1}""", baseUrl: BaseUrl);
        var second = ProfileCase.Profile(
            "Patient", """{"path":"Patient.gender","min":1}""", BaseUrl, ProfileCase.Url);

        var errors = ProfileCase.ErrorText(Patient, first, second);

        errors.Should().Contain("AJV-1405 Patient.name");
    }

    [Fact]
    public void Profile_of_elements_of_its_own_kind_ends_and_holds_on_every_level()
    {
        var profile = ProfileCase.Profile("Questionnaire", $$"""
            {"path":"Questionnaire.title","min":1},
            {"path":"Questionnaire.contained","type":[{"code":"Questionnaire","profile":["{{ProfileCase.Url}}"]}]}
            """);
        const string json = """
            {"resourceType":"Questionnaire","status":"draft","title":"t","derivedFrom":["#q"],
             "contained":[{"resourceType":"Questionnaire","id":"q","status":"draft"}]}
            """;

        var errors = ProfileCase.ErrorText(json, profile);

        errors.Should().Be("AJV-1405 Questionnaire.contained[0].title");
    }

    [Fact]
    public void References_in_a_ring_end()
    {
        var profile = ProfileCase.Profile("Patient", $$"""
            {"path":"Patient.name","min":1},
            {"path":"Patient.link.other","type":[{"code":"Reference","targetProfile":["{{ProfileCase.Url}}"]}]}
            """);
        static string Entry(string id, string other, string name) => $$"""
            {"fullUrl":"http://x/Patient/{{id}}","resource":{"resourceType":"Patient","id":"{{id}}",{{name}}
              "meta":{"profile":["{{ProfileCase.Url}}"]},
              "link":[{"other":{"reference":"Patient/{{other}}"},"type":"seealso"}]} }
            """;
        const string named = """ "name":[{"text":"a"}],""";
        string Bundle(string first, string second) =>
            $$"""{"resourceType":"Bundle","type":"collection","entry":[{{Entry("a", "b", first)}},{{Entry("b", "a", second)}}]}""";
        var validator = ProfileCase.Validator(profile);
        IEnumerable<string> Errors(string json) => validator.Validate(Json.Parsed.Resource(json))
            .Where(i => i.Severity == Core.Issues.IssueSeverity.Error).Select(i => $"{i.Id} {i.Expression}");

        Errors(Bundle(named, named)).Should().BeEmpty();
        Errors(Bundle(named, "")).Should().BeEquivalentTo(
            "AJV-1432 Bundle.entry[0].resource.link[0].other", "AJV-1405 Bundle.entry[1].resource.name",
            "AJV-1432 Bundle.entry[1].resource.link[0].other");
    }

    [Fact]
    public void Imposed_profile_is_checked_too()
    {
        var imposed = ProfileCase.Profile("Patient", """{"path":"Patient.gender","min":1}""", "http://example.org/imposed");
        var profile = ProfileCase.Profile("Patient", """{"path":"Patient.name","min":1}""", more: """
            "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/structuredefinition-imposeProfile",
              "valueCanonical":"http://example.org/imposed"}],
            """);

        var errors = ProfileCase.ErrorText(Patient, profile, imposed);

        errors.Should().Be("AJV-1405 Patient.name; AJV-1405 Patient.gender");
    }

    [Fact]
    public void Profile_of_another_type_is_told()
    {
        var profile = ProfileCase.Profile("Slot", """{"path":"Slot.comment","min":1}""");

        var errors = ProfileCase.ErrorText(Patient, profile);

        errors.Should().Be("AJV-1403 Patient");
    }
}

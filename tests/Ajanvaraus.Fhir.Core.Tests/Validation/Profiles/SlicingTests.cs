using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Tests.Json;

namespace Ajanvaraus.Fhir.Core.Tests.Validation.Profiles;

/// <summary>Slices by every kind of discriminator: http://hl7.org/fhir/R4/profiling.html#slicing .</summary>
public sealed class SlicingTests
{
    private const string Patient = """{"resourceType":"Patient"}""";

    private const string Observation =
        """{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"Patient/1"}}""";

    private static string Slicing(string path, string type, string at) =>
        $$"""
        { "id":"{{path}}", "path":"{{path}}", "slicing":{
          "discriminator":[{"type":"{{type}}","path":"{{at}}"}], "rules":"open" } },
        """;

    private static string BySystem(string rules = "open", string more = "") => $$"""
        {"id":"Patient.identifier","path":"Patient.identifier","slicing":{
          "discriminator":[{"type":"value","path":"system"}],"rules":"{{rules}}" {{more}} } },
        {"id":"Patient.identifier:a","path":"Patient.identifier","sliceName":"a","min":1,"max":"1"},
        {"id":"Patient.identifier:a.system","path":"Patient.identifier.system","min":1,"fixedUri":"http://a"},
        {"id":"Patient.identifier:a.value","path":"Patient.identifier.value","min":1},
        {"id":"Patient.identifier:b","path":"Patient.identifier","sliceName":"b","min":0,"max":"1"},
        {"id":"Patient.identifier:b.system","path":"Patient.identifier.system","min":1,"fixedUri":"http://b"}
        """;

    [Theory]
    [InlineData("open", """{"system":"http://a","value":"1"}""", "")]
    [InlineData("open", """{"system":"http://b","value":"1"}""", "AJV-1421 Patient.identifier")]
    [InlineData("open", """{"system":"http://a"}""", "AJV-1405 Patient.identifier[0].value")]
    [InlineData("open", """{"system":"http://a","value":"1"},{"system":"http://a","value":"2"}""", "AJV-1422 Patient.identifier[1]")]
    [InlineData("open", """{"system":"http://x"},{"system":"http://a","value":"1"}""", "")]
    [InlineData("closed", """{"system":"http://x"},{"system":"http://a","value":"1"}""", "AJV-1423 Patient.identifier[0]")]
    [InlineData("openAtEnd", """{"system":"http://x"},{"system":"http://a","value":"1"}""", "AJV-1425 Patient.identifier[1]")]
    [InlineData("openAtEnd", """{"system":"http://a","value":"1"},{"system":"http://x"}""", "")]
    public void Slices_by_value_are_counted_and_checked(string rules, string identifiers, string expected)
    {
        var profile = ProfileCase.Profile("Patient", BySystem(rules));

        var errors = ProfileCase.ErrorText(
            ProfileCase.With(Patient, $$""" "identifier":[{{identifiers}}] """), profile);

        errors.Should().Be(expected);
    }

    [Theory]
    [InlineData("true", "AJV-1424 Patient.identifier[1]")]
    [InlineData("false", "")]
    public void Slices_stand_in_their_order_where_the_profile_asks_for_it(string ordered, string expected)
    {
        var profile = ProfileCase.Profile("Patient", BySystem(more: $",\"ordered\":{ordered}"));

        var errors = ProfileCase.ErrorText(ProfileCase.With(Patient,
            """ "identifier":[{"system":"http://b"},{"system":"http://a","value":"1"}] """), profile);

        errors.Should().Be(expected);
    }

    [Theory]
    [InlineData("""{"coding":[{"system":"http://s","code":"x"}]}""", "AJV-1405 Observation.category[0].text")]
    [InlineData("""{"text":"t","coding":[{"system":"http://t","code":"y"},{"system":"http://s","code":"x"}]}""", "")]
    [InlineData("""{"coding":[{"system":"http://t","code":"x"}]}""", "AJV-1421 Observation.category")]
    public void Slices_by_pattern_are_told_by_what_they_have_at_least(string category, string expected)
    {
        var profile = ProfileCase.Profile("Observation", Slicing("Observation.category", "pattern", "$this") + """
            {"id":"Observation.category:x","path":"Observation.category","sliceName":"x","min":1,
              "patternCodeableConcept":{"coding":[{"system":"http://s","code":"x"}]}},
            {"id":"Observation.category:x.text","path":"Observation.category.text","min":1}
            """);

        var errors = ProfileCase.ErrorText(
            ProfileCase.With(Observation, $$""" "category":[{{category}}] """), profile);

        errors.Should().Be(expected);
    }

    [Theory]
    [InlineData("code", """ "patternCodeableConcept":{"coding":[{"system":"http://s","code":"x"}]} """, "Observation.component.code")]
    [InlineData("code.coding.code", """ "patternCodeableConcept":{"coding":[{"system":"http://s","code":"x"}]} """, "Observation.component.code")]
    [InlineData("code", """ "fixedCode":"x" """, "Observation.component.code.coding.code")]
    [InlineData("code.coding.code", """ "fixedCode":"x" """, "Observation.component.code.coding.code")]
    public void Slices_are_told_also_when_the_rule_stands_above_or_below_the_path(
        string path, string rule, string at)
    {
        var id = at.Replace("component", "component:x", StringComparison.Ordinal);
        var profile = ProfileCase.Profile("Observation", Slicing("Observation.component", "value", path) + $$"""
            {"id":"Observation.component:x","path":"Observation.component","sliceName":"x","min":1},
            {"id":"{{id}}","path":"{{at}}",{{rule}}},
            {"id":"Observation.component:x.value[x]","path":"Observation.component.value[x]","min":1}
            """);
        const string with = """ "component":[{"code":{"coding":[{"system":"http://s","code":"x"}]}}] """;
        const string without = """ "component":[{"code":{"coding":[{"system":"http://s","code":"y"}]}}] """;

        var told = ProfileCase.ErrorText(ProfileCase.With(Observation, with), profile);
        var other = ProfileCase.ErrorText(ProfileCase.With(Observation, without), profile);

        told.Should().Be("AJV-1405 Observation.component[0].value");
        other.Should().Be("AJV-1421 Observation.component");
    }

    [Theory]
    [InlineData("""{"period":{"start":"2026"},"system":"http://a"}""", "AJV-1405 Patient.identifier[0].value")]
    [InlineData("""{"system":"http://a"}""", "AJV-1405 Patient.identifier[0].use")]
    public void Slices_by_exists_are_told_by_presence_and_absence(string identifier, string expected)
    {
        var profile = ProfileCase.Profile("Patient", Slicing("Patient.identifier", "exists", "period") + """
            {"id":"Patient.identifier:timed","path":"Patient.identifier","sliceName":"timed"},
            {"id":"Patient.identifier:timed.period","path":"Patient.identifier.period","min":1},
            {"id":"Patient.identifier:timed.value","path":"Patient.identifier.value","min":1},
            {"id":"Patient.identifier:lasting","path":"Patient.identifier","sliceName":"lasting"},
            {"id":"Patient.identifier:lasting.period","path":"Patient.identifier.period","max":"0"},
            {"id":"Patient.identifier:lasting.use","path":"Patient.identifier.use","min":1}
            """);

        var errors = ProfileCase.ErrorText(
            ProfileCase.With(Patient, $$""" "identifier":[{{identifier}}] """), profile);

        errors.Should().Be(expected);
    }

    [Theory]
    [InlineData(""" "valueQuantity":{"value":1} """, "AJV-1405 Observation.value.unit")]
    [InlineData(""" "valueQuantity":{"value":1,"unit":"kg"} """, "")]
    [InlineData(""" "valueString":"abcd" """, "AJV-1413 Observation.value")]
    [InlineData(""" "valueBoolean":true """, "")]
    public void Slices_by_type_hold_for_a_value_of_their_type(string value, string expected)
    {
        var profile = ProfileCase.Profile("Observation", Slicing("Observation.value[x]", "type", "$this") + """
            {"id":"Observation.value[x]:valueQuantity","path":"Observation.value[x]","sliceName":"valueQuantity","type":[{"code":"Quantity"}]},
            {"id":"Observation.value[x]:valueQuantity.unit","path":"Observation.value[x].unit","min":1},
            {"id":"Observation.value[x]:valueString","path":"Observation.value[x]","sliceName":"valueString","type":[{"code":"string"}],"maxLength":3}
            """);

        var errors = ProfileCase.ErrorText(ProfileCase.With(Observation, value), profile);

        errors.Should().Be(expected);
    }

    [Theory]
    [InlineData("""{"reference":"Practitioner/1"}""", "AJV-1405 Observation.performer[0].display")]
    [InlineData("""{"reference":"Practitioner/1","display":"x"}""", "")]
    [InlineData("""{"reference":"Organization/1"}""", "")]
    [InlineData("""{"reference":"#q"}""", "AJV-1405 Observation.performer[0].display")]
    public void Slices_by_the_type_of_a_target_are_told_without_fetching(string performer, string expected)
    {
        var profile = ProfileCase.Profile("Observation", Slicing("Observation.performer", "type", "$this.resolve()") + """
            {"id":"Observation.performer:p","path":"Observation.performer","sliceName":"p",
              "type":[{"code":"Reference","targetProfile":["http://hl7.org/fhir/StructureDefinition/Practitioner"]}]},
            {"id":"Observation.performer:p.display","path":"Observation.performer.display","min":1}
            """);
        var contained = performer.Contains('#') ? """ "contained":[{"resourceType":"Practitioner","id":"q"}],""" : "";

        var errors = ProfileCase.ErrorText(
            ProfileCase.With(Observation, $$""" {{contained}} "performer":[{{performer}}] """), profile);

        errors.Should().Be(expected);
    }

    [Theory]
    [InlineData("""{"family":"a","given":["b"]}""", "AJV-1405 Patient.name[0].use")]
    [InlineData("""{"family":"a"}""", "")]
    public void Slices_by_profile_are_told_by_conformance(string name, string expected)
    {
        var full = ProfileCase.Profile(
            "HumanName", """{"path":"HumanName.given","min":1}""", "http://example.org/full-name");
        var profile = ProfileCase.Profile("Patient", Slicing("Patient.name", "profile", "$this") + """
            {"id":"Patient.name:full","path":"Patient.name","sliceName":"full",
              "type":[{"code":"HumanName","profile":["http://example.org/full-name"]}]},
            {"id":"Patient.name:full.use","path":"Patient.name.use","min":1}
            """);

        var errors = ProfileCase.ErrorText(
            ProfileCase.With(Patient, $$""" "name":[{{name}}] """), profile, full);

        errors.Should().Be(expected);
    }

    [Theory]
    [InlineData("""{"system":"http://a","use":"official"}""", "AJV-1405 Patient.identifier[0].period")]
    [InlineData("""{"system":"http://a","use":"old","period":{"start":"2026"}}""", "AJV-1421 Patient.identifier")]
    [InlineData("""{"system":"http://a","use":"official","period":{"start":"2026"}}""", "")]
    public void Re_slices_divide_a_slice_further(string identifier, string expected)
    {
        var profile = ProfileCase.Profile("Patient", Slicing("Patient.identifier", "value", "system") + """
            {"id":"Patient.identifier:a","path":"Patient.identifier","sliceName":"a",
              "slicing":{"discriminator":[{"type":"value","path":"use"}],"rules":"open"}},
            {"id":"Patient.identifier:a.system","path":"Patient.identifier.system","fixedUri":"http://a"},
            {"id":"Patient.identifier:a/o","path":"Patient.identifier","sliceName":"a/o","min":1},
            {"id":"Patient.identifier:a/o.use","path":"Patient.identifier.use","fixedCode":"official"},
            {"id":"Patient.identifier:a/o.period","path":"Patient.identifier.period","min":1}
            """);

        var errors = ProfileCase.ErrorText(
            ProfileCase.With(Patient, $$""" "identifier":[{{identifier}}] """), profile);

        errors.Should().Be(expected);
    }

    /// <summary>Expression on the resource, and the values that are in the slice.</summary>
    [Theory]
    [InlineData("identifier.slice('http://example.org/StructureDefinition/p', 'a').value", "1,3")]
    [InlineData("slice('http://example.org/StructureDefinition/p', 'a').value", "1,3")]
    [InlineData("identifier.slice('http://example.org/StructureDefinition/p', 'a/o').value", "3")]
    [InlineData("identifier.first().slice('http://example.org/StructureDefinition/p', 'a/o').value", "")]
    [InlineData("identifier.slice('http://example.org/StructureDefinition/p', 'none').value", "")]
    [InlineData("identifier.slice('http://example.org/none', 'a').value", "")]
    [InlineData("name.slice('http://example.org/StructureDefinition/p', 'a')", "")]
    [InlineData("identifier.slice({}, 'a')", "")]
    public void Function_slice_finds_what_is_in_a_slice(string expression, string expected)
    {
        var profile = ProfileCase.Profile("Patient", Slicing("Patient.identifier", "value", "system") + """
            {"id":"Patient.identifier:a","path":"Patient.identifier","sliceName":"a",
              "slicing":{"discriminator":[{"type":"value","path":"use"}],"rules":"open"}},
            {"id":"Patient.identifier:a.system","path":"Patient.identifier.system","fixedUri":"http://a"},
            {"id":"Patient.identifier:a/o","path":"Patient.identifier","sliceName":"a/o"},
            {"id":"Patient.identifier:a/o.use","path":"Patient.identifier.use","fixedCode":"official"}
            """);
        var patient = Parsed.Resource(ProfileCase.With(Patient, """
            "identifier":[{"system":"http://a","value":"1"},{"system":"http://b","use":"official","value":"2"},
              {"system":"http://a","use":"official","value":"3"}],"name":[{"text":"n"}]
            """));

        var result = FhirPathExpression.Parse(expression).Expression!.Evaluate(
            patient, new FhirPathContext { Conformance = ProfileCase.Validator(profile) });

        result.Error.Should().BeNull();
        string.Join(',', result.Values).Should().Be(expected);
    }

    [Fact]
    public void Slice_by_an_extension_of_the_element_is_told_by_its_value()
    {
        const string url = "http://example.org/kind";
        var kind = ProfileCase.Profile("Extension", $$"""{"path":"Extension.url","fixedUri":"{{url}}" }""", url);
        var profile = ProfileCase.Profile("Patient",
            Slicing("Patient.contact", "value", $"extension('{url}').value") + $$"""
            {"id":"Patient.contact:k","path":"Patient.contact","sliceName":"k"},
            {"id":"Patient.contact:k.extension:kind","path":"Patient.contact.extension","sliceName":"kind","min":1,
              "type":[{"code":"Extension","profile":["{{url}}"]}]},
            {"id":"Patient.contact:k.extension:kind.value[x]","path":"Patient.contact.extension.value[x]","fixedCode":"x"},
            {"id":"Patient.contact:k.name","path":"Patient.contact.name","min":1}
            """);
        var contact = $$"""
            "contact":[
              {"extension":[{"url":"{{url}}","valueCode":"x"}],"organization":{"display":"o"} },
              {"extension":[{"url":"{{url}}","valueCode":"y"}],"organization":{"display":"o"} }]
            """;

        var errors = ProfileCase.ErrorText(ProfileCase.With(Patient, contact), profile, kind);

        errors.Should().Be("AJV-1405 Patient.contact[0].name");
    }

    [Fact]
    public void Element_of_two_slices_is_told()
    {
        var profile = ProfileCase.Profile("Patient", Slicing("Patient.identifier", "value", "system") + """
            {"id":"Patient.identifier:a","path":"Patient.identifier","sliceName":"a"},
            {"id":"Patient.identifier:a.system","path":"Patient.identifier.system","fixedUri":"http://a"},
            {"id":"Patient.identifier:b","path":"Patient.identifier","sliceName":"b"},
            {"id":"Patient.identifier:b.system","path":"Patient.identifier.system","patternUri":"http://a"}
            """);

        var errors = ProfileCase.ErrorText(
            ProfileCase.With(Patient, """ "identifier":[{"system":"http://a"}] """), profile);

        errors.Should().Be("AJV-1426 Patient.identifier[0]");
    }
}

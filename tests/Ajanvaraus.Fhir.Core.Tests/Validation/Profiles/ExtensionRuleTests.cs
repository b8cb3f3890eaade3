using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Tests.Json;

namespace Ajanvaraus.Fhir.Core.Tests.Validation.Profiles;

/// <summary>What definitions of extensions ask: http://hl7.org/fhir/R4/defining-extensions.html .</summary>
public sealed class ExtensionRuleTests
{
    private const string Own = "http://example.org/ext";

    private static IEnumerable<string> Issues(string json, params Core.Model.ElementNode[] definitions) =>
        ProfileCase.Validator(definitions).Validate(Parsed.Resource(json))
            .Where(issue => issue.Id != "AJV-1419")
            .Select(issue => $"{issue.Severity} {issue.Id} {issue.Expression}");

    [Theory]
    [InlineData("""{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthPlace","valueAddress":{"city":"Oulu"}}""", "")]
    [InlineData("""{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthPlace","valueString":"Oulu"}""", "Error AJV-1408 Patient.extension[0].value")]
    [InlineData("""{"url":"http://hl7.org/fhir/StructureDefinition/observation-bodyPosition","valueCodeableConcept":{"text":"a"}}""", "Error AJV-1442 Patient.extension[0]")]
    [InlineData("""{"url":"http://example.org/nobody-knows","valueString":"a"}""", "Information AJV-1440 Patient.extension[0]")]
    [InlineData("""{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthplace","valueString":"a"}""", "Warning AJV-1445 Patient.extension[0]")]
    [InlineData("""{"url":"http://hl7.org/fhir/5.0/StructureDefinition/extension-Patient.name","valueString":"a"}""", "Information AJV-1440 Patient.extension[0]")]
    [InlineData("""{"url":"http://hl7.org/fhir/StructureDefinition/patient-nationality","extension":[{"url":"code","valueCodeableConcept":{"text":"FI"}}]}""", "")]
    [InlineData("""{"url":"http://hl7.org/fhir/StructureDefinition/patient-nationality","extension":[{"url":"code","valueString":"FI"}]}""", "Error AJV-1408 Patient.extension[0].extension[0].value")]
    public void Known_extension_is_checked_by_its_definition(string extension, string expected)
    {
        var issues = Issues($$"""{"resourceType":"Patient","extension":[{{extension}}]}""");

        string.Join("; ", issues).Should().Be(expected);
    }

    [Theory]
    [InlineData("element", "Patient", "")]
    [InlineData("element", "DomainResource", "")]
    [InlineData("element", "Element", "")]
    [InlineData("element", "Patient.contact", "Error AJV-1442 Patient.extension[0]")]
    [InlineData("element", "Observation", "Error AJV-1442 Patient.extension[0]")]
    [InlineData("fhirpath", "Patient.where(active)", "")]
    [InlineData("fhirpath", "Patient.where(active.not())", "Error AJV-1442 Patient.extension[0]")]
    [InlineData("extension", "http://example.org/outer", "Error AJV-1442 Patient.extension[0]")]
    public void Extension_stands_where_its_context_allows(string type, string expression, string expected)
    {
        var definition = ProfileCase.Profile("Extension", """{"path":"Extension.value[x]","min":1}""", Own,
            more: $$""" "context":[{"type":"{{type}}","expression":"{{expression}}"}],""");

        var issues = Issues(
            $$"""{"resourceType":"Patient","extension":[{"url":"{{Own}}","valueString":"a"}],"active":true}""", definition);

        string.Join("; ", issues).Should().Be(expected);
    }

    [Theory]
    [InlineData("Patient.name", "")]
    [InlineData("HumanName", "")]
    [InlineData("Patient.contact.name", "Error AJV-1442 Patient.name[0].extension[0]")]
    public void Context_of_an_element_is_its_path_or_its_type(string expression, string expected)
    {
        var definition = ProfileCase.Profile("Extension", """{"path":"Extension.value[x]","min":1}""", Own,
            more: $$""" "context":[{"type":"element","expression":"{{expression}}"}],""");

        var issues = Issues(
            $$"""{"resourceType":"Patient","name":[{"extension":[{"url":"{{Own}}","valueString":"a"}],"text":"n"}]}""",
            definition);

        string.Join("; ", issues).Should().Be(expected);
    }

    [Theory]
    [InlineData("modifierExtension", "", "Error AJV-1441 Patient.modifierExtension[0]")]
    [InlineData("modifierExtension", "false", "Error AJV-1444 Patient.modifierExtension[0]")]
    [InlineData("modifierExtension", "true", "")]
    [InlineData("extension", "true", "Error AJV-1443 Patient.extension[0]")]
    [InlineData("extension", "false", "")]
    public void Modifier_is_known_and_stands_among_modifiers(string element, string isModifier, string expected)
    {
        var definitions = isModifier.Length == 0 ? [] : new[]
        {
            ProfileCase.Profile("Extension", $$"""
                {"path":"Extension","isModifier":{{isModifier}},"isModifierReason":"r"},{"path":"Extension.value[x]","min":1}
                """, Own, more: """ "context":[{"type":"element","expression":"Patient"}],"""),
        };

        // An address that is kept for examples would be let pass.
        var url = isModifier.Length == 0 ? "http://unknown.fi/StructureDefinition/x" : Own;

        var issues = Issues(
            $$"""{"resourceType":"Patient","{{element}}":[{"url":"{{url}}","valueString":"a"}]}""", definitions);

        string.Join("; ", issues).Should().Be(expected);
    }

    [Fact]
    public void Extension_slice_of_a_profile_is_told_by_the_canonical_of_its_definition()
    {
        var definition = ProfileCase.Profile("Extension", $$"""{"path":"Extension.url","fixedUri":"{{Own}}" }""", Own);
        var profile = ProfileCase.Profile("Patient", $$"""
            {"id":"Patient.extension:own","path":"Patient.extension","sliceName":"own","min":1,"max":"1",
              "type":[{"code":"Extension","profile":["{{Own}}"]}]}
            """);

        var missing = ProfileCase.ErrorText("""{"resourceType":"Patient"}""", profile, definition);
        var there = ProfileCase.ErrorText(
            $$"""{"resourceType":"Patient","extension":[{"url":"{{Own}}","valueString":"a"}]}""", profile, definition);

        missing.Should().Be("AJV-1421 Patient.extension");
        there.Should().BeEmpty();
    }

    [Fact]
    public void Finding_of_an_extension_names_its_definition()
    {
        var issues = ProfileCase.Validator().Validate(Parsed.Resource("""
            {"resourceType":"Patient","extension":[
              {"url":"http://hl7.org/fhir/StructureDefinition/patient-birthPlace","valueString":"Oulu"}]}
            """));

        issues.Single(issue => issue.Severity == IssueSeverity.Error).Text
            .Should().Contain("http://hl7.org/fhir/StructureDefinition/patient-birthPlace");
    }
}

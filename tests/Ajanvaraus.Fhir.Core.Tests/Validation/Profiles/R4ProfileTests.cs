using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Core.Tests.Validation.Profiles;

/// <summary>The profiles that are part of R4, as embedded, and the invariants of R4 that are corrected.</summary>
public sealed class R4ProfileTests
{
    private const string BloodPressure = "http://hl7.org/fhir/StructureDefinition/bp";

    private static string Pressure(string second) => $$"""
        {"resourceType":"Observation","status":"final","subject":{"reference":"Patient/1"},
         "effectiveDateTime":"2026-11-23",
         "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],
         "code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},
         "component":[
           {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},
            "valueQuantity":{"value":120,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"} },
           {"code":{"coding":[{"system":"http://loinc.org","code":"{{second}}"}]},
            "valueQuantity":{"value":80,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"} }]}
        """;

    private static IEnumerable<string> Errors(string json, string profile) =>
        ProfileCase.Validator().Validate(Parsed.Resource(json), profile)
            .Where(i => i.Severity == Core.Issues.IssueSeverity.Error).Select(i => $"{i.Id} {i.Expression}");

    [Fact]
    public void Blood_pressure_of_both_components_conforms()
    {
        Errors(Pressure("8462-4"), BloodPressure).Should().BeEmpty();
    }

    [Fact]
    public void Blood_pressure_without_the_diastolic_one_lacks_a_slice()
    {
        Errors(Pressure("1234-5"), BloodPressure).Should().Equal("AJV-1421 Observation.component");
    }

    [Fact]
    public void Vital_sign_is_checked_by_the_profile_of_its_code_though_it_claims_none()
    {
        var issues = ProfileCase.Validator().Validate(Parsed.Resource(Pressure("1234-5")));

        issues.Where(i => i.Severity == Core.Issues.IssueSeverity.Error).Select(i => $"{i.Id} {i.Expression}")
            .Should().Equal("AJV-1421 Observation.component");
    }

    [Theory]
    [InlineData("http://loinc.org", "8480-6", true)]
    [InlineData("http://snomed.info/sct", "163033001", true)]
    [InlineData("http://example.org/codes", "8480-6", false)]
    public void Vital_sign_is_known_by_its_closer_codes_too(string system, string code, bool isKnown)
    {
        var json = Pressure("1234-5").Replace(
            """{"system":"http://loinc.org","code":"85354-9"}""", $$"""{"system":"{{system}}","code":"{{code}}"}""",
            StringComparison.Ordinal);

        var issues = ProfileCase.Validator().Validate(Parsed.Resource(json));

        issues.Any(i => i is { Id: "AJV-1421", Expression: "Observation.component" }).Should().Be(isKnown);
    }

    [Fact]
    public void Component_of_a_vital_sign_may_be_in_another_unit()
    {
        var inspired = """
            ,{"code":{"coding":[{"system":"http://loinc.org","code":"3151-8"}]},
              "valueQuantity":{"value":6,"unit":"l/min","system":"http://unitsofmeasure.org","code":"L/min"} }]}
            """;

        Errors(Pressure("8462-4").TrimEnd()[..^2] + inspired, BloodPressure).Should().BeEmpty();
    }

    [Fact]
    public void Profile_is_found_with_a_version_too()
    {
        Errors(Pressure("8462-4"), BloodPressure + "|4.0.1").Should().BeEmpty();
    }

    [Fact]
    public void Every_corrected_invariant_stands_in_R4_as_quoted_and_can_be_read_corrected()
    {
        var published = R4.Definitions.Types.Values
            .SelectMany(type => type.Constraints.Concat(type.Elements.SelectMany(element => element.Constraints)))
            .Select(constraint => (constraint.Key, constraint.Expression)).ToHashSet();

        foreach (var correction in R4Invariants.Corrections)
        {
            published.Should().Contain((correction.Key, correction.Published));
            FhirPathExpression.Parse(correction.Corrected).Error.Should().BeNull(correction.Key);
            correction.Reason.Should().NotBeEmpty();
        }
    }

    [Fact]
    public void Every_invariant_of_R4_can_be_read()
    {
        var unreadable = R4.Definitions.Types.Values
            .SelectMany(type => R4Invariants.Of([.. type.Constraints, .. type.Elements.SelectMany(e => e.Constraints)]))
            .Distinct()
            .Where(rule => FhirPathExpression.Parse(rule.Expression).Error is not null)
            .Select(rule => $"{rule.Key}: {rule.Expression}");

        unreadable.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"start":"2026","end":"2026-05"}""", true)]
    [InlineData("""{"start":"2026-05","end":"2026-05-07"}""", true)]
    [InlineData("""{"start":"2026-06","end":"2026-05-07"}""", false)]
    [InlineData("""{"start":"2026-05-07"}""", true)]
    public void Period_is_refused_only_when_it_surely_ends_before_it_starts(string period, bool isSound)
    {
        var issues = ProfileCase.Structure.Validate(Parsed.Resource(
            $$"""{"resourceType":"Patient","name":[{"text":"a","period":{{period}} }]}"""));

        issues.IsEmpty.Should().Be(isSound);
    }

    [Theory]
    [InlineData("conformsTo('http://hl7.org/fhir/StructureDefinition/Patient')", true)]
    [InlineData("conformsTo('http://example.org/StructureDefinition/p')", false)]
    public void Invariant_may_ask_for_conformance(string expression, bool isMet)
    {
        var needed = ProfileCase.Profile("Patient", """{"path":"Patient.gender","min":1}""");
        var profile = ProfileCase.Profile("Patient", $$"""
            {"path":"Patient","constraint":[{"key":"c","severity":"error","human":"h","expression":"{{expression}}"}]}
            """, "http://example.org/asking");

        var errors = ProfileCase.ErrorText("""{"resourceType":"Patient"}""", profile, needed);

        errors.Should().Be(isMet ? "" : "AJV-1417 Patient");
    }

    [Fact]
    public void Invariant_that_asks_for_its_own_profile_ends()
    {
        var profile = ProfileCase.Profile("Patient", $$"""
            {"path":"Patient","constraint":[
              {"key":"c","severity":"error","human":"h","expression":"conformsTo('{{ProfileCase.Url}}')"}]},
            {"path":"Patient.gender","min":1}
            """);

        var errors = ProfileCase.ErrorText("""{"resourceType":"Patient"}""", profile);

        errors.Should().Contain("AJV-1405 Patient.gender");
    }

    [Fact]
    public void Rule_that_cannot_be_evaluated_is_told_and_refuses_nothing()
    {
        var profile = ProfileCase.Profile("Patient", """
            {"path":"Patient","constraint":[
              {"key":"c","severity":"error","human":"h","expression":"name.("},
              {"key":"d","severity":"error","human":"h","expression":"name.given = 'a' and name.given.single() = 'a'"}]}
            """);

        var issues = ProfileCase.Validator(profile).Validate(Parsed.Resource(
            """{"resourceType":"Patient","name":[{"given":["a","b"]}]}"""), ProfileCase.Url);

        issues.Where(i => i.Id != "AJV-1419").Select(i => $"{i.Severity} {i.Id}")
            .Should().Equal("Warning AJV-1420", "Warning AJV-1420");
    }
}

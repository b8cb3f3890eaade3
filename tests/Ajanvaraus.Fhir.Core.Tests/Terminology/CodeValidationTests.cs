using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Tests.Json;

using static Ajanvaraus.Fhir.Core.Tests.Terminology.Services;

namespace Ajanvaraus.Fhir.Core.Tests.Terminology;

public sealed class CodeValidationTests
{
    private static readonly string Palvelu = Set(All(Filter("concept", "is-a", "palvelu")));

    private static CodeValidation InSet(AskedCode code, ValidationRequest? request = null) =>
        Service(Palvelu).ValidateInSet(SetUrl, [code], request ?? ValidationRequest.Default).Value!;

    [Theory]
    [InlineData("palvelu", null, true, "")]
    [InlineData("kotipalvelu", "Kotipalvelu", true, "")]
    [InlineData("kotipalvelu", " kotiPALVELU ", true, "")]
    [InlineData("kotipalvelu", "Kodin palvelu", false, "AJV-5132")]
    [InlineData("tuettu", null, false, "AJV-5130")]
    [InlineData("unheard-of", null, false, "AJV-5104")]
    [InlineData("Palvelu", null, false, "AJV-5104")]
    [InlineData("tehostettu", null, true, "AJV-5134")]
    public void Code_is_judged_against_the_value_set(string code, string? display, bool isValid, string issues)
    {
        var validation = InSet(Code(code, display));

        validation.IsValid.Should().Be(isValid);
        string.Join(' ', validation.Issues.Select(i => i.Id)).Should().Be(issues);
    }

    [Theory]
    [InlineData("asuminen", "Boende", "sv", true, "Boende")]
    [InlineData("asuminen", "Asuminen", "sv", true, "Boende")]
    [InlineData("asuminen", "Housing", null, true, "Asuminen")]
    [InlineData("asuminen", "Wohnen", "en", false, "Housing")]
    public void Any_display_of_the_code_will_do(string code, string display, string? language, bool isValid, string right)
    {
        var outcome = Service().ValidateInSystem([Code(code, display)], new(DisplayLanguage: language));

        outcome.Value!.IsValid.Should().Be(isValid);
        outcome.Value.Display.Should().Be(right);
    }

    [Fact]
    public void Abstract_code_is_refused_only_where_a_value_is_asked_for()
    {
        var allowed = Service().ValidateInSystem([Code("asuminen")], ValidationRequest.Default);
        var refused = Service().ValidateInSystem([Code("asuminen")], new(AllowsAbstract: false));

        allowed.Value!.IsValid.Should().BeTrue();
        refused.Value!.IsValid.Should().BeFalse();
        refused.Value.Issues.Single().Id.Should().Be("AJV-5133");
    }

    [Theory]
    [InlineData("sovittelu", "2026-12-31", "AJV-5134")]
    [InlineData("sovittelu", "2027-01-01", "")]
    [InlineData("tehostettu", "2022-12-31", "")]
    [InlineData("tehostettu", "2023-01-01", "AJV-5134")]
    [InlineData("isyys", "2000-01-01", "AJV-5134")]
    [InlineData("sovittelu", null, "AJV-5134")]
    public void Code_out_of_use_at_the_date_is_told(string code, string? date, string issues)
    {
        var outcome = Service().ValidateInSystem([Code(code)], new(Date: date));

        outcome.Value!.IsValid.Should().BeTrue();
        string.Join(' ', outcome.Value.Issues.Select(i => i.Id)).Should().Be(issues);
    }

    [Theory]
    [InlineData("2.1.0", true)]
    [InlineData("2.1", true)]
    [InlineData("2", true)]
    [InlineData("2.1.0.1", false)]
    [InlineData("2.", false)]
    [InlineData("1", false)]
    public void Version_must_be_known(string version, bool isValid)
    {
        InSet(Code("palvelu", version: version)).IsValid.Should().Be(isValid);
    }

    [Fact]
    public void One_valid_coding_is_enough_and_without_any_all_reasons_are_told()
    {
        var service = Service(Palvelu);

        var valid = service.ValidateInSet(SetUrl, [new("urn:x", null, "1", null), Code("palvelu")], ValidationRequest.Default);
        var invalid = service.ValidateInSet(SetUrl, [new("urn:x", null, "1", null), Code("perhe")], ValidationRequest.Default);
        var empty = service.ValidateInSet(SetUrl, [], ValidationRequest.Default);

        valid.Value!.IsValid.Should().BeTrue();
        valid.Value.Code!.Code.Should().Be("palvelu");
        invalid.Value!.IsValid.Should().BeFalse();
        invalid.Value.Issues.Select(i => i.Id).Should().Equal("AJV-5131", "AJV-5130", "AJV-5130");
        empty.Value!.Issues.Select(i => i.Id).Should().Equal("AJV-5131");
    }

    [Fact]
    public void Coding_without_system_is_not_valid()
    {
        InSet(new AskedCode(null, null, "palvelu", null)).Issues.Single().Id.Should().Be("AJV-5135");
    }

    [Theory]
    [InlineData("fragment", true, "AJV-5106")]
    [InlineData("example", true, "AJV-5106")]
    [InlineData("complete", false, "AJV-5104")]
    public void Code_missing_from_a_part_of_a_system_cannot_be_told(string content, bool isValid, string id)
    {
        var system = CodeSystem.Replace("\"complete\"", $"\"{content}\"", StringComparison.Ordinal);
        var service = new TerminologyService(new ConformanceSet([Parsed.Resource(system)]), Clock);

        var outcome = service.ValidateInSystem([Code("unheard-of")], ValidationRequest.Default);

        outcome.Value!.IsValid.Should().Be(isValid);
        outcome.Value.Issues.Single().Id.Should().Be(id);
    }

    [Theory]
    [InlineData("not-present")]
    [InlineData("supplement")]
    public void System_without_content_cannot_be_asked(string content)
    {
        var system = CodeSystem.Replace("\"complete\"", $"\"{content}\"", StringComparison.Ordinal);
        var service = new TerminologyService(
            new ConformanceSet([Parsed.Resource(system), Parsed.Resource(Set(All()))]), Clock);

        var outcome = service.ValidateInSystem([Code("perhe")], ValidationRequest.Default);

        outcome.Problem!.Issues.Single().Id.Should().Be("AJV-5105");
        service.Contains(SetUrl, Services.System, "perhe").Should().BeNull();
    }

    [Fact]
    public void Value_set_of_an_unknown_system_answers_with_what_is_missing()
    {
        var service = Service(Set("""{"system":"urn:not:here"},{"system":"urn:test:services"}"""));

        var unknown = service.ValidateInSet(SetUrl, [new("urn:not:here", null, "x", null)], ValidationRequest.Default);
        var known = service.ValidateInSet(SetUrl, [Code("perhe")], ValidationRequest.Default);
        var other = service.ValidateInSet(SetUrl, [new("urn:third", null, "x", null)], ValidationRequest.Default);

        unknown.Problem!.Kind.Should().Be(ProblemKind.NotFound);
        unknown.Problem.Issues.Single().Id.Should().Be("AJV-5102");
        known.Value!.IsValid.Should().BeTrue();
        other.Value!.IsValid.Should().BeFalse();
    }

    [Fact]
    public void Code_system_that_ignores_case_does_so_everywhere()
    {
        var system = CodeSystem.Replace("\"content\"", "\"caseSensitive\":false,\"content\"", StringComparison.Ordinal);
        var source = new ConformanceSet([Parsed.Resource(system), Parsed.Resource(Palvelu)]);
        var service = new TerminologyService(source, Clock);

        service.Contains(SetUrl, Services.System, "PALVELU").Should().BeTrue();
        service.Lookup(Code("PALVELU")).Value!.Code.Should().Be("palvelu");
        service.ValidateInSystem([Code("Perhe")], ValidationRequest.Default).Value!.IsValid.Should().BeTrue();
    }
}

using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Tests.Json;

using static Ajanvaraus.Fhir.Core.Tests.Terminology.Services;

namespace Ajanvaraus.Fhir.Core.Tests.Terminology;

public sealed class ConceptLookupTests
{
    [Fact]
    public void Details_tell_all_that_the_code_system_says()
    {
        var details = Service().Lookup(Code("kotipalvelu")).Value!;

        details.System.Name.Should().Be("Services");
        details.Display.Should().Be("Kotipalvelu");
        details.Properties.Select(p => $"{p.Code}={p.Value}").Should().Equal(
            "minutes=45", "parent=palvelu", "parent=perhe");
        details.IsAbstract.Should().BeFalse();
        details.IsActive.Should().BeTrue();
    }

    [Fact]
    public void Grouping_tells_its_children_and_that_it_is_abstract()
    {
        var details = Service().Lookup(Code("asuminen"), "en").Value!;

        details.Display.Should().Be("Housing");
        details.IsAbstract.Should().BeTrue();
        details.Properties.Where(p => p.Code == "child").Select(p => (p.Value, p.Display)).Should().Equal(
            ("tuettu", "Tuettu asuminen"), ("palvelu", "Palveluasuminen"));
    }

    [Theory]
    [InlineData("tehostettu", "2022-12-31", true)]
    [InlineData("tehostettu", null, false)]
    [InlineData("isyys", null, false)]
    public void Details_tell_whether_the_code_is_in_use(string code, string? date, bool isActive)
    {
        Service().Lookup(Code(code), date: date).Value!.IsActive.Should().Be(isActive);
    }

    [Theory]
    [InlineData("urn:nothing", "x", "AJV-5102")]
    [InlineData(Services.System, "x", "AJV-5104")]
    [InlineData("http://unitsofmeasure.org", "kg//", "AJV-5104")]
    [InlineData("http://terminology.hl7.org/CodeSystem/service-type", "x", "AJV-5106")]
    public void Unknown_code_or_system_is_not_found(string system, string code, string id)
    {
        var problem = Service().Lookup(new(system, null, code, null)).Problem!;

        problem.Kind.Should().Be(ProblemKind.NotFound);
        problem.Issues.Single().Id.Should().Be(id);
    }

    [Fact]
    public void Unit_is_looked_up_by_its_grammar()
    {
        Service().Lookup(new("http://unitsofmeasure.org", null, "kg/m2", null)).Value!.Display.Should().Be("kg/m2");
    }

    [Theory]
    [InlineData("active", "urn:test:services", "Seurantakäynti sv,Tuettu sv")]
    [InlineData("active", "urn:test:services|2", "Seurantakäynti sv,Tuettu sv")]
    [InlineData("active", "urn:test:services|3.0", "Stödboende")]
    [InlineData("retired", "urn:test:services", "Stödboende")]
    public void Supplements_of_the_code_system_are_heeded(string status, string supplemented, string expected)
    {
        var supplement = $$"""
            {"resourceType":"CodeSystem","url":"urn:sv","status":"{{status}}","content":"supplement","supplements":"{{supplemented}}",
             "property":[{"code":"note","type":"string"}],"concept":[
              {"code":"tuettu","designation":[{"language":"sv-FI","value":"Seurantakäynti sv"},{"language":"sv","value":"Tuettu sv"}],
               "property":[{"code":"note","valueString":"extra"}]}]}
            """;

        var details = Service(supplement).Lookup(Code("tuettu")).Value!;

        var isHeeded = expected != "Stödboende";
        details.Designations.Where(d => d.Language.StartsWith("sv", StringComparison.Ordinal)).Select(d => d.Value)
            .Should().Equal(["Stödboende", .. isHeeded ? expected.Split(',') : []]);
        details.Properties.Any(p => p is { Code: "note", Value: "extra" }).Should().Be(isHeeded);
        Service(supplement).Lookup(Code("tuettu"), "sv-FI").Value!.Display
            .Should().Be(isHeeded ? "Seurantakäynti sv" : "Stödboende");
    }

    [Theory]
    [InlineData("palvelu", "kotipalvelu", Subsumption.Subsumes)]
    [InlineData("perhe", "kotipalvelu", Subsumption.Subsumes)]
    [InlineData("asuminen", "kotipalvelu", Subsumption.Subsumes)]
    [InlineData("kotipalvelu", "asuminen", Subsumption.SubsumedBy)]
    [InlineData("tuettu", "palvelu", Subsumption.NotSubsumed)]
    [InlineData("perhe", "perhe", Subsumption.Equivalent)]
    public void Subsumption_follows_every_parent(string a, string b, Subsumption expected)
    {
        var outcome = Service().Subsumes(Code(a), Code(b));

        outcome.Problem.Should().BeNull();
        outcome.Value.Should().Be(expected);
    }

    [Theory]
    [InlineData("part-of", Subsumption.NotSubsumed)]
    [InlineData("grouped-by", Subsumption.NotSubsumed)]
    [InlineData("classified-with", Subsumption.Subsumes)]
    public void Hierarchy_of_another_meaning_is_no_subsumption(string meaning, Subsumption expected)
    {
        var system = CodeSystem.Replace("\"is-a\"", $"\"{meaning}\"", StringComparison.Ordinal);
        var service = new TerminologyService(new ConformanceSet([Parsed.Resource(system)]), Clock);

        service.Subsumes(Code("palvelu"), Code("kotipalvelu")).Value.Should().Be(expected);
    }

    [Fact]
    public void Codes_in_a_circle_are_equivalent_and_do_not_hang()
    {
        var service = new TerminologyService(new ConformanceSet([Parsed.Resource("""
            {"resourceType":"CodeSystem","url":"urn:test:services","status":"active","content":"complete","concept":[
             {"code":"a","property":[{"code":"parent","valueCode":"b"}]},
             {"code":"b","property":[{"code":"parent","valueCode":"a"},{"code":"parent","valueCode":"nowhere"}]}]}
            """), Parsed.Resource(Set(All()))]), Clock);

        service.Subsumes(Code("a"), Code("b")).Value.Should().Be(Subsumption.Equivalent);
        Codes(service.Expand(SetUrl, new ExpansionRequest { IsNested = true })).Should().BeEquivalentTo("a", "b");
    }

    [Fact]
    public void Codes_of_different_systems_are_not_compared()
    {
        var problem = Service().Subsumes(Code("perhe"), new("urn:x", null, "perhe", null)).Problem!;

        problem.Issues.Single().Id.Should().Be("AJV-5140");
    }
}

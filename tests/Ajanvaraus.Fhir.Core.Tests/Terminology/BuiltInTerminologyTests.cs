using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Terminology.BuiltIn;
using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Tests.Terminology;

public sealed class BuiltInTerminologyTests
{
    private static readonly TerminologyService Service = new(ConformanceSet.Empty, TimeProvider.System);

    public static TheoryData<string> BoundValueSets => [.. R4.Definitions.ValueSets.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_resource_is_read_whole()
    {
        var builtIn = BuiltInTerminology.R4;

        var systems = builtIn.CodeSystems.Select(url => builtIn.CodeSystem(new(url, null))!).ToList();
        var sets = builtIn.ValueSets.Select(url => builtIn.ValueSet(new(url, null))!).ToList();
        var maps = builtIn.ConceptMaps.Select(url => builtIn.ConceptMap(new(url, null))!).ToList();

        systems.Should().HaveCountGreaterThan(1000).And.OnlyHaveUniqueItems(s => s.Url);
        systems.OfType<EnumeratedCodeSystem>().Sum(s => s.Concepts.Count).Should().BeGreaterThan(20_000);
        sets.Should().HaveCountGreaterThan(1300).And.OnlyHaveUniqueItems(s => s.Url);
        maps.Should().HaveCount(19).And.OnlyHaveUniqueItems(m => m.Url);
    }

    [Fact]
    public void Every_value_set_is_listed_or_told_why_not()
    {
        var reasons = BuiltInTerminology.R4.ValueSets
            .Select(url => Service.Expand(url, new ExpansionRequest { Count = 0 }).Problem?.Issues[0].Id ?? "listed")
            .CountBy(reason => reason).ToDictionary();

        // Unknown value set or code system, content that is not here, a filter of UCUM, a grammar.
        reasons.Keys.Should().BeSubsetOf(["listed", "AJV-5101", "AJV-5102", "AJV-5105", "AJV-5113", "AJV-5120"]);
        reasons["listed"].Should().BeGreaterThan(1200, string.Join(' ', reasons));
    }

    [Theory, MemberData(nameof(BoundValueSets))]
    public void Value_set_of_a_binding_has_the_codes_that_writes_are_checked_against(string url)
    {
        var listed = R4.Definitions.ValueSets[url].CodesBySystem
            .SelectMany(s => s.Value.Select(code => (System: (string?)s.Key, Code: (string?)code))).ToHashSet();

        var expansion = Service.Expand(url, new ExpansionRequest());
        var asked = listed.Where(c => Service.Contains(url, c.System, c.Code!) != true);

        expansion.Problem.Should().BeNull();
        var expanded = expansion.Value!["expansion"]!.All("contains")
            .Select(c => (System: c.Text("system"), Code: c.Text("code"))).ToHashSet();
        expanded.Except(listed).Concat(listed.Except(expanded)).Should().BeEmpty();
        asked.Should().BeEmpty();
        Service.Contains(url, null, "no such code").Should().BeFalse();
    }

    [Theory]
    [InlineData("http://hl7.org/fhir/ValueSet/administrative-gender", "http://hl7.org/fhir/administrative-gender", "female", true)]
    [InlineData("http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1", "http://hl7.org/fhir/administrative-gender", "female", true)]
    [InlineData("http://hl7.org/fhir/ValueSet/administrative-gender|4.0", "http://hl7.org/fhir/administrative-gender", "female", true)]
    [InlineData("http://hl7.org/fhir/ValueSet/administrative-gender|3.0.2", "http://hl7.org/fhir/administrative-gender", "female", null)]
    [InlineData("http://hl7.org/fhir/ValueSet/administrative-gender", "http://hl7.org/fhir/administrative-gender", "Female", false)]
    [InlineData("http://hl7.org/fhir/ValueSet/administrative-gender", "urn:other", "female", false)]
    [InlineData("http://hl7.org/fhir/ValueSet/administrative-gender", null, "female", true)]
    [InlineData("http://terminology.hl7.org/ValueSet/v2-0276", "http://terminology.hl7.org/CodeSystem/v2-0276", "WALKIN", true)]
    [InlineData("http://terminology.hl7.org/ValueSet/v2-0276", "http://terminology.hl7.org/CodeSystem/v2-0276", "LOST", false)]
    [InlineData("http://terminology.hl7.org/ValueSet/v3-ActEncounterCode", "http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", true)]
    [InlineData("http://terminology.hl7.org/ValueSet/v3-ActEncounterCode", "http://terminology.hl7.org/CodeSystem/v3-ActCode", "ACCTRECEIVABLE", false)]
    [InlineData("http://hl7.org/fhir/ValueSet/service-type", "http://terminology.hl7.org/CodeSystem/service-type", "124", true)]
    [InlineData("http://hl7.org/fhir/ValueSet/service-type", "http://terminology.hl7.org/CodeSystem/service-type", "99999", null)]
    [InlineData("http://hl7.org/fhir/ValueSet/currencies", "urn:iso:std:iso:4217", "EUR", true)]
    [InlineData("http://hl7.org/fhir/ValueSet/currencies", "urn:iso:std:iso:4217", "FIM", true)]
    [InlineData("http://hl7.org/fhir/ValueSet/currencies", null, "XYZ", false)]
    [InlineData("http://hl7.org/fhir/ValueSet/iso3166-1-3", "urn:iso:std:iso:3166", "FIN", true)]
    [InlineData("http://hl7.org/fhir/ValueSet/iso3166-1-3", "urn:iso:std:iso:3166", "FI", false)]
    [InlineData("http://hl7.org/fhir/ValueSet/iso3166-1-N", "urn:iso:std:iso:3166", "246", true)]
    [InlineData("http://hl7.org/fhir/ValueSet/all-languages", "urn:ietf:bcp:47", "sv-FI", true)]
    [InlineData("http://hl7.org/fhir/ValueSet/all-languages", null, "suomi!", false)]
    [InlineData("http://hl7.org/fhir/ValueSet/mimetypes", null, "application/fhir+json", true)]
    [InlineData("http://hl7.org/fhir/ValueSet/mimetypes", null, "pdf", false)]
    [InlineData("http://hl7.org/fhir/ValueSet/ucum-units", "http://unitsofmeasure.org", "mm[Hg]", true)]
    [InlineData("http://hl7.org/fhir/ValueSet/ucum-units", "http://unitsofmeasure.org", "kg/", false)]
    [InlineData("http://hl7.org/fhir/ValueSet/all-time-units", "http://unitsofmeasure.org", "min", true)]
    [InlineData("http://hl7.org/fhir/ValueSet/all-time-units", "http://unitsofmeasure.org", "km", false)]
    [InlineData("http://hl7.org/fhir/ValueSet/all-distance-units", "http://unitsofmeasure.org", "km", true)]
    [InlineData("http://hl7.org/fhir/ValueSet/procedure-code", "http://snomed.info/sct", "48387007", null)]
    [InlineData("http://hl7.org/fhir/ValueSet/no-such", "urn:any", "x", null)]
    public void Contains_tells_what_is_known(string valueSet, string? system, string code, bool? expected)
    {
        Service.Contains(valueSet, system, code).Should().Be(expected);
    }

    [Theory]
    [InlineData("AMB", "_ActEncounterCode", Subsumption.SubsumedBy)]
    [InlineData("_ActEncounterCode", "AMB", Subsumption.Subsumes)]
    [InlineData("ACUTE", "_ActEncounterCode", Subsumption.SubsumedBy)]
    [InlineData("AMB", "AMB", Subsumption.Equivalent)]
    [InlineData("AMB", "IMP", Subsumption.NotSubsumed)]
    public void V3_hierarchy_is_known(string a, string b, Subsumption expected)
    {
        const string system = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

        var outcome = Service.Subsumes(new(system, null, a, null), new(system, null, b, null));

        outcome.Value.Should().Be(expected);
        outcome.Problem.Should().BeNull();
    }

    [Theory]
    [InlineData("fi", "Ahvenanmaa")]
    [InlineData("fi-FI", "Ahvenanmaa")]
    [InlineData("sv", "Åland")]
    [InlineData("en", "Åland Islands")]
    [InlineData("de", "Åland Islands")]
    [InlineData(null, "Åland Islands")]
    public void Countries_are_told_in_three_languages(string? language, string display)
    {
        var details = Service.Lookup(new("urn:iso:std:iso:3166", null, "AX", null), language);

        details.Value!.Display.Should().Be(display);
    }

    [Fact]
    public void Countries_are_those_that_R4_lists()
    {
        var listed = Codes("http://hl7.org/fhir/ValueSet/iso3166-1-2");
        var alpha3 = Codes("http://hl7.org/fhir/ValueSet/iso3166-1-3");
        var numbers = Codes("http://hl7.org/fhir/ValueSet/iso3166-1-N");

        listed.Should().HaveCount(249).And.OnlyContain(
            code => Service.Lookup(new("urn:iso:std:iso:3166", null, code, null), null, null).Value != null);
        alpha3.Should().HaveCount(249).And.OnlyHaveUniqueItems();
        numbers.Should().HaveCount(249).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("http://hl7.org/fhir/ConceptMap/101", "http://hl7.org/fhir/address-use", "home", "H", "equivalent")]
    [InlineData("http://hl7.org/fhir/ConceptMap/101", "http://hl7.org/fhir/address-use", "billing", "temp", "inexact")]
    [InlineData("http://hl7.org/fhir/ConceptMap/cm-administrative-gender-v3", "http://hl7.org/fhir/administrative-gender", "male", "M", "equal")]
    public void R4_maps_translate(string map, string system, string code, string target, string equivalence)
    {
        var outcome = Service.Translate(map, new(new AskedCode(system, null, code, null)));

        outcome.Value!.Matches.Select(m => (m.Code, m.Equivalence)).Should().Equal((target, equivalence));
        outcome.Value.IsTranslated.Should().BeTrue();
    }

    private static List<string> Codes(string valueSet) =>
        [.. Service.Expand(valueSet, new ExpansionRequest()).Value!["expansion"]!.All("contains").Select(c => c.Text("code")!)];
}

using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Search;

/// <summary>Modifiers that ask more than equality: http://hl7.org/fhir/R4/search.html#modifiers.</summary>
public sealed class SearchModifierTests
{
    private const string Encounters = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    private static readonly TerminologyService Terminology = new(
        new ConformanceSet([Parsed.Resource(
            """{"resourceType":"ValueSet","url":"urn:far","status":"active","compose":{"include":[{"system":"urn:far"}]}}""")]),
        new FakeClock("2026-11-22T00:00:00Z"));

    [Theory]
    [InlineData("class:in=http://terminology.hl7.org/ValueSet/v3-ActEncounterCode", true)]
    [InlineData("class:not-in=http://terminology.hl7.org/ValueSet/v3-ActEncounterCode", false)]
    [InlineData("class:in=http://terminology.hl7.org/ValueSet/v2-0276", false)]
    [InlineData("class:not-in=http://terminology.hl7.org/ValueSet/v2-0276", true)]
    [InlineData("class:below=" + Encounters + "|_ActEncounterCode", true)]
    [InlineData("class:below=" + Encounters + "|AMB", true)]
    [InlineData("class:below=" + Encounters + "|VR", false)]
    [InlineData("class:above=" + Encounters + "|AMB", true)]
    [InlineData("class:above=" + Encounters + "|_ActEncounterCode", false)]
    public void Token_is_compared_with_a_value_set_or_a_hierarchy(string query, bool expected) =>
        Matches($$$"""{"resourceType":"Encounter","status":"finished","class":{"system":"{{{Encounters}}}","code":"AMB"}}""", query)
            .Should().Be(expected);

    [Theory]
    [InlineData("class:in=urn:unknown", "AJV-2113")]
    [InlineData("class:in=urn:far", "AJV-2113")]
    [InlineData("class:below=urn:unknown|1", "AJV-2113")]
    [InlineData("class:below=" + Encounters + "|nothing", "AJV-2113")]
    [InlineData("class:below=AMB", "AJV-2103")]
    [InlineData("class:in=http://terminology.hl7.org/ValueSet/v3-ActEncounterCode|9", "AJV-2113")]
    public void Codes_that_cannot_be_listed_are_refused(string query, string id) =>
        Parse("Encounter", query).Problem!.Issues.Should().ContainSingle().Which.Id.Should().Be(id);

    [Theory]
    [InlineData("urn:t|MR|12345", true)]
    [InlineData("urn:t|MR|54321", false)]
    [InlineData("urn:t|DL|12345", false)]
    [InlineData("urn:t|DL|54321", true)]
    [InlineData("urn:x|MR|12345", false)]
    public void Identifier_is_found_by_its_type_and_value_together(string value, bool expected) =>
        Matches(
            """
            {"resourceType":"Patient","identifier":[
             {"type":{"coding":[{"system":"urn:t","code":"MR"}]},"value":"12345"},
             {"type":{"coding":[{"system":"urn:t","code":"DL"}]},"value":"54321"}]}
            """,
            "identifier:of-type=" + value).Should().Be(expected);

    [Theory]
    [InlineData("urn:t|MR")]
    [InlineData("|MR|1")]
    [InlineData("urn:t|MR|")]
    public void Identifier_by_type_needs_system_code_and_value(string value) =>
        Parse("Patient", "identifier:of-type=" + value).Problem!.Issues[0].Id.Should().Be("AJV-2103");

    [Theory]
    [InlineData("url:below=http://acme.org/fhir", true)]
    [InlineData("url:below=http://acme.org/fhir/", true)]
    [InlineData("url:below=http://acme.org/fhir/ValueSet/123", true)]
    [InlineData("url:below=http://acme.org/fhir/ValueSet/12", false)]
    [InlineData("url:below=http://acme.org/fhir/ValueSet/123/history/5", false)]
    [InlineData("url:above=http://acme.org/fhir/ValueSet/123/history/5", true)]
    [InlineData("url:above=http://acme.org/fhir/ValueSet/123", true)]
    [InlineData("url:above=http://acme.org/fhir/ValueSet/1234", false)]
    [InlineData("url:above=http://acme.org/fhir", false)]
    public void Uri_is_compared_by_the_hierarchy_of_its_path(string query, bool expected) =>
        Matches("""{"resourceType":"ValueSet","url":"http://acme.org/fhir/ValueSet/123","status":"active"}""", query)
            .Should().Be(expected);

    private static Outcome<SearchQuery> Parse(string type, string query) =>
        Searching.Parser.Parse(
            [type], [KeyValuePair.Create(query[..query.IndexOf('=')], query[(query.IndexOf('=') + 1)..])],
            terminology: Terminology);

    private static bool Matches(string json, string query)
    {
        var resource = Parsed.Resource(json);
        var indexed = new IndexedResource(resource.Type.Name, "x", 0, Searching.Indexer.Index(resource));
        var parsed = Parse(indexed.Type, query);
        parsed.Problem.Should().BeNull();
        return new InMemorySearch(_ => [indexed]).Matches(parsed.Value!.Expression, indexed);
    }
}

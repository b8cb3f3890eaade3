using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Search;

public sealed class InMemorySearchTests
{
    private const string Slot = """
        { "resourceType": "Slot", "id": "s1", "schedule": { "reference": "Schedule/c1" }, "status": "free",
          "start": "2026-11-22T09:00:00+02:00", "end": "2026-11-22T10:00:00+02:00" }
        """;

    private const string Patient = """
        { "resourceType": "Patient", "id": "p1", "name": [{ "family": "Mäkelä", "given": ["Anna-Liisa"] }],
          "birthDate": "1990-05-17", "identifier": [{ "system": "urn:i", "value": "7" }], "active": true,
          "managingOrganization": { "identifier": { "system": "urn:y", "value": "1-2" } },
          "maritalStatus": { "text": "Naimisissa" } }
        """;

    [Theory]
    [InlineData("start=2026-11-22", true)]
    [InlineData("start=2026-11-22T09:00", true)]
    [InlineData("start=2026-11-22T07:00:00Z", true)]
    [InlineData("start=2026-11-22T07:00:00.0Z", false)]
    [InlineData("start=ne2026-11-22", false)]
    [InlineData("start=ne2026-11-21", true)]
    [InlineData("start=gt2026-11-21", true)]
    [InlineData("start=gt2026-11-22", false)]
    [InlineData("start=ge2026-11-22", true)]
    [InlineData("start=lt2026-11-22", false)]
    [InlineData("start=le2026-11-22", true)]
    [InlineData("start=lt2026-11-23", true)]
    [InlineData("start=sa2026-11-21", true)]
    [InlineData("start=sa2026-11-22", false)]
    [InlineData("start=eb2026-11-23", true)]
    [InlineData("start=eb2026-11-22", false)]
    [InlineData("start=ap2026-11-22", true)]
    [InlineData("start=ap2025-11-22", false)]
    [InlineData("period=2026-11-22T09:30", true)]
    [InlineData("period=2026-11-22T10:00", false)]
    [InlineData("period=2026-11-22T08:59", false)]
    [InlineData("period=ge2026-11-22T09:30", true)]
    [InlineData("period=ge2026-11-22T10:00", false)]
    [InlineData("period=le2026-11-22T09:00", true)]
    [InlineData("period=lt2026-11-22T09:00", false)]
    [InlineData("period=gt2026-11-22T09:58", true)]
    [InlineData("period=gt2026-11-22T09:59", false)]
    [InlineData("period=ne2026-11-23", true)]
    [InlineData("period=sa2026-11-21", true)]
    [InlineData("end=2026-11-22T10:00", true)]
    [InlineData("status=free", true)]
    [InlineData("status=FREE", false)]
    [InlineData("status=busy,free", true)]
    [InlineData("status:not=busy", true)]
    [InlineData("status:not=busy,free", false)]
    [InlineData("service-type:not=x", true)]
    [InlineData("service-type:missing=true", true)]
    [InlineData("status:missing=true", false)]
    [InlineData("schedule=c1", true)]
    [InlineData("schedule=Schedule/c1", true)]
    [InlineData("schedule=Schedule/c2", false)]
    [InlineData("_id=s1,s2", true)]
    [InlineData("_id=s2", false)]
    [InlineData("_id:missing=true", false)]
    [Rule("search", "prefix", "eq ne gt lt ge le sa eb ap compare the ranges of the value written and of the value in the resource; none is eq.")]
    [Rule("search", "date", "A date covers all time that its precision leaves open, from the year to the fraction of a second.")]
    public void Slot_is_found_or_not(string query, bool expected) =>
        Searching.Matches(Slot, query).Should().Be(expected);

    [Theory]
    [InlineData("family=mak", true)]
    [InlineData("family=MÄK", true)]
    [InlineData("family=akela", false)]
    [InlineData("family:contains=akela", true)]
    [InlineData("family:exact=Mäkelä", true)]
    [InlineData("family:exact=Makela", false)]
    [InlineData("given=anna", true)]
    [InlineData("birthdate=1990", true)]
    [InlineData("birthdate=1990-05", true)]
    [InlineData("birthdate=1990-05-17", true)]
    [InlineData("birthdate=lt1990-05-17", false)]
    [InlineData("birthdate=le1990-05-17", true)]
    [InlineData("birthdate=1990-05-17T00:00", false)]
    [InlineData("identifier=7", true)]
    [InlineData("identifier=urn:i|7", true)]
    [InlineData("identifier=urn:i|", true)]
    [InlineData("identifier=|7", false)]
    [InlineData("active=true", true)]
    [InlineData("deceased=false", true)]
    [InlineData("organization:identifier=urn:y|1-2", true)]
    [InlineData("organization:identifier=urn:x|1-2", false)]
    public void Patient_is_found_or_not(string query, bool expected) =>
        Searching.Matches(Patient, query).Should().Be(expected);

    /// <summary>"100: values in the range [99.5, 100.5)": http://hl7.org/fhir/R4/search.html#number.</summary>
    [Theory]
    [InlineData("100", "value-quantity=100", true)]
    [InlineData("100.4", "value-quantity=100", true)]
    [InlineData("100.6", "value-quantity=100", false)]
    [InlineData("100", "value-quantity=100.00", false)]
    [InlineData("100.00", "value-quantity=100.00", true)]
    [InlineData("104", "value-quantity=1e2", true)]
    [InlineData("106", "value-quantity=1e2", false)]
    [InlineData("101", "value-quantity=gt100", true)]
    [InlineData("99", "value-quantity=gt100", false)]
    [InlineData("99", "value-quantity=lt100", true)]
    [InlineData("99", "value-quantity=le100", true)]
    [InlineData("108", "value-quantity=ap100", true)]
    [InlineData("112", "value-quantity=ap100", false)]
    [InlineData("5", "value-quantity=5||mg", true)]
    [InlineData("5", "value-quantity=5||g", false)]
    [InlineData("5", "value-quantity=5|http://unitsofmeasure.org|mg", true)]
    [InlineData("5", "value-quantity=5|urn:x|mg", false)]
    [Rule("search", "number", "A number covers half a unit of its last digit to both sides: 100 is [99.5, 100.5), 1e2 is [95, 105).")]
    public void Quantity_is_found_by_its_written_precision(string value, string query, bool expected) =>
        Searching.Matches($$"""
            { "resourceType": "Observation", "status": "final", "code": { "text": "c" }, "valueQuantity":
              { "value": {{value}}, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg" } }
            """, query).Should().Be(expected);

    [Theory]
    [InlineData("Slot", "schedule.actor:Practitioner.identifier=9", "s1")]
    [InlineData("Slot", "schedule.actor:Practitioner.identifier=8", "")]
    [InlineData("Slot", "schedule:Schedule.actor:Practitioner.family=virt", "s1")]
    [InlineData("Practitioner", "_has:Schedule:actor:_id=c1", "d1")]
    [InlineData("Practitioner", "_has:Schedule:actor:_has:Slot:schedule:status=free", "d1")]
    [InlineData("Practitioner", "_has:Schedule:actor:_has:Slot:schedule:status=busy", "")]
    [InlineData("Schedule", "actor:identifier=urn:hr|9", "c1")]
    public void Chain_and_has_follow_references_in_both_directions(string type, string query, string expected)
    {
        IndexedResource[] all =
        [
            Indexed(Slot),
            Indexed("""
                { "resourceType": "Schedule", "id": "c1", "actor": [{ "reference": "Practitioner/d1" }] }
                """),
            Indexed("""
                { "resourceType": "Practitioner", "id": "d1", "identifier": [{ "system": "urn:hr", "value": "9" }],
                  "name": [{ "family": "Virtanen" }] }
                """),
        ];
        var search = new InMemorySearch(wanted => all.Where(resource => resource.Type == wanted));
        var expression = Searching.Expression(type, query);

        var found = all.Where(resource => resource.Type == type && search.Matches(expression, resource));

        string.Join(',', found.Select(resource => resource.Id)).Should().Be(expected);
    }

    [Fact]
    [Rule("search", "prefix", "Prefixes compare ranges: ne is the opposite of eq, ge and le are gt and lt or equal.")]
    public void Every_prefix_of_a_date_agrees_with_its_definition_over_intervals()
    {
        const int Seed = 7;
        var random = new Random(Seed);

        for (var i = 0; i < 10_000; i++)
        {
            var (start, valueStart) = (random.Next(20), random.Next(20));
            var (end, valueEnd) = (start + 1 + random.Next(10), valueStart + 1 + random.Next(10));
            bool Is(SearchPrefix prefix) => RangeMatch.Date(prefix, start, end, valueStart, valueEnd);
            var because = $"seed {Seed}: [{start},{end}) and [{valueStart},{valueEnd})";
            Is(SearchPrefix.Ne).Should().Be(!Is(SearchPrefix.Eq), because);
            Is(SearchPrefix.Ge).Should().Be(Is(SearchPrefix.Gt) || Is(SearchPrefix.Eq), because);
            Is(SearchPrefix.Le).Should().Be(Is(SearchPrefix.Lt) || Is(SearchPrefix.Eq), because);
            Is(SearchPrefix.Ap).Should().Be(!Is(SearchPrefix.Sa) && !Is(SearchPrefix.Eb), because);
        }
    }

    private static IndexedResource Indexed(string json)
    {
        var resource = Parsed.Resource(json);
        return new IndexedResource(resource.Type.Name, resource.Id!, 0, Searching.Indexer.Index(resource));
    }
}

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Search;

public sealed class SearchIndexerTests
{
    private const string Appointment = """
        {
          "resourceType": "Appointment", "id": "a1",
          "meta": { "profile": ["http://p.example/a|1.0"], "tag": [{ "system": "urn:t", "code": "demo" }] },
          "contained": [{ "resourceType": "Location", "id": "home" }],
          "identifier": [{ "system": "urn:i", "value": "7" }],
          "status": "booked",
          "serviceType": [{
            "coding": [{ "system": "urn:s", "code": "x", "display": "Äitiysneuvola" }], "text": "Käynti"
          }],
          "start": "2026-10-25T09:00:00+02:00", "end": "2026-10-25T09:30:00+02:00",
          "slot": [{ "reference": "https://own.example/fhir/Slot/s1" }],
          "participant": [
            { "actor": { "reference": "Patient/p1" }, "status": "accepted" },
            { "actor": { "reference": "https://other.example/fhir/Practitioner/d1" }, "status": "accepted" },
            { "actor": { "reference": "#home" }, "status": "accepted" },
            { "actor": { "type": "HealthcareService", "identifier": { "system": "urn:h", "value": "3" } },
              "status": "accepted" }
          ]
        }
        """;

    private static int Key(string code) => Searching.Key("Appointment", code);

    [Fact]
    public void Tokens_of_an_appointment_are_codes_codings_identifiers_and_texts()
    {
        var tokens = Searching.Index(Appointment).Tokens;

        tokens.Should().BeEquivalentTo(
        [
            new TokenEntry(Key("_tag"), "urn:t", "demo"),
            new TokenEntry(Key("identifier"), "urn:i", "7"),
            new TokenEntry(Key("status"), "http://hl7.org/fhir/appointmentstatus", "booked"),
            new TokenEntry(Key("part-status"), "http://hl7.org/fhir/participationstatus", "accepted"),
            new TokenEntry(Key("service-type"), "urn:s", "x", "aitiysneuvola"),
            new TokenEntry(Key("service-type"), "", "", "kaynti"),
        ]);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(1000)]
    public void Each_of_many_codes_is_indexed_once_in_order(int count)
    {
        var codes = Enumerable.Range(0, count).Select(i => $"c{i}").ToList();
        var concepts = codes.Concat(codes).Select(code => $$"""{"code":"{{code}}"}""");

        var entries = Searching.Index($$"""
            {"resourceType":"CodeSystem","url":"urn:x","status":"active","content":"complete","concept":[{{string.Join(',', concepts)}}]}
            """);

        entries.Tokens.Where(t => t.Parameter == Searching.Key("CodeSystem", "code")).Select(t => t.Code).Should().Equal(codes);
        entries.Tokens.Should().ContainSingle(t => t.Parameter == Searching.Key("CodeSystem", "status"));
    }

    [Fact]
    public void Dates_of_an_appointment_are_intervals_and_the_period_ends_when_the_visit_ends()
    {
        var start = Searching.Micros("2026-10-25T07:00:00Z");
        var end = Searching.Micros("2026-10-25T07:30:00Z");

        var dates = Searching.Index(Appointment).Dates;

        dates.Should().BeEquivalentTo(
        [
            new DateEntry(Key("date"), start, start + 1_000_000),
            new DateEntry(Key("start"), start, start + 1_000_000),
            new DateEntry(Key("end"), end, end + 1_000_000),
            new DateEntry(Key("period"), start, end),
        ]);
    }

    [Fact]
    public void References_of_an_appointment_are_local_foreign_logical_or_to_what_it_contains()
    {
        var references = Searching.Index(Appointment).References;

        references.Should().BeEquivalentTo(
        [
            new ReferenceEntry(Key("slot"), "Slot", "s1", "", "", ""),
            new ReferenceEntry(Key("patient"), "Patient", "p1", "", "", ""),
            new ReferenceEntry(Key("practitioner"), "Practitioner", "", Foreign, "", ""),
            new ReferenceEntry(Key("actor"), "Patient", "p1", "", "", ""),
            new ReferenceEntry(Key("actor"), "Practitioner", "", Foreign, "", ""),
            new ReferenceEntry(Key("actor"), "Location", "#home", "", "", ""),
            new ReferenceEntry(Key("location"), "Location", "#home", "", "", ""),
            new ReferenceEntry(Key("actor"), "HealthcareService", "", "", "urn:h", "3"),
        ]);
    }

    [Fact]
    public void What_is_contained_is_indexed_by_itself()
    {
        var entries = Searching.Index("""
            {"resourceType":"MedicationRequest","id":"r","contained":[
             {"resourceType":"Medication","id":"m","code":{"coding":[{"system":"urn:m","code":"asp"}]},
              "ingredient":[{"itemReference":{"reference":"#s"}}]},
             {"resourceType":"Substance","id":"s","code":{"text":"x"}},
             {"resourceType":"Provenance","id":"p","target":[{"reference":"#"}]}],
             "medicationReference":{"reference":"#m"},"reasonReference":[{"reference":"#none"}]}
            """);

        entries.Contained.Select(c => $"{c.Type}/{c.Id}").Should().Equal("Medication/m", "Substance/s", "Provenance/p");
        var (medication, provenance) = (entries.Contained[0].Entries, entries.Contained[2].Entries);
        medication.Tokens.Should().Contain(new TokenEntry(Searching.Key("Medication", "code"), "urn:m", "asp"));
        medication.References.Should().Equal(
            new ReferenceEntry(Searching.Key("Medication", "ingredient"), "Substance", "#s", "", "", ""));
        provenance.References.Should().Equal(
            new ReferenceEntry(Searching.Key("Provenance", "target"), "MedicationRequest", "r", "", "", ""));
        entries.References.Should().Equal(
            new ReferenceEntry(Searching.Key("MedicationRequest", "medication"), "Medication", "#m", "", "", ""));
        entries.Tokens.Should().NotContain(t => t.Code == "asp");
    }

    private const string Foreign = "https://other.example/fhir/Practitioner/d1";

    [Fact]
    public void Profile_is_found_with_and_without_its_version()
    {
        var uris = Searching.Index(Appointment).Uris;

        uris.Should().BeEquivalentTo(
        [
            new UriEntry(Key("_profile"), "http://p.example/a|1.0"),
            new UriEntry(Key("_profile"), "http://p.example/a"),
        ]);
    }

    [Fact]
    public void Name_and_address_are_found_by_every_part()
    {
        var strings = Searching.Index("""
            { "resourceType": "Patient",
              "name": [{ "family": "Meikäläinen", "given": ["Åke", "Öhman"] }],
              "address": [{ "line": ["Katu  1"], "city": "Hämeenlinna", "use": "home" }], "gender": "female" }
            """).Strings;

        strings.Where(entry => entry.Parameter == Searching.Key("Patient", "name")).Select(entry => entry.Normalized)
            .Should().Equal("meikalainen", "ake", "ohman");
        strings.Where(entry => entry.Parameter == Searching.Key("Patient", "address")).Select(entry => entry.Exact)
            .Should().Equal("Katu  1", "Hämeenlinna");
        strings.Should().Contain(entry => entry.Normalized == "katu 1");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(""", "deceasedBoolean": false """, false)]
    [InlineData(""", "deceasedBoolean": true """, true)]
    [InlineData(""", "deceasedDateTime": "2020" """, true)]
    public void Deceased_is_a_boolean_that_the_expression_computes(string deceased, bool expected)
    {
        var tokens = Searching.Index($$"""{ "resourceType": "Patient" {{deceased}} }""").Tokens;

        tokens.Should().ContainSingle(entry => entry.Parameter == Searching.Key("Patient", "deceased"))
            .Which.Code.Should().Be(expected ? "true" : "false");
    }

    [Fact]
    public void Period_with_an_open_end_reaches_to_the_extreme()
    {
        var dates = Searching.Index("""
            { "resourceType": "Schedule", "actor": [{ "reference": "Location/l" }],
              "planningHorizon": { "start": "2026-10-25" } }
            """).Dates;

        dates.Should().Equal(new DateEntry(
            Searching.Key("Schedule", "date"), Searching.Micros("2026-10-24T21:00:00Z"), long.MaxValue));
    }

    [Theory]
    [InlineData("2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z", 23)]
    [InlineData("2026-10-25", "2026-10-24T21:00:00Z", "2026-10-25T22:00:00Z", 25)]
    [InlineData("2026-11-01", "2026-10-31T22:00:00Z", "2026-11-01T22:00:00Z", 24)]
    public void Date_without_offset_is_that_local_day(string date, string start, string end, int hours)
    {
        var entry = Searching.Index($$"""{ "resourceType": "Patient", "birthDate": "{{date}}" }""").Dates.Single();

        entry.Start.Should().Be(Searching.Micros(start));
        entry.End.Should().Be(Searching.Micros(end));
        (entry.End - entry.Start).Should().Be(hours * 3_600_000_000L);
    }

    [Theory]
    [InlineData(""" "value": 5.4, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg" """, 5.35, 5.45)]
    [InlineData(""" "value": 5.40, "code": "mg" """, 5.395, 5.405)]
    [InlineData(""" "value": 5, "comparator": "<" """, double.NegativeInfinity, 5)]
    [InlineData(""" "value": 5, "comparator": ">=" """, 4.5, double.PositiveInfinity)]
    public void Quantity_covers_the_interval_of_its_digits_and_comparator(string quantity, double low, double high)
    {
        var entries = Searching.Index($$"""
            { "resourceType": "Observation", "status": "final", "code": { "text": "c" },
              "valueQuantity": { {{quantity}} } }
            """).Quantities;

        var entry = entries.First(found => found.Parameter == Searching.Key("Observation", "value-quantity"));
        entry.Low.Should().BeApproximately(low, 1e-9);
        entry.High.Should().BeApproximately(high, 1e-9);
    }

    [SharedDataTheory("fhir-test-cases/r4")]
    [MemberData(nameof(SharedExamples.Files), MemberType = typeof(SharedExamples))]
    public void Example_is_indexed_with_parameters_of_its_type_only(string file)
    {
        if (FhirJson.Parse(SharedExamples.Read(file)).Resource is not { } resource)
            return;
        var keys = Searching.Registry.For(resource.Type.Name)
            .SelectMany(parameter => new[] { parameter.Key, parameter.OfType.Key, parameter.Display.Key }).ToHashSet();

        var entries = Searching.Indexer.Index(resource);

        entries.Tokens.Should().NotContain(entry => !keys.Contains(entry.Parameter));
        entries.Strings.Should().NotContain(entry => !keys.Contains(entry.Parameter));
        entries.References.Should().NotContain(entry => !keys.Contains(entry.Parameter));
        entries.Dates.Should().NotContain(entry => entry.Start >= entry.End);
        entries.Quantities.Should().NotContain(entry => entry.Low > entry.High);
    }

    [Fact]
    public void Warm_indexer_gives_the_same_entries_again()
    {
        var first = Searching.Index(Appointment);
        Searching.Index("""{ "resourceType": "Patient", "birthDate": "2000" }""");

        var second = Searching.Index(Appointment);

        second.Should().BeEquivalentTo(first);
    }

    [Theory]
    [InlineData("Mäkelä", "makela")]
    [InlineData("  ÅKE   Öhman ", "ake ohman")]
    [InlineData("Đorđe Łukasz Ærø", "dorde lukasz aero")]
    [InlineData("straße", "strasse")]
    [InlineData("plain", "plain")]
    public void Text_is_folded_to_lower_case_without_accents(string text, string expected) =>
        SearchText.Normalize(text).Should().Be(expected);

    [Fact]
    public void Every_character_becomes_comparable()
    {
        for (var unit = 0; unit <= char.MaxValue; unit++)
            SearchText.Normalize($"A{(char)unit}b").Should().StartWith("a").And.EndWith("b");
        SearchText.Normalize("a\uFFFEb").Should().Be("a\uFFFDb");
        SearchText.Normalize("\uD83D\uDE00 É").Should().Be("\uD83D\uDE00 e");
    }
}

using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Search;

/// <summary>Composite and special parameters: http://hl7.org/fhir/R4/search.html#composite and #special.</summary>
public sealed class SpecialSearchTests
{
    private const string BloodPressure = """
        { "resourceType": "Observation", "status": "final", "code": { "coding": [{ "system": "http://loinc.org", "code": "85354-9" }] },
          "component": [
            { "code": { "coding": [{ "system": "http://loinc.org", "code": "8480-6" }] },
              "valueQuantity": { "value": 140, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]" } },
            { "code": { "coding": [{ "system": "http://loinc.org", "code": "8462-4" }] },
              "valueQuantity": { "value": 80, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]" } }] }
        """;

    private const string Helsinki = """
        { "resourceType": "Location", "position": { "latitude": 60.1708, "longitude": 24.9375 } }
        """;

    [Theory]
    [InlineData("component-code-value-quantity=http://loinc.org|8480-6$gt130", true)]
    [InlineData("component-code-value-quantity=http://loinc.org|8462-4$gt130", false)]
    [InlineData("component-code-value-quantity=8462-4$80|http://unitsofmeasure.org|mm[Hg]", true)]
    [InlineData("component-code-value-quantity=8462-4$140,8480-6$140", true)]
    [InlineData("combo-code-value-quantity=8480-6$lt141", true)]
    [InlineData("combo-code-value-quantity=85354-9$lt141", false)]
    [InlineData("code-value-quantity=85354-9$140", false)]
    [Rule("search", "combining", "A composite joins values by $ and is met when one element meets all of them at once.")]
    [Rule("search", "combining", "Composites can stand in a list of alternatives, parted by commas.")]
    public void Composite_is_met_by_one_element_that_meets_all_parts(string query, bool expected) =>
        Searching.Matches(BloodPressure, query).Should().Be(expected);

    [Theory]
    [InlineData("component-code-value-quantity=8480-6", "AJV-2103")]
    [InlineData("component-code-value-quantity=8480-6$1$2", "AJV-2103")]
    [InlineData("component-code-value-quantity=8480-6$1x", "AJV-2103")]
    [InlineData("component-code-value-quantity:missing=true", "AJV-2102")]
    [InlineData("_sort=component-code-value-quantity", "AJV-2109")]
    [Rule("search", "combining", "Modifiers are not used on composite parameters.")]
    public void Composite_that_cannot_be_read_is_refused(string query, string id) =>
        Searching.Parse("Observation", query).Problem!.Issues.Should().ContainSingle().Which.Id.Should().Be(id);

    [Fact]
    public void Every_composite_of_R4_can_be_searched_by()
    {
        var composites = Searching.Registry.Definitions.ResourceTypes.SelectMany(type => Searching.Registry.For(type))
            .Where(parameter => parameter.Type == SearchParameterType.Composite).ToList();

        composites.Should().HaveCountGreaterThan(40).And.OnlyContain(parameter => SearchParameterRegistry.IsSearchable(parameter));
    }

    [Theory]
    [InlineData("near=60.1708|24.9375", true)]
    [InlineData("near=60.2|24.9375", true)]
    [InlineData("near=60.30|24.9375", false)]
    [InlineData("near=60.30|24.9375|15", true)]
    [InlineData("near=60.30|24.9375|14|km", false)]
    [InlineData("near=60.30|24.9375|15000|m", true)]
    [InlineData("near=60.30|24.9375|9|[mi_us]", true)]
    [InlineData("near=60.30|24.9375|8|mi", false)]
    [InlineData("near=61.4978|23.7610|165", true)]
    [InlineData("near=61.4978|23.7610|155", false)]
    [InlineData("near=-60.1708|-155.0625|20000", false)]
    [InlineData("near=-60.1708|-155.0625|20020", true)]
    [InlineData("near=0|0|1,60.17|24.94|1", true)]
    [Rule("search", "special", "near on Location finds what lies within a distance in any unit of length; without distance 10 km, without unit km.")]
    public void Place_is_near_by_the_distance_along_the_Earth(string query, bool expected) =>
        Searching.Matches(Helsinki, query).Should().Be(expected);

    [Theory]
    [InlineData("near=60.17")]
    [InlineData("near=91|0")]
    [InlineData("near=0|181")]
    [InlineData("near=60|25|-1")]
    [InlineData("near=60|25|1|kg")]
    [InlineData("near=60|25|1|parsecs")]
    [InlineData("near=60|25||kg")]
    [InlineData("near=60|25|1|km|x")]
    [InlineData("near=1e400|25")]
    public void Place_that_cannot_be_read_is_refused(string query) =>
        Searching.Parse("Location", query).Problem!.Issues.Should().ContainSingle().Which.Id.Should().Be("AJV-2103");

    [Theory]
    [InlineData("_text=luutuma", true)]
    [InlineData("_text=(luutuma OR maksa) AND etäpesäk*", true)]
    [InlineData("_text=\"luutuma ja maksa\"", true)]
    [InlineData("_text=\"maksa ja luutuma\"", false)]
    [InlineData("_text=luutuma NOT maksa", false)]
    [InlineData("_text=maks", false)]
    [InlineData("_text=maks*", true)]
    [InlineData("_text=LUUTUMA", true)]
    [InlineData("_text=div", false)]
    [InlineData("_text=päänsärky", false)]
    [InlineData("_content=päänsärky", true)]
    [InlineData("_content=paansarky luutuma", true)]
    [InlineData("_content=urn", false)]
    [InlineData("_content=olematon,luutuma", true)]
    [Rule("search", "text", "_text searches the narrative and _content all text, by words with AND, OR, NOT, phrases and beginnings.")]
    public void Words_are_found_in_the_narrative_or_in_all_text(string query, bool expected) =>
        Searching.Matches(
            """
            { "resourceType": "Condition", "text": { "status": "generated", "div":
              "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Luutuma ja maksa</p><p>etäpesäkkeitä</p></div>" },
              "code": { "coding": [{ "system": "urn:x", "code": "1", "display": "Päänsärky" }] } }
            """, query).Should().Be(expected);

    [Theory]
    [InlineData("_text=\"open")]
    [InlineData("_text=(a")]
    [InlineData("_text=a OR")]
    [InlineData("_text=NOT")]
    [InlineData("_text=)")]
    [InlineData("_content=*")]
    [InlineData("_content=...")]
    public void Words_that_cannot_be_read_are_refused(string query) =>
        Searching.Parse("Condition", query).Problem!.Issues.Should().ContainSingle().Which.Id.Should().Be("AJV-2103");

    [Theory]
    [InlineData("actor:text=anna", true)]
    [InlineData("actor:text=nna", false)]
    public void Reference_is_found_by_the_beginning_of_its_display(string query, bool expected) =>
        Searching.Matches(
            """{ "resourceType": "Schedule", "actor": [{ "reference": "Practitioner/1", "display": "Anna Ahkera" }] }""", query)
            .Should().Be(expected);
}

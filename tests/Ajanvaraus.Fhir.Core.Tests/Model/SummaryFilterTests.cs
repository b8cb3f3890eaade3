using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Core.Tests.Model;

/// <summary>http://hl7.org/fhir/R4/search.html#summary .</summary>
public sealed class SummaryFilterTests
{
    private static readonly ElementNode Appointment = Parsed.Resource("""
        {"resourceType":"Appointment","id":"a","meta":{"versionId":"2"},
         "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"},"status":"booked",
         "serviceType":[{"text":"s"}],"description":"d","start":"2026-11-23T09:00:00Z","end":"2026-11-23T10:00:00Z",
         "comment":"c","participant":[{"type":[{"text":"t"}],"actor":{"display":"x"},"status":"accepted"}]}
        """);

    [Theory]
    [InlineData(SummaryMode.True, "id,meta,status,serviceType,start,end,participant")]
    [InlineData(SummaryMode.Text, "id,meta,text,status,participant")]
    [InlineData(SummaryMode.Data, "id,meta,status,serviceType,description,start,end,comment,participant")]
    public void Summary_keeps_what_its_mode_asks_and_what_is_mandatory(SummaryMode mode, string names)
    {
        var result = SummaryFilter.Apply(Appointment, mode, []);

        Names(result).Should().Equal(names.Split(','));
        // A part of a resource may break an invariant, such as app-3 without its times; it is tagged as subsetted.
        new StructuralValidator(R4.Definitions).Validate(result).Where(i => i.Id != "AJV-1417").Should().BeEmpty();
    }

    [Fact]
    public void Elements_keep_the_listed_and_the_mandatory_ones()
    {
        var result = SummaryFilter.Apply(Appointment, SummaryMode.False, ["start", "nonsense"]);

        Names(result).Should().Equal("id", "meta", "status", "start", "participant");
    }

    [Fact]
    public void Cut_resource_is_tagged_once_and_keeps_its_meta()
    {
        var once = SummaryFilter.Apply(Appointment, SummaryMode.True, []);

        var twice = SummaryFilter.Apply(once, SummaryMode.True, []);

        twice["meta"]!.Text("versionId").Should().Be("2");
        twice["meta"]!.All("tag").Select(t => (t.Text("system"), t.Text("code"))).Should().Equal(
            ("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "SUBSETTED"));
    }

    [Theory]
    [InlineData(SummaryMode.False)]
    [InlineData(SummaryMode.Count)]
    public void Resource_that_is_not_cut_is_not_tagged(SummaryMode mode)
    {
        var result = SummaryFilter.Apply(Appointment, mode, []);

        result.Should().BeSameAs(Appointment);
    }

    [Fact]
    public void Choice_is_listed_by_its_name_with_or_without_type()
    {
        var observation = Parsed.Resource(
            """{"resourceType":"Observation","status":"final","code":{"text":"c"},"valueString":"v","issued":"2026-11-23T09:00:00Z"}""");

        Names(SummaryFilter.Apply(observation, SummaryMode.False, ["value"]))
            .Should().Equal("meta", "status", "code", "value");
        Names(SummaryFilter.Apply(observation, SummaryMode.False, ["valueString"]))
            .Should().Equal("meta", "status", "code", "value");
    }

    private static IEnumerable<string> Names(ElementNode node) => node.Children.Select(c => c.Name);
}

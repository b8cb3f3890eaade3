using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Tests.Model;

public sealed class FhirInstantTests
{
    private static readonly ZoneRules Helsinki = TimeZones.Default;

    [Theory]
    // "the precision of the date value … is the implicit range": http://hl7.org/fhir/R4/search.html#date
    [InlineData("2026", "2025-12-31T22:00:00Z", "2026-12-31T22:00:00Z")]
    [InlineData("2026-02", "2026-01-31T22:00:00Z", "2026-02-28T22:00:00Z")]
    [InlineData("2026-11-23", "2026-11-22T22:00:00Z", "2026-11-23T22:00:00Z")]
    [InlineData("2026-11-23T09:00", "2026-11-23T07:00:00Z", "2026-11-23T07:01:00Z")]
    [InlineData("2026-11-23T09:00:00+02:00", "2026-11-23T07:00:00Z", "2026-11-23T07:00:01Z")]
    [InlineData("2026-11-23T09:00:00.25Z", "2026-11-23T09:00:00.25Z", "2026-11-23T09:00:00.26Z")]
    // Days when clocks change are 23 and 25 hours long.
    [InlineData("2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z")]
    [InlineData("2026-10-25", "2026-10-24T21:00:00Z", "2026-10-25T22:00:00Z")]
    // 03:30 does not exist in spring, and stands twice in autumn: the earlier is taken.
    [InlineData("2026-03-29T03:30:00", "2026-03-29T01:30:00Z", "2026-03-29T01:30:01Z")]
    [InlineData("2026-10-25T03:30:00", "2026-10-25T00:30:00Z", "2026-10-25T00:30:01Z")]
    public void Written_time_covers_its_precision(string text, string start, string end)
    {
        FhirInstant.TryParse(text, Helsinki, out var instant).Should().BeTrue();

        FhirInstant.MomentOf(instant.Start).Should().Be(DateTimeOffset.Parse(start));
        FhirInstant.MomentOf(instant.End).Should().Be(DateTimeOffset.Parse(end));
    }

    [Theory]
    [InlineData("2026-11-23T09:00:00Z", true)]
    [InlineData("2026-11-23T09:00:00", false)]
    [InlineData("2026-11-23", false)]
    public void Zone_is_known_only_when_written(string text, bool hasZone)
    {
        FhirInstant.TryParse(text, null, out var instant).Should().BeTrue();

        instant.HasZone.Should().Be(hasZone);
    }

    [Theory]
    [InlineData("0001", "the first year")]
    [InlineData("9999", "the last year")]
    [InlineData("9999-12-31", "the last day")]
    [InlineData("9999-12-31T23:59:60Z", "a leap second at the end")]
    public void Ends_of_the_calendar_are_read(string text, string because)
    {
        FhirInstant.TryParse(text, Helsinki, out var instant).Should().BeTrue(because);

        instant.Start.Should().BeLessThan(instant.End, because);
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("9999-12-31T23:59:59-12:00")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("")]
    [InlineData("yesterday")]
    public void What_is_no_time_is_not_read(string text) =>
        FhirInstant.TryParse(text, Helsinki, out _).Should().BeFalse();

    [Theory]
    [InlineData("2026-07-01T06:00:00Z", "2026-07-01T09:00:00+03:00")]
    [InlineData("2026-12-01T07:00:00.999Z", "2026-12-01T09:00:00+02:00")]
    [InlineData("2026-10-25T00:59:59Z", "2026-10-25T03:59:59+03:00")]
    [InlineData("2026-10-25T01:00:00Z", "2026-10-25T03:00:00+02:00")]
    [InlineData("1969-12-31T23:59:59.5Z", "1970-01-01T01:59:59+02:00")]
    public void Output_carries_the_offset_of_its_date(string moment, string expected)
    {
        var text = FhirInstant.Format(DateTimeOffset.Parse(moment), Helsinki);

        text.Should().Be(expected);
    }
}

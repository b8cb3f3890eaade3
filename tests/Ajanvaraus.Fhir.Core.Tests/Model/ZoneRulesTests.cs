using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Tests.Model;

public sealed class ZoneRulesTests
{
    private static readonly DateTimeOffset From = new(1950, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ZoneRules Helsinki = TimeZones.Default;

    [Fact]
    public void Each_zone_of_the_machine_has_its_offset_at_every_moment_also_after_its_rules_were_written_down()
    {
        var random = new Random(20261123);
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            var rules = ZoneRules.Of(zone.Id, zone);
            var kept = ZoneRules.Parse(zone.Id, rules.ToText());
            kept.HasSame(rules).Should().BeTrue(zone.Id);
            for (var n = 0; n < 30; n++)
            {
                var moment = From.AddSeconds(random.NextInt64(110L * 366 * 86_400));
                rules.OffsetAt(moment).Should().Be(zone.GetUtcOffset(moment), $"{zone.Id} at {moment:O}");
                var local = DateTime.SpecifyKind(rules.Convert(moment).DateTime, DateTimeKind.Unspecified);
                rules.IsSkipped(local).Should().BeFalse($"{zone.Id} at {moment:O}");
                rules.OffsetOf(local).Should().Be(
                    zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local), $"{zone.Id} at {moment:O}");
            }
        }
    }

    [Theory]
    [InlineData("2027-03-28T02:59", 2, false)]
    [InlineData("2027-03-28T03:00", 2, true)]
    [InlineData("2027-03-28T03:59", 2, true)]
    [InlineData("2027-03-28T04:00", 3, false)]
    [InlineData("2027-10-31T02:59", 3, false)]
    [InlineData("2027-10-31T03:00", 3, false)]
    [InlineData("2027-10-31T03:59", 3, false)]
    [InlineData("2027-10-31T04:00", 2, false)]
    [InlineData("9998-07-01T12:00", 3, false)]
    [InlineData("9999-12-31T23:59", 2, false)]
    public void A_wall_clock_of_Helsinki_has_the_offset_before_a_gap_and_the_earlier_of_two(string local, int hours, bool isSkipped)
    {
        var clock = DateTime.Parse(local);

        Helsinki.OffsetOf(clock).Should().Be(TimeSpan.FromHours(hours));
        Helsinki.IsSkipped(clock).Should().Be(isSkipped);
    }

    [Fact]
    public void Spans_follow_each_other_without_gap_also_after_the_years_that_were_read()
    {
        foreach (var year in (int[])[1990, 2027, 2499, 2500, 2899, 2900, 6543])
        {
            var at = new DateTimeOffset(year, 7, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
            var summer = Helsinki.SpanAt(at);
            var winter = Helsinki.SpanAt(summer.Until);

            (summer.OffsetSeconds, winter.OffsetSeconds).Should().Be((10_800, 7_200), $"{year}");
            winter.From.Should().Be(summer.Until, $"{year}");
            Helsinki.SpanAt(summer.Until - 1).Should().Be(summer, $"{year}");
            var change = DateTimeOffset.FromUnixTimeSeconds(summer.From);
            (change.Month, change.Hour, change.DayOfWeek).Should().Be((3, 1, DayOfWeek.Sunday), $"{year}");
        }
        Helsinki.Convert(DateTimeOffset.MaxValue).Should().Be(DateTimeOffset.MaxValue, "the calendar ends");
        ZoneRules.OfSystem("America/New_York")!.Convert(DateTimeOffset.MinValue).Should().Be(DateTimeOffset.MinValue, "and begins");
        ZoneRules.Utc.SpanAt(long.MaxValue).OffsetSeconds.Should().Be(0);
        ZoneRules.OfSystem("Nowhere/Land").Should().BeNull();
        TimeZones.Find("Nowhere/Land").Should().BeNull();
    }
}

using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Time;

public sealed class CalendarZoneTests
{
    private static readonly Instant From = Instant.FromUtc(1950, 1, 1, 0, 0);
    private static readonly Instant To = Instant.FromUtc(2060, 1, 1, 0, 0);

    [Fact]
    public void A_zone_by_given_rules_maps_as_its_spans_say()
    {
        var change = Instant.FromUtc(2027, 3, 28, 1, 0);
        var at = change.ToUnixTimeSeconds();
        var zone = CalendarZone.ByRules("Test/Zone", seconds => seconds < at ? (long.MinValue, at, 7200) : (at, long.MaxValue, 10_800));

        zone.GetZoneIntervals(From, To).Select(s => (s.HasStart, s.HasEnd, s.WallOffset.Seconds)).Should().Equal((false, true, 7200), (true, false, 10_800));
        zone.MapLocal(new LocalDateTime(2027, 3, 28, 3, 30)).Count.Should().Be(0);
        zone.AtStartOfDay(new LocalDate(2027, 3, 29)).ToInstant().Should().Be(Instant.FromUtc(2027, 3, 28, 21, 0));
        zone.GetZoneInterval(change).Should().BeSameAs(zone.GetZoneInterval(Instant.MaxValue));
    }

    [Fact]
    public void A_name_that_nobody_knows_counts_as_Helsinki()
    {
        CalendarZone.Of("Nowhere/Land").Id.Should().Be("Europe/Helsinki");
        CalendarZone.IsKnown("Nowhere/Land").Should().BeFalse();
        CalendarZone.IsKnown("Europe/Stockholm").Should().BeTrue();
    }

    [Theory]
    [InlineData("2027-02-01T09:00:00+02:00", "2027-02-01T09:00:00+02:00", "winter is as it was")]
    [InlineData("2027-07-01T09:00:00+03:00", "2027-07-01T09:00:00+02:00", "nine o'clock stays nine o'clock")]
    [InlineData("2027-10-31T03:30:00+03:00", "2027-10-31T03:30:00+02:00", "of the two half past three of autumn one is left")]
    [InlineData("2027-10-31T03:30:00+02:00", "2027-10-31T03:30:00+02:00", "and the other was there already")]
    public void G35_A_zone_that_gives_up_summer_time_keeps_what_the_clock_showed(string before, string after, string because) =>
        Without(Calendars.Helsinki).Of(At(before)).Should().Be(At(after), because);

    [Theory]
    [InlineData("2027-07-01T09:00:00+02:00", "2027-07-01T09:00:00+03:00", "the other way round")]
    [InlineData("2027-03-28T03:30:00+02:00", "2027-03-28T04:30:00+03:00", "where the clock skips it, so much later")]
    [InlineData("2027-10-31T03:30:00+02:00", "2027-10-31T03:30:00+02:00", "where it comes twice, as it was meant")]
    public void G35_A_zone_that_takes_up_summer_time_keeps_it_too(string before, string after, string because) =>
        new ZoneChange(DateTimeZone.ForOffset(Offset.FromHours(2)), Calendars.Helsinki).Of(At(before)).Should().Be(At(after), because);

    [Fact]
    public void G35_Only_a_change_of_the_time_to_come_matters()
    {
        var change = Without(Calendars.Helsinki);

        change.Matters(Instant.FromUtc(2027, 1, 1, 0, 0), Instant.FromUtc(2028, 1, 1, 0, 0)).Should().BeTrue();
        change.Matters(Instant.FromUtc(2027, 11, 1, 0, 0), Instant.FromUtc(2028, 3, 1, 0, 0)).Should().BeFalse();
        new ZoneChange(Calendars.Helsinki, CalendarZone.Of("Europe/Helsinki")).Matters(From, To).Should().BeFalse();
    }

    private static ZoneChange Without(DateTimeZone summer) => new(summer, DateTimeZone.ForOffset(Offset.FromHours(2)));

    private static Instant At(string text) => NodaTime.Text.OffsetDateTimePattern.ExtendedIso.Parse(text).Value.ToInstant();
}

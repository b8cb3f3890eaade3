using FsCheck;
using FsCheck.Fluent;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Time;

/// <summary>A series comes at one local hour, whatever the clocks do.</summary>
public sealed class SeriesTests
{
    private static readonly DateTimeZone Helsinki = Calendars.Helsinki;

    [Theory]
    [InlineData("2027-03-15T09:00", 7, 4)]
    [InlineData("2027-10-11T13:30", 7, 5)]
    [InlineData("2027-03-27T12:00", 1, 3)]
    public void R21_every_time_is_at_the_same_local_hour_across_a_change_of_clocks(string first, int step, int count)
    {
        var start = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(first).Value;
        var time = new TimeRange(
            start.InZoneStrictly(Helsinki).ToInstant(), start.PlusMinutes(45).InZoneStrictly(Helsinki).ToInstant());

        var times = new Series(count, step).Occurrences(time, Helsinki)!;

        times.Select(t => t.Start.InZone(Helsinki).LocalDateTime)
            .Should().Equal(Enumerable.Range(0, count).Select(n => start.PlusDays(n * step)));
        times.Should().OnlyContain(t => t.Length == Duration.FromMinutes(45));
        times.Select(t => t.Start.InZone(Helsinki).Offset).Distinct().Should().HaveCount(2, "the clocks change in between");
    }

    [Fact]
    public void R23_a_series_that_meets_the_missing_hour_does_not_exist()
    {
        var start = new LocalDateTime(2027, 3, 21, 3, 30).InZoneStrictly(Helsinki).ToInstant();

        new Series(2, 7).Occurrences(new TimeRange(start, start + Duration.FromMinutes(30)), Helsinki).Should().BeNull();
    }

    [Fact]
    public void Times_are_ordered_begin_with_the_first_and_keep_its_length_over_random_series()
    {
        var cases =
            from minute in Gen.Choose(0, 60 * 24 * 365 * 3)
            from length in Gen.Choose(1, 600)
            from count in Gen.Choose(1, 60)
            from step in Gen.Choose(1, 40)
            select (minute, length, count, step);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var first = new TimeRange(
                Calendars.Day + Duration.FromMinutes(c.minute), Calendars.Day + Duration.FromMinutes(c.minute + c.length));
            var series = new Series(c.count, c.step);
            var times = series.Occurrences(first, Helsinki);
            return times is null || (times[0] == first && times.Count == c.count
                && times.All(t => t.Length == first.Length)
                && times.Zip(times.Skip(1)).All(p => p.First.Start < p.Second.Start)
                && times[^1].Start <= first.Start + series.Reach
                && times.All(t => t.Start.InZone(Helsinki).TimeOfDay == first.Start.InZone(Helsinki).TimeOfDay));
        }).QuickCheckThrowOnFailure();
    }
}

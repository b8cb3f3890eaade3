using Ajanvaraus.Fhir.Scheduling.Reminders;

using NodaTime;
using NodaTime.Text;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Reminders;

public sealed class ReminderTimesTests
{
    private static readonly DateTimeZone Helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private static readonly QuietHours Night = new(21, 8);

    [Theory]
    [InlineData("2027-02-01T12:00:00+02:00", 24 * 60, "2027-01-31T12:00:00+02:00", "a day before")]
    [InlineData("2027-02-01T12:00:00+02:00", 90, "2027-02-01T10:30:00+02:00", "an hour and a half before")]
    [InlineData("2027-03-28T12:00:00+03:00", 24 * 60, "2027-03-27T12:00:00+02:00", "a day is a day also when the clock is put forward")]
    [InlineData("2027-10-31T12:00:00+02:00", 24 * 60, "2027-10-30T12:00:00+03:00", "and when it is put back")]
    [InlineData("2027-03-28T12:00:00+03:00", 23 * 60, "2027-03-27T12:00:00+02:00", "hours are hours")]
    [InlineData("2027-03-29T03:30:00+03:00", 24 * 60, "2027-03-28T08:00:00+03:00", "half past three does not come that night, nor anybody's phone")]
    [InlineData("2027-02-02T07:30:00+02:00", 24 * 60, "2027-02-01T08:00:00+02:00", "in the night it waits for the morning")]
    [InlineData("2027-02-01T10:00:00+02:00", 4 * 60, "2027-02-01T08:00:00+02:00", "which leaves two hours")]
    [InlineData("2027-02-01T08:30:00+02:00", 60, "2027-01-31T21:00:00+02:00", "the morning would be too late: the evening before")]
    [InlineData("2027-02-02T06:00:00+02:00", 8 * 60, "2027-02-01T21:00:00+02:00", "from ten in the evening likewise")]
    public void R64_A_reminder_comes_as_long_before_as_was_said_and_not_in_the_night(string start, int minutes, string due, string because) =>
        ReminderTimes.Of(At(start), [Duration.FromMinutes(minutes)], Night, Helsinki, At("2026-11-23T08:00:00+02:00"))
            .Should().Equal([At(due)], because);

    [Fact]
    public void What_was_due_when_the_time_was_agreed_is_not_told_and_the_same_moment_once()
    {
        var start = At("2027-02-01T12:00:00+02:00");
        var befores = new[] { 24 * 60, 120, 1440, 30, 0, -5 }.Select(m => Duration.FromMinutes(m)).ToArray();

        ReminderTimes.Of(start, befores, Night, Helsinki, At("2027-01-31T12:00:00+02:00")).Should()
            .Equal(At("2027-02-01T10:00:00+02:00"), At("2027-02-01T11:30:00+02:00"));
        ReminderTimes.Of(start, befores, Night, Helsinki, At("2027-02-01T11:30:00+02:00")).Should().BeEmpty();
    }

    [Theory]
    [InlineData(21, 8, "03:00", true)]
    [InlineData(21, 8, "08:00", false)]
    [InlineData(21, 8, "20:59", false)]
    [InlineData(12, 14, "13:00", true)]
    [InlineData(12, 14, "14:00", false)]
    [InlineData(0, 0, "00:00", false)]
    public void Quiet_hours_may_lie_over_midnight_or_within_a_day(int from, int until, string time, bool isQuiet) =>
        new QuietHours(from, until).Contains(LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value).Should().Be(isQuiet);

    private static Instant At(string text) => OffsetDateTimePattern.ExtendedIso.Parse(text).Value.ToInstant();
}

namespace Ajanvaraus.Fhir.Scheduling.Tests.Time;

public sealed class HolidayCalendarTests
{
    private static readonly LocalDate MayDay = new(2027, 5, 1);
    private static readonly LocalDate ChristmasEve = new(2027, 12, 24);
    private static readonly LocalDate IndependenceDay = new(2027, 12, 6);

    [Fact]
    public void R36_usual_calendar_is_closed_on_holidays_and_open_on_other_days()
    {
        HolidayCalendar.Usual.IsClosed(MayDay).Should().BeTrue();
        HolidayCalendar.Usual.IsClosed(ChristmasEve).Should().BeTrue();
        HolidayCalendar.Usual.IsClosed(MayDay.PlusDays(2)).Should().BeFalse();
        HolidayCalendar.None.IsClosed(MayDay).Should().BeFalse();
    }

    [Fact]
    public void R36_unit_opts_out_of_a_holiday_of_every_year_or_of_one()
    {
        var unit = HolidayCalendar.Usual with { OpenHolidays = ["vappu"], OpenDates = [IndependenceDay] };

        unit.IsClosed(MayDay).Should().BeFalse();
        unit.IsClosed(MayDay.PlusYears(1)).Should().BeFalse();
        unit.IsClosed(IndependenceDay).Should().BeFalse();
        unit.IsClosed(IndependenceDay.PlusYears(1)).Should().BeTrue();
        unit.IsClosed(ChristmasEve).Should().BeTrue();
    }

    [Fact]
    public void Opening_on_Ascension_Day_alone_leaves_a_May_Day_of_the_same_date_closed()
    {
        var unit = HolidayCalendar.Usual with { OpenHolidays = ["helatorstai"] };

        unit.IsClosed(new LocalDate(2008, 5, 1)).Should().BeTrue();
        unit.IsClosed(new LocalDate(2027, 5, 6)).Should().BeFalse();
    }

    [Fact]
    public void Unit_may_work_on_the_eves()
    {
        var unit = HolidayCalendar.Usual with { KeepsEves = false };

        unit.IsClosed(ChristmasEve).Should().BeFalse();
        unit.IsClosed(ChristmasEve.PlusDays(1)).Should().BeTrue();
    }

    [Fact]
    public void Closed_days_of_a_period_are_those_that_are_closed_one_by_one()
    {
        var unit = HolidayCalendar.Usual with
        {
            OpenHolidays = ["loppiainen"], OpenDates = [ChristmasEve],
        };
        var (from, to) = (new LocalDate(2026, 12, 1), new LocalDate(2028, 1, 31));
        var days = Enumerable.Range(0, Period.DaysBetween(from, to) + 1).Select(from.PlusDays);

        unit.ClosedBetween(from, to).Should().BeEquivalentTo(days.Where(unit.IsClosed));
        unit.ClosedBetween(to, from).Should().BeEmpty();
    }
}

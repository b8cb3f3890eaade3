namespace Ajanvaraus.Fhir.Scheduling.Tests.Time;

public sealed class FinnishHolidaysTests
{
    [Theory]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2038, 4, 25)]
    public void Easter_falls_on_the_known_day(int year, int month, int day)
    {
        FinnishHolidays.Of(year).Single(h => h.Name == "Pääsiäispäivä").Date
            .Should().Be(new LocalDate(year, month, day));
    }

    [Fact]
    public void R36_the_holidays_of_2027_are_those_of_the_almanac()
    {
        FinnishHolidays.Of(2027).Select(h => (h.Date.Month, h.Date.Day, h.Name)).Should().Equal(
            (1, 1, "Uudenvuodenpäivä"), (1, 6, "Loppiainen"), (3, 26, "Pitkäperjantai"), (3, 28, "Pääsiäispäivä"),
            (3, 29, "Toinen pääsiäispäivä"), (5, 1, "Vappu"), (5, 6, "Helatorstai"), (5, 16, "Helluntaipäivä"),
            (6, 25, "Juhannusaatto"), (6, 26, "Juhannuspäivä"), (11, 6, "Pyhäinpäivä"), (12, 6, "Itsenäisyyspäivä"),
            (12, 24, "Jouluaatto"), (12, 25, "Joulupäivä"), (12, 26, "Tapaninpäivä"));
    }

    [Fact]
    public void Eves_are_closed_in_practice_but_no_public_holidays()
    {
        var (from, to) = (new LocalDate(2026, 6, 1), new LocalDate(2026, 12, 24));

        FinnishHolidays.Between(from, to).Except(FinnishHolidays.Between(from, to, withEves: false))
            .Should().BeEquivalentTo([new LocalDate(2026, 6, 19), new LocalDate(2026, 12, 24)]);
    }
}

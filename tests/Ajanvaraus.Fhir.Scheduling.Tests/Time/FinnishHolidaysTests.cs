namespace Ajanvaraus.Fhir.Scheduling.Tests.Time;

public sealed class FinnishHolidaysTests
{
    /// <summary>The days that move, as the almanac has them: day and month.</summary>
    public static TheoryData<int, string> Moving => new()
    {
        { 2024, "29.3. 31.3. 1.4. 9.5. 19.5. 22.6. 2.11." },
        { 2025, "18.4. 20.4. 21.4. 29.5. 8.6. 21.6. 1.11." },
        { 2026, "3.4. 5.4. 6.4. 14.5. 24.5. 20.6. 31.10." },
        { 2027, "26.3. 28.3. 29.3. 6.5. 16.5. 26.6. 6.11." },
        { 2028, "14.4. 16.4. 17.4. 25.5. 4.6. 24.6. 4.11." },
        { 2029, "30.3. 1.4. 2.4. 10.5. 20.5. 23.6. 3.11." },
        { 2030, "19.4. 21.4. 22.4. 30.5. 9.6. 22.6. 2.11." },
    };

    [Theory, MemberData(nameof(Moving))]
    public void R36_moving_holidays_fall_on_the_days_of_the_almanac(int year, string almanac)
    {
        string[] codes =
        [
            "pitkaperjantai", "paasiaispaiva", "toinen-paasiaispaiva", "helatorstai", "helluntaipaiva", "juhannuspaiva",
            "pyhainpaiva",
        ];

        var dates = codes.Select(code => FinnishHolidays.Of(year).Single(h => h.Code == code).Date);

        string.Join(' ', dates.Select(d => $"{d.Day}.{d.Month}.")).Should().Be(almanac);
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

    [Theory]
    [InlineData(1818, 3, 22)]
    [InlineData(2038, 4, 25)]
    public void Easter_falls_on_its_earliest_and_latest_day_when_it_should(int year, int month, int day)
    {
        FinnishHolidays.Of(year).Single(h => h.Code == "paasiaispaiva").Date.Should().Be(new LocalDate(year, month, day));
    }

    [Fact]
    public void Saturdays_of_Midsummer_and_All_Saints_lie_in_their_weeks_in_every_year()
    {
        foreach (var year in Enumerable.Range(1992, 300))
        {
            var dates = FinnishHolidays.Of(year).ToDictionary(h => h.Code, h => h.Date);

            dates["juhannuspaiva"].DayOfWeek.Should().Be(IsoDayOfWeek.Saturday);
            dates["juhannuspaiva"].Should().BeInRange(new LocalDate(year, 6, 20), new LocalDate(year, 6, 26));
            dates["juhannusaatto"].Should().Be(dates["juhannuspaiva"].PlusDays(-1));
            dates["pyhainpaiva"].DayOfWeek.Should().Be(IsoDayOfWeek.Saturday);
            dates["pyhainpaiva"].Should().BeInRange(new LocalDate(year, 10, 31), new LocalDate(year, 11, 6));
        }
    }

    [Fact]
    public void Holidays_of_a_day_are_two_when_Ascension_Day_is_May_Day()
    {
        FinnishHolidays.On(new LocalDate(2008, 5, 1)).Select(h => h.Code).Should().BeEquivalentTo("vappu", "helatorstai");
        FinnishHolidays.On(new LocalDate(2008, 5, 2)).Should().BeEmpty();
    }

    [Fact]
    public void Eves_are_closed_in_practice_but_no_public_holidays()
    {
        var (from, to) = (new LocalDate(2026, 6, 1), new LocalDate(2026, 12, 24));

        FinnishHolidays.Between(from, to).Except(FinnishHolidays.Between(from, to, withEves: false))
            .Should().BeEquivalentTo([new LocalDate(2026, 6, 19), new LocalDate(2026, 12, 24)]);
    }
}

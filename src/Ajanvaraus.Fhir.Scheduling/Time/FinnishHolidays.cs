namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>A day on which services are usually closed.</summary>
/// <param name="Name">In Finnish.</param>
/// <param name="IsPublic">A church holiday or a day set by law; otherwise an eve that is closed in practice.</param>
public sealed record Holiday(LocalDate Date, string Name, bool IsPublic);

/// <summary>The Finnish holidays of a year.</summary>
/// <remarks>
/// Source: kirkkolaki 652/2023 (church holidays), laki itsenäisyyspäivän viettämisestä 388/1937, laki vapunpäivän
/// vapaapäivästä 272/1944. The dates hold from 1992 on: before, Epiphany and Ascension Day were
/// kept on Saturdays. A unit that opens on one of them leaves it out of the days it passes on.
/// </remarks>
public static class FinnishHolidays
{
    /// <summary>All of a year, in order.</summary>
    public static ImmutableArray<Holiday> Of(int year)
    {
        var easter = EasterSunday(year);
        var midsummer = SaturdayOnOrAfter(new LocalDate(year, 6, 20));
        return
        [
            .. new[]
            {
                Public(new LocalDate(year, 1, 1), "Uudenvuodenpäivä"),
                Public(new LocalDate(year, 1, 6), "Loppiainen"),
                Public(easter.PlusDays(-2), "Pitkäperjantai"),
                Public(easter, "Pääsiäispäivä"),
                Public(easter.PlusDays(1), "Toinen pääsiäispäivä"),
                Public(new LocalDate(year, 5, 1), "Vappu"),
                Public(easter.PlusDays(39), "Helatorstai"),
                Public(easter.PlusDays(49), "Helluntaipäivä"),
                new Holiday(midsummer.PlusDays(-1), "Juhannusaatto", false),
                Public(midsummer, "Juhannuspäivä"),
                Public(SaturdayOnOrAfter(new LocalDate(year, 10, 31)), "Pyhäinpäivä"),
                Public(new LocalDate(year, 12, 6), "Itsenäisyyspäivä"),
                new Holiday(new LocalDate(year, 12, 24), "Jouluaatto", false),
                Public(new LocalDate(year, 12, 25), "Joulupäivä"),
                Public(new LocalDate(year, 12, 26), "Tapaninpäivä"),
            }.OrderBy(h => h.Date),
        ];
    }

    /// <summary>The dates of a period, both ends included.</summary>
    /// <param name="withEves">Also Midsummer Eve and Christmas Eve.</param>
    public static ImmutableHashSet<LocalDate> Between(LocalDate from, LocalDate to, bool withEves = true)
    {
        var dates = ImmutableHashSet.CreateBuilder<LocalDate>();
        for (var year = from.Year; year <= to.Year; year++)
            foreach (var holiday in Of(year))
            {
                if (holiday.Date >= from && holiday.Date <= to && (withEves || holiday.IsPublic))
                    dates.Add(holiday.Date);
            }

        return dates.ToImmutable();
    }

    /// <summary>The Gregorian computus: the Sunday after the church full moon on or after 21 March.</summary>
    internal static LocalDate EasterSunday(int year)
    {
        var golden = year % 19;
        var century = year / 100;
        var lunar = ((19 * golden) + century - (century / 4) - (((8 * century) + 13) / 25) + 15) % 30;
        var fullMoon = lunar - (lunar / 28 * (1 - (29 / (lunar + 1) * ((21 - golden) / 11))));
        var weekday = (year + (year / 4) + fullMoon + 2 - century + (century / 4)) % 7;
        return new LocalDate(year, 3, 28).PlusDays(fullMoon - weekday);
    }

    private static Holiday Public(LocalDate date, string name) => new(date, name, true);

    private static LocalDate SaturdayOnOrAfter(LocalDate date) =>
        date.DayOfWeek == IsoDayOfWeek.Saturday ? date : date.Next(IsoDayOfWeek.Saturday);
}

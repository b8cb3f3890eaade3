using System.Globalization;

namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>A day on which services are usually closed.</summary>
/// <param name="Code">The same every year: <c>juhannuspaiva</c>.</param>
/// <param name="Name">In Finnish.</param>
/// <param name="IsPublic">A church holiday or a day set by law; otherwise an eve that is closed in practice.</param>
public sealed record Holiday(LocalDate Date, string Code, string Name, bool IsPublic);

/// <summary>A holiday of every year: what it is called, and on which day it falls.</summary>
/// <param name="Falls">A fixed day (<c>12-06</c>), days from Easter Sunday (<c>easter+39</c>), or the Saturday of the week
/// that begins on a day (<c>saturday 06-20</c>), with <c>-1</c> after it for its eve.</param>
public sealed record HolidayRule(
    string Code, string Falls, string Finnish, string Swedish, string English, bool IsPublic = true);

/// <summary>The Finnish holidays, as data.</summary>
/// <remarks>
/// <para>Source: kirkkolaki 652/2023 (church holidays), laki itsenäisyyspäivän viettämisestä 388/1937, laki vapunpäivän
/// vapaapäivästä 272/1944. The dates hold from 1992 on: before, Epiphany and Ascension Day were kept on Saturdays.</para>
/// <para>Which of them a unit keeps is told by <see cref="HolidayCalendar"/>.</para>
/// </remarks>
public static class FinnishHolidays
{
    private const string Easter = "easter";
    private const string Saturday = "saturday ";

    public static readonly ImmutableArray<HolidayRule> Rules =
    [
        new("uudenvuodenpaiva", "01-01", "Uudenvuodenpäivä", "Nyårsdagen", "New Year's Day"),
        new("loppiainen", "01-06", "Loppiainen", "Trettondagen", "Epiphany"),
        new("pitkaperjantai", "easter-2", "Pitkäperjantai", "Långfredagen", "Good Friday"),
        new("paasiaispaiva", "easter+0", "Pääsiäispäivä", "Påskdagen", "Easter Sunday"),
        new("toinen-paasiaispaiva", "easter+1", "Toinen pääsiäispäivä", "Annandag påsk", "Easter Monday"),
        new("vappu", "05-01", "Vappu", "Första maj", "May Day"),
        new("helatorstai", "easter+39", "Helatorstai", "Kristi himmelsfärdsdag", "Ascension Day"),
        new("helluntaipaiva", "easter+49", "Helluntaipäivä", "Pingstdagen", "Pentecost"),
        new("juhannusaatto", "saturday 06-20 -1", "Juhannusaatto", "Midsommarafton", "Midsummer Eve", IsPublic: false),
        new("juhannuspaiva", "saturday 06-20", "Juhannuspäivä", "Midsommardagen", "Midsummer Day"),
        new("pyhainpaiva", "saturday 10-31", "Pyhäinpäivä", "Alla helgons dag", "All Saints' Day"),
        new("itsenaisyyspaiva", "12-06", "Itsenäisyyspäivä", "Självständighetsdagen", "Independence Day"),
        new("jouluaatto", "12-24", "Jouluaatto", "Julafton", "Christmas Eve", IsPublic: false),
        new("joulupaiva", "12-25", "Joulupäivä", "Juldagen", "Christmas Day"),
        new("tapaninpaiva", "12-26", "Tapaninpäivä", "Annandag jul", "St Stephen's Day"),
    ];

    /// <summary>All of a year, in order.</summary>
    public static ImmutableArray<Holiday> Of(int year)
    {
        var easter = EasterSunday(year);
        return
        [
            .. Rules.Select(r => new Holiday(DateOf(r.Falls, year, easter), r.Code, r.Finnish, r.IsPublic))
                .OrderBy(h => h.Date),
        ];
    }

    /// <summary>The holidays of a day: none, one, or two where a church holiday falls on a fixed one.</summary>
    public static ImmutableArray<Holiday> On(LocalDate date) => [.. Of(date.Year).Where(h => h.Date == date)];

    /// <summary>Those of a period, both ends included, in order.</summary>
    public static ImmutableArray<Holiday> In(LocalDate from, LocalDate to) =>
    [
        .. Enumerable.Range(from.Year, Math.Max(to.Year - from.Year + 1, 0)).SelectMany(year => Of(year))
            .Where(h => h.Date >= from && h.Date <= to),
    ];

    /// <summary>The dates of a period, both ends included.</summary>
    /// <param name="withEves">Also Midsummer Eve and Christmas Eve.</param>
    public static ImmutableHashSet<LocalDate> Between(LocalDate from, LocalDate to, bool withEves = true) =>
        [.. In(from, to).Where(h => withEves || h.IsPublic).Select(h => h.Date)];

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

    private static LocalDate DateOf(string falls, int year, LocalDate easter)
    {
        if (falls.StartsWith(Easter, StringComparison.Ordinal))
            return easter.PlusDays(Number(falls.AsSpan(Easter.Length)));
        if (!falls.StartsWith(Saturday, StringComparison.Ordinal))
            return DayOf(falls, year);
        var parts = falls[Saturday.Length..].Split(' ');
        var saturday = DayOf(parts[0], year).PlusDays(-1).Next(IsoDayOfWeek.Saturday);
        return parts.Length > 1 ? saturday.PlusDays(Number(parts[1])) : saturday;
    }

    private static LocalDate DayOf(string monthAndDay, int year) =>
        new(year, Number(monthAndDay.AsSpan(0, 2)), Number(monthAndDay.AsSpan(3, 2)));

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, CultureInfo.InvariantCulture);
}

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>When the county's offices were open in the months that the figures cover.</summary>
internal static class WorkingDays
{
    public static readonly LocalTime Opening = new(8, 0);

    public static readonly LocalTime Closing = new(16, 0);

    /// <summary>Good Friday, Easter Monday, Ascension Day, Midsummer Eve; other holidays fell on week-ends.</summary>
    private static readonly ImmutableArray<LocalDate> Holidays =
        [new(2022, 4, 15), new(2022, 4, 18), new(2022, 5, 26), new(2022, 6, 24)];

    /// <summary>Weekdays without holidays, first to last.</summary>
    public static ImmutableArray<LocalDate> All { get; } =
    [
        .. Enumerable.Range(0, Period.DaysBetween(CountyFigures.FirstDay, CountyFigures.LastDay) + 1)
            .Select(CountyFigures.FirstDay.PlusDays)
            .Where(day => day.DayOfWeek < IsoDayOfWeek.Saturday && !Holidays.Contains(day)),
    ];
}

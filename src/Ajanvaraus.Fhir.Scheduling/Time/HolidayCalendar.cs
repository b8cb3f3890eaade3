namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>The days on which a unit is closed: the Finnish holidays, but for its own exceptions.</summary>
/// <remarks>
/// <para>Closing goes before opening: a unit that is open on May Day and closed in the week of May Day is closed.</para>
/// <para>Units: days of the calendar's zone. Errors: none; a code that is no holiday changes nothing.</para>
/// </remarks>
public sealed record HolidayCalendar
{
    /// <summary>All holidays and both eves are closed, and nothing else is.</summary>
    public static HolidayCalendar Usual { get; } = new();

    /// <summary>No holiday is closed.</summary>
    public static HolidayCalendar None { get; } = new() { KeepsHolidays = false };

    public bool KeepsHolidays { get; init; } = true;

    /// <summary>Midsummer Eve and Christmas Eve are closed too.</summary>
    public bool KeepsEves { get; init; } = true;

    /// <summary>Codes of holidays on which the unit is open every year.</summary>
    public ImmutableHashSet<string> OpenHolidays { get; init; } = [];

    /// <summary>Holidays of one year on which it is open.</summary>
    public ImmutableHashSet<LocalDate> OpenDates { get; init; } = [];

    /// <summary>Whole days on which it is closed besides, both ends included.</summary>
    public ImmutableArray<DateInterval> Closures { get; init; } = [];

    /// <summary>True when the day is closed by a holiday or by the unit.</summary>
    public bool IsClosed(LocalDate date) =>
        Closures.Any(closure => closure.Contains(date)) || FinnishHolidays.On(date).Any(IsKept);

    /// <summary>The closed days of a period, both ends included.</summary>
    public ImmutableHashSet<LocalDate> ClosedBetween(LocalDate from, LocalDate to)
    {
        if (to < from)
            return [];
        var period = new DateInterval(from, to);
        return
        [
            .. FinnishHolidays.In(from, to).Where(IsKept).Select(holiday => holiday.Date),
            .. Closures.SelectMany(closure => closure.Intersection(period) ?? Enumerable.Empty<LocalDate>()),
        ];
    }

    private bool IsKept(Holiday holiday) => KeepsHolidays && (KeepsEves || holiday.IsPublic)
        && !OpenHolidays.Contains(holiday.Code) && !OpenDates.Contains(holiday.Date);
}

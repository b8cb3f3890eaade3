namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>The holidays that a unit keeps: the Finnish ones, but for its own exceptions.</summary>
/// <remarks>Units: days of the calendar's zone. Errors: none; a code that is no holiday changes nothing.</remarks>
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

    public bool IsClosed(LocalDate date) => FinnishHolidays.On(date).Any(IsKept);

    /// <summary>The closed days of a period, both ends included.</summary>
    public ImmutableHashSet<LocalDate> ClosedBetween(LocalDate from, LocalDate to) =>
        [.. FinnishHolidays.In(from, to).Where(IsKept).Select(holiday => holiday.Date)];

    private bool IsKept(Holiday holiday) => KeepsHolidays && (KeepsEves || holiday.IsPublic)
        && !OpenHolidays.Contains(holiday.Code) && !OpenDates.Contains(holiday.Date);
}

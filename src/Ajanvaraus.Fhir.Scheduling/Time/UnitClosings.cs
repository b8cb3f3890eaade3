namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>When a unit is closed: on holidays, but for its own exceptions, and whenever else it says so.</summary>
/// <param name="Holidays">The holidays that it keeps.</param>
/// <param name="Closures">Times at which it is closed besides, in any order; they may overlap.</param>
/// <remarks>Closing goes before opening: a unit that is open on May Day and closed in the week of May Day is closed.</remarks>
public sealed record UnitClosings(HolidayCalendar Holidays, ImmutableArray<TimeRange> Closures)
{
    /// <summary>All holidays and both eves are closed, and nothing else is.</summary>
    public static UnitClosings Usual { get; } = new(HolidayCalendar.Usual, []);
}

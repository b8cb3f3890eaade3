using NodaTime;
using NodaTime.Text;

namespace Ajanvaraus.Fhir.Server.Security.Representation;

/// <summary>A birth date as the register tells it: a day, a month or a year.</summary>
/// <remarks>
/// <para>Units: an age is reached at the beginning of the birthday in Finland; who was born on 29 February reaches it on
/// the 28th of other years (law 150/1930, 3 §).</para>
/// <para>Of a month or a year both ends count: an age is told only when it is sure.</para>
/// </remarks>
/// <param name="First">The earliest day that it can be.</param>
/// <param name="Last">The latest.</param>
public readonly record struct BirthDay(LocalDate First, LocalDate Last)
{
    /// <summary>From 18 years on nobody has guardians.</summary>
    public const int OfAge = 18;

    /// <summary>Null for no text, and for one that is no date.</summary>
    public static BirthDay? Parse(string? text)
    {
        if (text is null)
            return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day })
            return new BirthDay(day, day);
        if (YearMonthPattern.Iso.Parse(text) is { Success: true, Value: var month })
            return new BirthDay(month.OnDayOfMonth(1), month.ToDateInterval().End);
        return text.Length == 4 && LocalDatePattern.Iso.Parse(text + "-01-01") is { Success: true, Value: var year }
            ? new BirthDay(year, new LocalDate(year.Year, 12, 31))
            : null;
    }

    /// <summary>Whether they have surely reached the age on that day.</summary>
    public bool HasReached(int age, LocalDate today) => Reaches(Last, age) <= today;

    /// <summary>Whether they have surely not reached it yet.</summary>
    public bool IsUnder(int age, LocalDate today) => today < Reaches(First, age);

    private static LocalDate Reaches(LocalDate born, int age) =>
        age <= CalendarSystem.Iso.MaxYear - born.Year ? born.PlusYears(age) : LocalDate.MaxIsoValue;
}

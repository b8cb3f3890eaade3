namespace Ajanvaraus.Fhir.Scheduling.Templates;

/// <summary>A week of opening windows, or up to four that take turns (<i>viikkopohja</i>).</summary>
/// <param name="Name">Tells the Slots of one template from those of another; without <c>|</c>.</param>
/// <param name="ZoneId">IANA name; all times of the template are wall-clock times there.</param>
/// <param name="AnchorMonday">A Monday of week 1 of the rotation.</param>
/// <param name="Weeks">1 to 4.</param>
public sealed record WeekTemplate(
    string Name, int Version, string ZoneId, LocalDate AnchorMonday, int Weeks, ImmutableArray<TemplateEntry> Entries)
{
    /// <summary>The week of the rotation that a date lies in, from 1.</summary>
    public int WeekOf(LocalDate date)
    {
        var days = Period.DaysBetween(AnchorMonday, date);
        var weeks = days >= 0 ? days / 7 : (days - 6) / 7;
        return (((weeks % Weeks) + Weeks) % Weeks) + 1;
    }
}

/// <summary>One opening window of a week, cut into Slots.</summary>
public sealed record TemplateEntry
{
    /// <summary>Of the rotation, from 1.</summary>
    public int Week { get; init; } = 1;

    /// <summary>The day on which the window starts.</summary>
    public required IsoDayOfWeek Day { get; init; }

    public required LocalTime Start { get; init; }

    /// <summary>At or before <see cref="Start"/>: on the next day; 00:00 is the midnight that ends the day.</summary>
    public required LocalTime End { get; init; }

    /// <summary>Positive.</summary>
    public required Duration SlotLength { get; init; }

    /// <summary>Between one Slot and the next.</summary>
    public Duration Gap { get; init; }

    public int Capacity { get; init; } = 1;

    /// <summary>Service codings as <c>system|code</c>.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>Time type codings as <c>system|code</c>.</summary>
    public ImmutableArray<string> TimeTypes { get; init; } = [];

    /// <summary>Contact mode codings as <c>system|code</c>.</summary>
    public ImmutableArray<string> ContactModes { get; init; } = [];

    /// <summary>Who may book; empty: everybody who may see the calendar.</summary>
    public string Audience { get; init; } = "";

    /// <summary>Opens to its audience at local midnight so many days ahead; null: at once.</summary>
    public int? ReleaseDaysAhead { get; init; }
}

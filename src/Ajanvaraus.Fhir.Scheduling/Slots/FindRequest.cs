using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>What times are looked for.</summary>
public sealed record FindRequest
{
    /// <summary>Offers lie wholly inside it.</summary>
    public required TimeRange Window { get; init; }

    /// <summary>Groups that must all take part; of each group any one Schedule, in order of preference.</summary>
    public required ImmutableArray<ImmutableArray<string>> Alternatives { get; init; }

    /// <summary>The moment of the search: nothing that starts earlier is offered.</summary>
    public required Instant Now { get; init; }

    /// <summary>Least notice: offers start at <see cref="Now"/> plus this or later.</summary>
    public Duration LeadTime { get; init; }

    /// <summary>The needed length; null: the usual length of each calendar, or each Slot as long as it is.</summary>
    public Duration? Needed { get; init; }

    /// <summary>Steps that cut a Slot longer than needed, from local midnight; null: the shortest length of the calendar, or the needed one.</summary>
    public Duration? Grid { get; init; }

    /// <summary>Seats that must be left; more than one asks for a Slot of several seats.</summary>
    public int Seats { get; init; } = 1;

    /// <summary>Several times at one local hour; null: one.</summary>
    public Series? Series { get; init; }

    /// <summary>Local days and hours that an offer may start at; null: any.</summary>
    public StartHours? Hours { get; init; }

    /// <summary>Id of an Appointment that is to be moved: its own time counts as free.</summary>
    public string? IgnoreAppointment { get; init; }

    /// <summary>Who asks: their own holds do not hide a time from them.</summary>
    public ImmutableArray<string> Holders { get; init; } = [];

    /// <summary>The own workers of the client who asks, as <c>Practitioner/a</c>; null: whoever asks books for any client.</summary>
    public ImmutableHashSet<string>? OwnWorkers { get; init; }

    /// <summary>Most offers of one local day.</summary>
    public int? MaxPerDay { get; init; }

    /// <summary>Most offers of one local day with the same Schedule.</summary>
    public int? MaxPerSchedulePerDay { get; init; }

    public bool FirstOnly { get; init; }

    public int PageSize { get; init; } = 20;

    /// <summary>Where the page before ended.</summary>
    public OfferPosition? After { get; init; }

    /// <summary>Whether who asks may book in the calendar at all.</summary>
    public bool MayBookIn(ScheduleState schedule) =>
        !schedule.IsForOwnClients || OwnWorkers is null || schedule.Actors.Any(OwnWorkers.Contains);
}

/// <summary>The calendars to search, read at one moment.</summary>
/// <param name="Schedules">Those asked for, and the other Schedules of their owners.</param>
/// <param name="Slots">
/// Slots of the Schedules asked for that fit the service and overlap the window: the free ones, and those that a hold,
/// the ignored Appointment or a group of several seats made busy.
/// </param>
/// <param name="NonFreeSlots">All Slots of <paramref name="Schedules"/> in the window that are not free.</param>
/// <param name="Claims">Claims in the window on the Schedules and on their owners, shadows included.</param>
public sealed record FindData(
    ImmutableArray<ScheduleState> Schedules, CalendarSlots Slots, CalendarSlots NonFreeSlots,
    ImmutableArray<Booking.Claim> Claims)
{
    /// <summary>Claims on the calendars that have limits, of whole weeks around the window.</summary>
    public ImmutableArray<Booking.Claim> Counted { get; init; } = [];

    /// <summary>Actors that have a Schedule here.</summary>
    public ImmutableHashSet<string> CalendarOwners { get; init; } = [];

    /// <summary>Between the places of the calendars and of the bookings.</summary>
    public Journeys Journeys { get; init; } = Journeys.None;
}

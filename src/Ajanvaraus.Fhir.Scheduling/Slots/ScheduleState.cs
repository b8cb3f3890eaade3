using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>What booking needs to know of a Schedule.</summary>
/// <param name="Actors">As <c>Practitioner/a</c>; a PractitionerRole stands beside its Practitioner.</param>
/// <param name="Horizon">Planning horizon; null: open.</param>
/// <param name="ZoneId">IANA name; Europe/Helsinki unless the Schedule says otherwise.</param>
public sealed record ScheduleState(
    string Id, bool IsActive, ImmutableArray<string> Actors, TimeRange? Horizon, string ZoneId)
{
    /// <summary>End of the least notice at the moment of a search; null: none.</summary>
    public Instant? BookableFrom { get; init; }

    /// <summary>Time to prepare and to clear up that its bookings keep beside them.</summary>
    public Buffers Buffers { get; init; }

    /// <summary>How many bookings of it may begin on one day and in one week.</summary>
    public BookingLimits Limits { get; init; }

    /// <summary>How long visits in it are, the usual length first; empty: any length.</summary>
    public ImmutableArray<Duration> Lengths { get; init; } = [];

    /// <summary>How the time of journeys between its bookings and others of the same professional is told; empty: none is kept.</summary>
    public ImmutableArray<TravelRule> Travel { get; init; } = [];

    /// <summary>True when citizens book in it only with their own worker.</summary>
    public bool IsForOwnClients { get; init; }

    /// <summary>Where it is: the Location among its actors; null: it says none.</summary>
    public string? Place => Actors.FirstOrDefault(a => a.StartsWith("Location/", StringComparison.Ordinal));

    /// <summary>Service type codings as <c>system|code</c>; empty: any.</summary>
    public ImmutableArray<string> Services { get; init; } = [];
}

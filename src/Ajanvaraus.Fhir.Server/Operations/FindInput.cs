using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>What <c>$find</c> was asked.</summary>
/// <remarks>
/// Several values of one parameter mean any of them, in order of preference; different kinds of actors must all
/// be free.
/// </remarks>
internal sealed record FindInput
{
    public required TimeRange Window { get; init; }

    public ImmutableArray<string> Schedules { get; init; } = [];

    public ImmutableArray<string> Practitioners { get; init; } = [];

    public ImmutableArray<string> Roles { get; init; } = [];

    public ImmutableArray<string> Locations { get; init; } = [];

    /// <summary>Parts of names of Locations.</summary>
    public ImmutableArray<string> LocationTexts { get; init; } = [];

    public ImmutableArray<string> Organizations { get; init; } = [];

    public ImmutableArray<string> Services { get; init; } = [];

    public ImmutableArray<CodeToken> ServiceTypes { get; init; } = [];

    public ImmutableArray<CodeToken> Specialties { get; init; } = [];

    public ImmutableArray<CodeToken> Modes { get; init; } = [];

    public Duration? Needed { get; init; }

    public string? IgnoreAppointment { get; init; }

    /// <summary>Logical ids of the clients for whom the time is.</summary>
    public ImmutableArray<string> Patients { get; init; } = [];

    /// <summary>Seats that must be left.</summary>
    public int Seats { get; init; } = 1;

    /// <summary>Several times at one local hour; null: one.</summary>
    public Series? Series { get; init; }

    /// <summary>Local days and hours asked for; null: any.</summary>
    public StartHours? Hours { get; init; }

    /// <summary>Municipality, district or postal code where the place is; empty: anywhere.</summary>
    public ImmutableArray<string> Areas { get; init; } = [];

    /// <summary>Languages that the professional speaks, any of them (BCP 47); empty: any.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>Of the professional, any of them; empty: any.</summary>
    public ImmutableArray<string> Genders { get; init; } = [];

    /// <summary>For whom the time is opened, any of them; empty: anybody.</summary>
    public ImmutableArray<string> Audiences { get; init; } = [];

    /// <summary>The ServiceRequest by which the time is to be booked.</summary>
    public string? EntitlementId { get; init; }

    /// <summary>Tells beside the offers which rules keep what from being offered.</summary>
    public bool Explains { get; init; }

    /// <summary>0: only the total is asked for.</summary>
    public required int Count { get; init; }

    public OfferPosition? After { get; init; }

    public int? PerDay { get; init; }

    /// <summary>Most offers of one local day with the same professional.</summary>
    public int? PerProfessional { get; init; }

    public bool FirstOnly { get; init; }

    /// <summary>
    /// Asked by Medplum's <c>service-type-reference</c>: all Schedules named take part together, and the answer carries
    /// copies of the Slots.
    /// </summary>
    public bool IsMedplum { get; init; }

    /// <summary><c>_include=Appointment:slot</c>.</summary>
    public bool IncludesSlots { get; init; }

    /// <summary>What was left out or assumed.</summary>
    public ImmutableArray<Issue> Remarks { get; init; } = [];

    /// <summary>What the links of the answer repeat.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Applied { get; init; } = [];

    public bool NamesActors => !(Schedules.IsEmpty && Practitioners.IsEmpty && Roles.IsEmpty && !NamesLocations);

    public bool NamesLocations => !(Locations.IsEmpty && LocationTexts.IsEmpty && Areas.IsEmpty);

    /// <summary>The span in which anything may lie that an offer needs: later times of a series too.</summary>
    public TimeRange Reach => Series is { } series ? Window with { End = Window.End + series.Reach } : Window;
}

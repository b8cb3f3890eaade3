using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>Codes of <c>http://hl7.org/fhir/appointmentstatus</c>; the numbers are stored.</summary>
public enum AppointmentStatus
{
    Proposed = 0,
    Pending = 1,
    Booked = 2,
    Arrived = 3,
    Fulfilled = 4,
    Cancelled = 5,
    NoShow = 6,
    EnteredInError = 7,
    CheckedIn = 8,
    Waitlist = 9,
}

/// <summary>A span that an Appointment occupies of one calendar owner.</summary>
/// <param name="Target">Who or what is taken: <c>Schedule/a</c>, <c>Practitioner/b</c>, <c>Location/c</c>, <c>Device/d</c>.</param>
/// <param name="Seat">0 for the only or first seat; a group Slot of capacity n has seats 0 to n-1.</param>
/// <param name="Group">Id of the Slot whose seats are shared; empty when the span is not shared.</param>
/// <param name="Expires">End of a hold; null when it does not end by itself.</param>
/// <param name="Holder">Who holds: the principal or, without tokens, the patient reference; empty for a booking.</param>
public sealed record Claim(
    string Target, int Seat, TimeRange Time, string AppointmentId, string Group, Instant? Expires, string Holder);

/// <summary>What is asked of the calendars on behalf of one Appointment.</summary>
public sealed record BookingRequest
{
    /// <summary>Id of the Appointment, already given also when it is new.</summary>
    public required string AppointmentId { get; init; }

    /// <summary>Start and end of the Appointment; null: those of its Slots.</summary>
    public TimeRange? Time { get; init; }

    /// <summary>Ids of the Slots named, in the order named.</summary>
    public ImmutableArray<string> SlotIds { get; init; } = [];

    /// <summary>Ids of Schedules named without a Slot.</summary>
    public ImmutableArray<string> ScheduleIds { get; init; } = [];

    /// <summary>Required participants that may own a calendar; PractitionerRoles already as Practitioners.</summary>
    public ImmutableArray<string> RequiredActors { get; init; } = [];

    /// <summary>The status that the Appointment gets: <c>Pending</c> or an occupying later one.</summary>
    public required AppointmentStatus Status { get; init; }

    /// <summary>Set for a hold.</summary>
    public Instant? HoldUntil { get; init; }

    /// <summary>Who asks: the principal, or the patient references. A hold of the same holder does not block.</summary>
    public ImmutableArray<string> Holders { get; init; } = [];
}

/// <summary>The calendars that a request touches, read at one moment under their locks.</summary>
/// <remarks>Slots and claims that overlap the asked time; also the Slots named and the claims of the Appointment.</remarks>
public sealed record BookingSnapshot(
    ImmutableArray<ScheduleState> Schedules,
    ImmutableArray<SlotState> Slots,
    ImmutableArray<Claim> Claims)
{
    /// <summary>Owners among the asked actors that have a Schedule here.</summary>
    public ImmutableHashSet<string> CalendarOwners { get; init; } = [];
}

public abstract record BookingDecision;

/// <param name="Time">The booked time.</param>
/// <param name="Claims">All claims of the Appointment from now on; those it had before are replaced.</param>
/// <param name="Slots">Slots to change, to make and to remove.</param>
/// <param name="SlotIds">Slots of the Appointment from now on; made ones as <c>#n</c> by their place in <paramref name="Slots"/>.</param>
/// <param name="Superseded">Pending Appointments of the same holder whose hold this booking takes over.</param>
public sealed record Accepted(
    TimeRange Time, ImmutableArray<Claim> Claims, ImmutableArray<SlotChange> Slots, ImmutableArray<string> SlotIds,
    ImmutableArray<string> Superseded) : BookingDecision;

public sealed record Refused(ImmutableArray<Refusal> Reasons) : BookingDecision;

public enum RefusalKind
{
    /// <summary>Taken, held by another, or not free: 409.</summary>
    SlotUnavailable,
    /// <summary>A Slot or Schedule that is unknown or inactive: 422.</summary>
    ReferenceNotFound,
    /// <summary>No slot, no schedule and no time: 400.</summary>
    NothingToBook,
    /// <summary>End not after start, Slots that do not make one run: 422.</summary>
    InvalidTime,
    /// <summary>Outside the Slots named or the planning horizon: 409.</summary>
    OutsideAvailability,
}

/// <param name="Target">The Schedule or owner that stands in the way, as a reference; or the reference not found.</param>
/// <param name="Time">The interval that is taken; null when none.</param>
public sealed record Refusal(RefusalKind Kind, string Text, string? Target = null, TimeRange? Time = null);

/// <param name="Id">Of an existing Slot; null for a new one.</param>
/// <param name="CopyOf">The Slot whose services and types a new one takes over; null: those of its Schedule.</param>
/// <param name="IsRemoved">The Slot is deleted (history kept).</param>
public sealed record SlotChange(
    string? Id, string ScheduleId, TimeRange Time, SlotStatus Status, string? CopyOf = null, bool IsFiller = false,
    bool IsRemoved = false);

using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>Codes of <c>http://hl7.org/fhir/slotstatus</c>; the numbers are stored.</summary>
public enum SlotStatus
{
    Free = 0,
    Busy = 1,
    BusyTentative = 2,
    BusyUnavailable = 3,
    EnteredInError = 4,
}

/// <summary>What booking needs to know of a Slot.</summary>
/// <param name="Capacity">Seats; 1 unless the slot-capacity extension says more.</param>
/// <param name="IsFiller">Made by a booking where no Slot stood: goes away when the booking does.</param>
/// <param name="Services">Its service and appointment type codings as <c>system|code</c>; empty: as its Schedule.</param>
public sealed record SlotState(
    string Id, string ScheduleId, TimeRange Time, SlotStatus Status, int Capacity = 1, bool IsFiller = false)
{
    public ImmutableArray<string> Services { get; init; } = [];
}

/// <summary>What booking needs to know of a Schedule.</summary>
/// <param name="Actors">References like <c>Practitioner/a</c>; a PractitionerRole stands beside its Practitioner.</param>
/// <param name="Horizon">Planning horizon; null: open.</param>
/// <param name="ZoneId">IANA name; Europe/Helsinki unless the Schedule says otherwise.</param>
public sealed record ScheduleState(
    string Id, bool IsActive, ImmutableArray<string> Actors, TimeRange? Horizon, string ZoneId)
{
    public ImmutableArray<string> Services { get; init; } = [];
}

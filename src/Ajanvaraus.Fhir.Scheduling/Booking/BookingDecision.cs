using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>What becomes of a request: <see cref="Accepted"/> or <see cref="Refused"/>.</summary>
public abstract record BookingDecision;

/// <summary>What to store, as one unit.</summary>
/// <param name="Time">The booked time.</param>
/// <param name="Claims">All claims of the Appointment from now on; those it had before are replaced.</param>
/// <param name="Slots">Slots to change, to make and to remove.</param>
/// <param name="SlotIds">
/// Slots of the Appointment from now on; made ones as <c>#n</c> by their place in <paramref name="Slots"/>.
/// </param>
/// <param name="Superseded">Pending Appointments of the same holder whose hold this booking takes over.</param>
public sealed record Accepted(
    TimeRange Time, ImmutableArray<Claim> Claims, ImmutableArray<SlotChange> Slots, ImmutableArray<string> SlotIds,
    ImmutableArray<string> Superseded) : BookingDecision
{
    /// <summary>What stood in the way of a request that books over it; empty when the time was free.</summary>
    public ImmutableArray<Refusal> Overridden { get; init; } = [];
}

/// <param name="Reasons">All that stands in the way, not only the first.</param>
public sealed record Refused(ImmutableArray<Refusal> Reasons) : BookingDecision;

using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>What a decision does to one Slot: the state after it.</summary>
/// <param name="Id">Of an existing Slot; null for a new one.</param>
/// <param name="CopyOf">The Slot whose services and types a new one takes over; null: those of its Schedule.</param>
/// <param name="IsRemoved">The Slot is deleted (history kept).</param>
/// <param name="IsClosed">Free, and shown as closed: <see cref="ClosedSlots"/>.</param>
public sealed record SlotChange(
    string? Id, string ScheduleId, TimeRange Time, SlotStatus Status, string? CopyOf = null, bool IsFiller = false,
    bool IsRemoved = false, bool IsClosed = false)
{
    /// <summary>Closed by the limits of its calendar, not by buffers.</summary>
    public bool IsFull { get; init; }
}

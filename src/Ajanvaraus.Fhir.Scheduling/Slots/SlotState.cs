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
public sealed record SlotState(
    string Id, string ScheduleId, TimeRange Time, SlotStatus Status, int Capacity = 1, bool IsFiller = false)
{
    /// <summary>When its audience may book it; null: at once.</summary>
    public Instant? OpensAt { get; init; }

    /// <summary>Who may book it, as a code; empty: everybody who may see the calendar.</summary>
    public string Audience { get; init; } = "";

    /// <summary>Free, and shown as closed: a booking beside it keeps buffers, or its calendar takes no more.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Closed because as many bookings begin on its day or in its week as its calendar takes.</summary>
    public bool IsFull { get; init; }

    /// <summary>Busy-unavailable inside an absence, whose own Slot closes the time: this one is not offered, and closes nothing.</summary>
    public bool IsClosedByAbsence { get; init; }

    /// <summary>A week template opens it; it is stored only when it is booked.</summary>
    public bool IsComputed { get; init; }

    /// <summary>Closed for its services alone: busy-unavailable, and free for all others (<see cref="ServiceClosing"/>).</summary>
    public bool ClosesServiceOnly { get; init; }

    /// <summary>Whether it closes the time for what a booking is for; a Slot that closes whatever the service always does.</summary>
    /// <param name="sources">As <see cref="ServiceClosing.Closes"/> takes them.</param>
    public bool Closes(params ReadOnlySpan<ImmutableArray<string>> sources) =>
        !ClosesServiceOnly || ServiceClosing.Closes(Services, sources);

    /// <summary>Whether who books by naming the Slot comes before it opens.</summary>
    public bool IsYetToOpen(Instant now) => OpensAt is { } opens && opens > now;

    /// <summary>Service and appointment type codings as <c>system|code</c>; empty: as its Schedule.</summary>
    public ImmutableArray<string> Services { get; init; } = [];
}

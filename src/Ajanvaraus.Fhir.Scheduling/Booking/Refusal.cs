using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>Why a request is refused; beside each its HTTP status.</summary>
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
    /// <summary>Outside the Slots named or the planning horizon, or in an absence: 409.</summary>
    OutsideAvailability,
    /// <summary>As many bookings begin on that day or in that week as the calendar may have: 409.</summary>
    LimitReached,
    /// <summary>Offered time is asked for in a length that the calendar does not give: 409.</summary>
    LengthNotGiven,
}

/// <summary>One thing that stands in the way; the text carries no data of other clients.</summary>
/// <param name="Target">The Schedule or owner in the way, as a reference; or the reference not found.</param>
/// <param name="Time">The interval that is taken; null when none.</param>
public sealed record Refusal(RefusalKind Kind, string Text, string? Target = null, TimeRange? Time = null);

using System.Runtime.InteropServices;

using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>Time that a calendar keeps beside each of its bookings: to prepare it, and to clear up after it.</summary>
/// <remarks>Between two bookings there is room for the clearing of the first and the preparation of the second.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Buffers(Duration Before, Duration After)
{
    public static readonly Buffers None = default;

    /// <summary>Of each of the two; what is said to be longer counts as this.</summary>
    public static readonly Duration Longest = Duration.FromHours(4);

    public bool IsNone => Before == Duration.Zero && After == Duration.Zero;

    /// <summary>The least time between two bookings of a calendar.</summary>
    public Duration Length => Before + After;

    /// <summary>The time of a booking with what it keeps beside it.</summary>
    public TimeRange Around(TimeRange booked) => IsNone ? booked : booked.Widened(Before, After);

    /// <summary>Where no booking of the calendar may lie beside that span: its own buffers have no room there.</summary>
    public TimeRange KeepingFrom(TimeRange taken) => IsNone ? taken : taken.Widened(After, Before);

    /// <summary>The longer of each.</summary>
    public static Buffers Longer(Buffers one, Buffers other) =>
        new(Duration.Max(one.Before, other.Before), Duration.Max(one.After, other.After));
}

using System.Runtime.InteropServices;

namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>A half-open span of time: <c>[Start, End)</c>. Spans that only touch do not overlap.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TimeRange(Instant Start, Instant End)
{
    public Duration Length => End - Start;

    public bool IsEmpty => End <= Start;

    public bool Overlaps(TimeRange other) => Start < other.End && other.Start < End;

    public bool Contains(TimeRange other) => Start <= other.Start && other.End <= End;

    /// <summary>With so much more before and after it, as far as time goes.</summary>
    public TimeRange Widened(Duration before, Duration after) => new(
        Start - Instant.MinValue > before ? Start - before : Instant.MinValue,
        Instant.MaxValue - End > after ? End + after : Instant.MaxValue);

    public TimeRange Shifted(Duration by) => new(Start + by, End + by);

    public TimeRange Intersect(TimeRange other) =>
        new(Instant.Max(Start, other.Start), Instant.Min(End, other.End));
}

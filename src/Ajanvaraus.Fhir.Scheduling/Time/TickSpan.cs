using System.Runtime.InteropServices;

namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>A half-open span in Unix ticks (100 ns): what the searches over many Slots compare.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TickSpan(long Start, long End) : IComparable<TickSpan>
{
    public long Length => End - Start;

    public static TickSpan Of(TimeRange time) => new(time.Start.ToUnixTimeTicks(), time.End.ToUnixTimeTicks());

    public TimeRange ToTimeRange() => new(Instant.FromUnixTimeTicks(Start), Instant.FromUnixTimeTicks(End));

    public bool Overlaps(TickSpan other) => Start < other.End && other.Start < End;

    public bool Contains(TickSpan other) => Start <= other.Start && other.End <= End;

    public int CompareTo(TickSpan other)
    {
        var byStart = Start.CompareTo(other.Start);
        return byStart != 0 ? byStart : End.CompareTo(other.End);
    }

    public static bool operator <(TickSpan left, TickSpan right) => left.CompareTo(right) < 0;

    public static bool operator <=(TickSpan left, TickSpan right) => left.CompareTo(right) <= 0;

    public static bool operator >(TickSpan left, TickSpan right) => left.CompareTo(right) > 0;

    public static bool operator >=(TickSpan left, TickSpan right) => left.CompareTo(right) >= 0;
}

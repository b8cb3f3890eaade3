using System.Globalization;
using System.Text;

namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>The offsets of a time zone: which one holds from which second on, until when.</summary>
/// <remarks>
/// Taken once from the rules of the operating system for the years 1900 to 2500; later years are like those 400 years before, when
/// days fall on the same weekdays. As text they can be kept, whatever the operating system says later.
/// </remarks>
public sealed class ZoneRules
{
    private const int FirstYear = 1900;
    private const int LastYear = 2500;

    /// <summary>Days of the week and leap years come again after 400 years.</summary>
    private const long CycleSeconds = 146_097L * 86_400;

    /// <summary>No zone changes its offset twice in so short a time.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromDays(7);

    private static readonly long Last = SecondsOf(new DateTime(LastYear, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    /// <summary>Seconds since 1970 UTC, ascending; the first is the beginning of time.</summary>
    private readonly long[] _starts;

    /// <summary>In seconds, east of Greenwich.</summary>
    private readonly int[] _offsets;

    private ZoneRules(string id, long[] starts, int[] offsets)
    {
        (Id, _starts, _offsets) = (id, starts, offsets);
        Spans = SpanAt;
    }

    public static ZoneRules Utc { get; } = new("UTC", [long.MinValue], [0]);

    /// <summary>IANA name.</summary>
    public string Id { get; }

    /// <summary><see cref="SpanAt"/>, as others take it.</summary>
    public Func<long, (long From, long Until, int OffsetSeconds)> Spans { get; }

    /// <summary>The rules of the operating system at this moment; null for a name that it does not know.</summary>
    public static ZoneRules? OfSystem(string id)
    {
        // What was read before would hide a zone file that has changed since.
        TimeZoneInfo.ClearCachedData();
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? Of(id, zone) : null;
    }

    public static ZoneRules Of(string id, TimeZoneInfo zone)
    {
        var (starts, offsets) = (new List<long> { long.MinValue }, new List<int>());
        var at = new DateTime(FirstYear, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var offset = zone.GetUtcOffset(at);
        offsets.Add((int)offset.TotalSeconds);
        for (; at.Year < LastYear; at += Step)
        {
            if (zone.GetUtcOffset(at + Step) is var next && next == offset)
                continue;
            starts.Add(Change(zone, at, at + Step));
            offsets.Add((int)next.TotalSeconds);
            offset = next;
        }
        return new ZoneRules(id, [.. starts], [.. offsets]);
    }

    /// <summary>The offset that holds at a moment, and the seconds from which and until which it does, in seconds since 1970 UTC.</summary>
    public (long From, long Until, int OffsetSeconds) SpanAt(long seconds)
    {
        var shift = seconds < Last ? 0 : (((seconds - Last) / CycleSeconds) + 1) * CycleSeconds;
        var found = Array.BinarySearch(_starts, seconds - shift);
        var n = found >= 0 ? found : ~found - 1;
        var until = n + 1 < _starts.Length ? _starts[n + 1] : long.MaxValue;
        return shift == 0 || _starts.Length == 1
            ? (_starts[n], until, _offsets[n])
            : (_starts[n] + shift, until == long.MaxValue ? until : until + shift, _offsets[n]);
    }

    public TimeSpan OffsetAt(DateTimeOffset moment) => TimeSpan.FromSeconds(OffsetAt(moment.ToUnixTimeSeconds()));

    /// <summary>The moment by the clock there, or the end of the calendar that it lies beyond.</summary>
    public DateTimeOffset Convert(DateTimeOffset moment)
    {
        var offset = OffsetAt(moment);
        var local = moment.UtcTicks + offset.Ticks;
        return local > DateTime.MaxValue.Ticks ? DateTimeOffset.MaxValue : local < 0 ? DateTimeOffset.MinValue : new DateTimeOffset(local, offset);
    }

    /// <summary>Of a wall clock: where it is skipped, the offset before the change; where it comes twice, that of the earlier.</summary>
    public TimeSpan OffsetOf(DateTime local) => Offsets(local) is var (earlier, later) && later is { } other
        ? TimeSpan.FromSeconds(Math.Max(earlier, other))
        : TimeSpan.FromSeconds(earlier);

    /// <summary>Whether the clock never shows that.</summary>
    public bool IsSkipped(DateTime local)
    {
        var seconds = SecondsOf(local);
        var offset = Offsets(local).Earlier;
        return OffsetAt(seconds - offset) != offset;
    }

    /// <summary>Whether both have the same offset at every moment.</summary>
    public bool HasSame(ZoneRules other) => _starts.AsSpan().SequenceEqual(other._starts) && _offsets.AsSpan().SequenceEqual(other._offsets);

    /// <summary>The first offset and for each change its second and its offset: <c>5989 -1535938789:7200 …</c>.</summary>
    public string ToText()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{_offsets[0]}");
        for (var n = 1; n < _starts.Length; n++)
            text.Append(CultureInfo.InvariantCulture, $" {_starts[n]}:{_offsets[n]}");
        return text.ToString();
    }

    /// <exception cref="FormatException">No text of <see cref="ToText"/>.</exception>
    public static ZoneRules Parse(string id, string text)
    {
        var parts = text.Split(' ');
        var changes = parts.Skip(1).Select(p => p.Split(':')).ToList();
        return new ZoneRules(
            id, [long.MinValue, .. changes.Select(c => long.Parse(c[0], CultureInfo.InvariantCulture))],
            [Number(parts[0]), .. changes.Select(c => Number(c[1]))]);
        static int Number(string part) => int.Parse(part, CultureInfo.InvariantCulture);
    }

    private int OffsetAt(long seconds) => SpanAt(seconds).OffsetSeconds;

    /// <summary>The offset by which the clock shows that, or that before the change which skips it; a second one where it comes twice.</summary>
    private (int Earlier, int? Later) Offsets(DateTime local)
    {
        const int day = 86_400;
        var seconds = SecondsOf(local);
        var (before, after) = (OffsetAt(seconds - day), OffsetAt(seconds + day));
        if (before == after || OffsetAt(seconds - after) != after)
            return (before, null);
        return OffsetAt(seconds - before) == before ? (before, after) : (after, null);
    }

    /// <summary>The first whole second of the offset that holds at the later moment.</summary>
    private static long Change(TimeZoneInfo zone, DateTime before, DateTime after)
    {
        var offset = zone.GetUtcOffset(before);
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before + TimeSpan.FromSeconds((long)((after - before).TotalSeconds / 2));
            if (zone.GetUtcOffset(middle) == offset)
                before = middle;
            else
                after = middle;
        }
        return SecondsOf(after);
    }

    private static long SecondsOf(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
}

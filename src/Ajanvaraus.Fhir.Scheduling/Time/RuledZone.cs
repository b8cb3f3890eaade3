using System.Collections.Concurrent;

using NodaTime.TimeZones;

namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>A time zone whose offsets somebody else knows.</summary>
/// <param name="spanAt">From when until when which offset holds around a moment: seconds since 1970 UTC, seconds east of Greenwich.</param>
internal sealed class RuledZone(string id, Func<long, (long From, long Until, int OffsetSeconds)> spanAt) : DateTimeZone(id, isFixed: false, Offset.FromHours(-18), Offset.FromHours(18))
{
    private static readonly long First = Instant.MinValue.ToUnixTimeSeconds();
    private static readonly long Last = Instant.MaxValue.ToUnixTimeSeconds();

    private readonly ConcurrentDictionary<long, ZoneInterval> _spans = new();

    public override ZoneInterval GetZoneInterval(Instant instant)
    {
        var (from, until, offset) = spanAt(instant.ToUnixTimeSeconds());
        return _spans.TryGetValue(from, out var known) ? known : _spans.GetOrAdd(from, Span(from, until, offset));
    }

    private ZoneInterval Span(long from, long until, int offset) => new(
        Id, from <= First ? null : Instant.FromUnixTimeSeconds(from), until >= Last ? null : Instant.FromUnixTimeSeconds(until),
        Offset.FromSeconds(offset), Offset.Zero);
}

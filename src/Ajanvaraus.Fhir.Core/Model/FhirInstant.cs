namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>A written date, dateTime or instant as the span of time that it covers.</summary>
/// <param name="Start">Microseconds since 1970-01-01 UTC.</param>
/// <param name="End">Exclusive: a date covers its day, a second its second, a fraction its last written digit.</param>
/// <param name="HasZone">False when nothing written ties it to a zone: the given zone was used.</param>
/// <remarks>Source: http://hl7.org/fhir/R4/search.html#date on the implicit range of a partial date.</remarks>
public readonly record struct FhirInstant(long Start, long End, DateTimePrecision Precision, bool HasZone)
{
    private const long MicrosPerSecond = 1_000_000;

    private static readonly long First = MicrosOf(DateTimeOffset.MinValue);

    private static readonly long Last = MicrosOf(DateTimeOffset.MaxValue);

    /// <summary>Reads the text; what carries no zone is a wall clock in <paramref name="zone"/> (UTC when null).</summary>
    /// <remarks>
    /// A wall clock that a spring change skips is read with the offset before the change; one that autumn repeats is
    /// taken once, the earlier. A day in a zone is as long as that day is there: 23 or 25 hours when clocks change.
    /// </remarks>
    public static bool TryParse(ReadOnlySpan<char> text, ZoneRules? zone, out FhirInstant result)
    {
        result = default;
        if (!DateTimeText.TryRead(text, out var parts))
            return false;
        var local = new DateTime(parts.Year, parts.Month, parts.Day, parts.Hour, parts.Minute, 0, DateTimeKind.Unspecified);
        var within = (parts.Second * MicrosPerSecond) + parts.Microsecond;
        var start = ToMicros(local, parts.OffsetMinutes, zone) + within;
        var end = parts.HasTime
            ? start + Width(parts)
            : ToMicros(NextDay(local, parts.Precision), parts.OffsetMinutes, zone);
        result = new FhirInstant(start, end, parts.Precision, parts.OffsetMinutes is not null);
        return true;
    }

    /// <summary>As a dateTime or instant in the zone, with its offset at that moment: <c>2026-11-23T09:00:00+02:00</c>.</summary>
    /// <remarks>Parts of a second are cut: scheduling is exact to the second.</remarks>
    public static string Format(long micros, ZoneRules zone)
    {
        var seconds = Math.DivRem(Held(micros), MicrosPerSecond, out var rest) - (rest < 0 ? 1 : 0);
        var utc = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return zone.Convert(utc).ToString("yyyy-MM-dd'T'HH:mm:sszzz");
    }

    /// <inheritdoc cref="Format(long, ZoneRules)"/>
    public static string Format(DateTimeOffset moment, ZoneRules zone) => Format(MicrosOf(moment), zone);

    public static long MicrosOf(DateTimeOffset moment) =>
        (moment.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset MomentOf(long micros) => DateTimeOffset.UnixEpoch.AddTicks(
        Held(micros) * TimeSpan.TicksPerMicrosecond);

    /// <summary>The moment, or the end of the calendar that it lies beyond: an offset may lead out of the years 1 to 9999.</summary>
    public static long Held(long micros) => Math.Clamp(micros, First, Last);

    private static long Width(DateTimeText parts)
    {
        if (parts.Precision == DateTimePrecision.Minute)
            return 60 * MicrosPerSecond;
        var width = MicrosPerSecond;
        for (var i = 0; i < parts.FractionDigits && width > 1; i++)
            width /= 10;
        return width;
    }

    /// <summary>Year 9999 ends with the calendar: its end is the last moment that can be held.</summary>
    private static DateTime NextDay(DateTime local, DateTimePrecision precision)
    {
        var lastDay = precision switch
        {
            DateTimePrecision.Year => new DateTime(local.Year, 12, 31, 0, 0, 0, local.Kind),
            DateTimePrecision.Month => new DateTime(
                local.Year, local.Month, DateTime.DaysInMonth(local.Year, local.Month), 0, 0, 0, local.Kind),
            _ => local,
        };
        return lastDay.Date == DateTime.MaxValue.Date ? DateTime.MaxValue : lastDay.AddDays(1);
    }

    private static long ToMicros(DateTime local, int? offsetMinutes, ZoneRules? zone)
    {
        var offset = offsetMinutes is { } minutes ? TimeSpan.FromMinutes(minutes)
            : zone is null ? TimeSpan.Zero
            : zone.OffsetOf(local);
        return (local.Ticks - DateTime.UnixEpoch.Ticks - offset.Ticks) / TimeSpan.TicksPerMicrosecond;
    }
}

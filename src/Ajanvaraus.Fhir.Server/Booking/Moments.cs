using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Microseconds of storage as instants of the rules.</summary>
internal static class Moments
{
    private const long TicksPerMicrosecond = 10;

    public static Instant Of(WriteSession session) => Of(session.Now);

    public static Instant Of(long micros) => Instant.FromUnixTimeTicks(FhirInstant.Held(micros) * TicksPerMicrosecond);

    /// <summary>The last moment that can be told: the end of the year 9999.</summary>
    public static Instant Last { get; } = Of(long.MaxValue);

    /// <summary>The day there; two days before the ends of the calendar at most, so that a day can be added to it in any zone.</summary>
    public static LocalDate DayOf(Instant moment, DateTimeZone zone)
    {
        var edge = Duration.FromDays(2);
        return Instant.Max(Of(long.MinValue) + edge, Instant.Min(moment, Last - edge)).InZone(zone).Date;
    }

    /// <summary>So much later, or the last moment.</summary>
    public static Instant After(Instant moment, Duration length) => Last - moment > length ? moment + length : Last;
}

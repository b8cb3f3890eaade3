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
}

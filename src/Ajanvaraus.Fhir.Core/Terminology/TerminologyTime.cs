using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>Moments as microseconds since 1970-01-01 UTC.</summary>
internal static class TerminologyTime
{
    /// <summary>The beginning of a date or dateTime; null for none.</summary>
    public static long? Of(string? text) =>
        text is not null && FhirInstant.TryParse(text, null, out var moment) ? moment.Start : null;
}

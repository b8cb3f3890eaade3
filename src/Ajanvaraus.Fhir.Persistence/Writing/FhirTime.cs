using System.Globalization;

namespace Ajanvaraus.Fhir.Persistence.Writing;

/// <summary>Microseconds since 1970 UTC from and to the text of an instant.</summary>
internal static class FhirTime
{
    public const long Day = 24L * 60 * 60 * 1_000_000;

    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    /// <summary>In UTC with milliseconds: <c>2026-11-22T02:24:10.000Z</c>.</summary>
    public static string Text(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Null when the text is not an instant or a dateTime with time and offset.</summary>
    public static long? Parse(string? text) =>
        text is { Length: > 10 }
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Of(time)
            : null;
}

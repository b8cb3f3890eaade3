using System.Globalization;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Dates and times that an evaluation made, written with their precision.</summary>
internal static class TemporalText
{
    public static FhirPathTemporal Of(
        TemporalKind kind, DateTime local, TemporalPrecision precision, int? offsetMinutes, int fractionDigits = 3)
    {
        var zone = precision >= TemporalPrecision.Hour && offsetMinutes is { } minutes ? Zone(minutes) : "";
        var text = local.ToString(Format(kind, precision, fractionDigits), CultureInfo.InvariantCulture) + zone;
        return new FhirPathTemporal(kind, local, precision, offsetMinutes, text);
    }

    /// <summary>How many digits of the second were written; 0 for none.</summary>
    public static int FractionDigits(FhirPathTemporal value)
    {
        var point = value.Text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
            return 0;
        var digits = value.Text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9');
        return Math.Min(digits < 0 ? value.Text.Length - point - 1 : digits, 7);
    }

    private static string Format(TemporalKind kind, TemporalPrecision precision, int fractionDigits)
    {
        var time = precision switch
        {
            TemporalPrecision.Hour => "HH",
            TemporalPrecision.Minute => "HH:mm",
            TemporalPrecision.Second => "HH:mm:ss",
            _ => "HH:mm:ss." + new string('f', fractionDigits),
        };
        return (kind, precision) switch
        {
            (TemporalKind.Time, _) => time,
            (_, TemporalPrecision.Year) => "yyyy",
            (_, TemporalPrecision.Month) => "yyyy-MM",
            (_, TemporalPrecision.Day) => "yyyy-MM-dd",
            _ => "yyyy-MM-dd'T'" + time,
        };
    }

    private static string Zone(int minutes) => minutes == 0
        ? "Z"
        : string.Create(CultureInfo.InvariantCulture,
            $"{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:00}:{Math.Abs(minutes) % 60:00}");
}

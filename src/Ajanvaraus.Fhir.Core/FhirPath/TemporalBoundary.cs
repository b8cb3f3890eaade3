namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>The first and last moment that a partial date or time may mean, and its precision in digits.</summary>
/// <remarks>
/// Digits: 4, 6, 8 for year, month, day; 10, 12, 14, 17 with hour, minute, second, millisecond; a time 2, 4, 6, 9. A
/// moment without offset may be anywhere from UTC+14 to UTC-12. An hour alone means its first minute, because FHIR has
/// no hour without minutes. Source: http://hl7.org/fhirpath/#boundary and HL7's test suite.
/// </remarks>
internal static class TemporalBoundary
{
    private static readonly int[] DateDigits = [4, 6, 8, 10, 12, 14, 17];

    public static int Digits(FhirPathTemporal value) =>
        DateDigits[(int)value.Precision] - (value.Kind == TemporalKind.Time ? 8 : 0);

    public static int MostDigits(TemporalKind kind) => kind switch
    {
        TemporalKind.Date => 8,
        TemporalKind.DateTime => 17,
        _ => 9,
    };

    /// <summary>Null when the type has no such precision.</summary>
    public static FhirPathTemporal? Of(FhirPathTemporal value, int digits, bool high)
    {
        var isTime = value.Kind == TemporalKind.Time;
        var index = Array.IndexOf(DateDigits, isTime ? digits + 8 : digits);
        if (index < 0 || digits > MostDigits(value.Kind) || (isTime && index < (int)TemporalPrecision.Hour))
            return null;
        var precision = (TemporalPrecision)index;
        var local = high && precision > value.Precision ? End(value) : value.Local;
        var offset = value.OffsetMinutes
            ?? (isTime || precision < TemporalPrecision.Hour ? null
                : high ? FhirPathTemporal.LatestOffset : FhirPathTemporal.EarliestOffset);
        return TemporalText.Of(value.Kind, local, precision, offset);
    }

    private static DateTime End(FhirPathTemporal value)
    {
        var local = value.Local;
        var last = value.Precision switch
        {
            TemporalPrecision.Year => new DateTime(local.Year, 12, 31),
            TemporalPrecision.Month => new DateTime(
                local.Year, local.Month, DateTime.DaysInMonth(local.Year, local.Month)),
            _ => local,
        };
        return value.Precision switch
        {
            <= TemporalPrecision.Day => last.AddTicks(TimeSpan.TicksPerDay - 1),
            <= TemporalPrecision.Minute => last.AddTicks(TimeSpan.TicksPerMinute - 1),
            TemporalPrecision.Second => last.AddTicks(TimeSpan.TicksPerSecond - 1),
            _ => last,
        };
    }
}

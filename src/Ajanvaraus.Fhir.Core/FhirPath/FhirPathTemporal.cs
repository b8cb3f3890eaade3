using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

public enum TemporalKind { Date, DateTime, Time }

/// <summary>Date, DateTime or Time with the precision that was written.</summary>
/// <remarks>Source: http://hl7.org/fhirpath/N1/#datetime-equality. A time stands on a fixed day.</remarks>
public sealed record FhirPathTemporal(TemporalKind Kind, FhirInstant Value, string Text)
{
    private const string AnyDay = "2000-01-01T";

    public static FhirPathTemporal? ParseTime(ReadOnlySpan<char> text)
    {
        var written = text.ToString();
        if (written.Length == 2)
            written += ":00";
        return FhirInstant.TryParse(AnyDay + written, TimeZoneInfo.Utc, out var value) && !value.HasZone
            ? new FhirPathTemporal(TemporalKind.Time, value, text.ToString())
            : null;
    }

    /// <summary>A literal: with <c>T</c> it is a DateTime even when no time of day follows.</summary>
    public static FhirPathTemporal? ParseDateTime(string text)
    {
        var isDateTime = text.Contains('T');
        var written = text.EndsWith('T') ? text[..^1] : text;
        if (written.Length == 13 && isDateTime)
            written += ":00";
        return FhirInstant.TryParse(written, TimeZoneInfo.Utc, out var value)
            ? new FhirPathTemporal(isDateTime ? TemporalKind.DateTime : TemporalKind.Date, value, text)
            : null;
    }

    public static FhirPathTemporal? ParseElement(string text, bool isDateTime) =>
        FhirInstant.TryParse(text, TimeZoneInfo.Utc, out var value)
            ? new FhirPathTemporal(isDateTime ? TemporalKind.DateTime : TemporalKind.Date, value, text)
            : null;

    public override string ToString() => Text;

    /// <summary>Order of the two, or null when the written precision or a missing offset leaves it open.</summary>
    public int? CompareTo(FhirPathTemporal other)
    {
        if ((Kind == TemporalKind.Time) != (other.Kind == TemporalKind.Time))
            return null;
        if (Value.HasZone != other.Value.HasZone && HasTime && other.HasTime)
            return null;
        if (Fineness(Value.Precision) == Fineness(other.Value.Precision))
            return Value.Start.CompareTo(other.Value.Start);
        if (Value.End <= other.Value.Start)
            return -1;
        return other.Value.End <= Value.Start ? 1 : null;
    }

    private bool HasTime => Value.Precision >= DateTimePrecision.Minute;

    /// <summary>Seconds with and without fraction are one precision.</summary>
    private static DateTimePrecision Fineness(DateTimePrecision precision) =>
        precision == DateTimePrecision.Fraction ? DateTimePrecision.Second : precision;
}

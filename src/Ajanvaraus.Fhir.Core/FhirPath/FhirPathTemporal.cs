using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

public enum TemporalKind { Date, DateTime, Time }

/// <summary>How much of a Date, DateTime or Time is written; a second with a fraction is a millisecond.</summary>
public enum TemporalPrecision { Year, Month, Day, Hour, Minute, Second, Millisecond }

/// <summary>Date, DateTime or Time with the precision that was written.</summary>
/// <param name="Local">On its own wall clock; what is not written is at its least. A time stands on a fixed day.</param>
/// <param name="OffsetMinutes">Null when no offset is written.</param>
/// <param name="Text">As written, without <c>@</c> and, for a time, without <c>T</c>.</param>
/// <remarks>Source: http://hl7.org/fhirpath/N1/#datetime-equality , http://hl7.org/fhirpath/N1/#datetime-comparison .</remarks>
public sealed record FhirPathTemporal(
    TemporalKind Kind, DateTime Local, TemporalPrecision Precision, int? OffsetMinutes, string Text)
{
    private const string AnyDay = "2000-01-01T";

    /// <summary>The zones in use reach from UTC-12 to UTC+14: what a moment without offset may mean.</summary>
    internal const int EarliestOffset = 14 * 60;

    internal const int LatestOffset = -12 * 60;

    public static FhirPathTemporal? ParseTime(ReadOnlySpan<char> text)
    {
        var isHour = text.Length == 2;
        return DateTimeText.TryRead(isHour ? $"{AnyDay}{text}:00" : AnyDay + text.ToString(), out var parts)
            && parts.OffsetMinutes is null
            ? Of(TemporalKind.Time, parts, isHour, text.ToString())
            : null;
    }

    /// <summary>A literal: with <c>T</c> it is a DateTime even when no time of day follows.</summary>
    public static FhirPathTemporal? ParseDateTime(string text)
    {
        var isDateTime = text.Contains('T', StringComparison.Ordinal);
        var isHour = text.Length == 13 || (text.Length > 13 && text[13] is '+' or '-' or 'Z');
        var written = text.EndsWith('T') ? text[..^1]
            : isHour && isDateTime ? text.Insert(13, ":00")
            : text;
        return DateTimeText.TryRead(written, out var parts)
            ? Of(isDateTime ? TemporalKind.DateTime : TemporalKind.Date, parts, isHour, text)
            : null;
    }

    public static FhirPathTemporal? ParseElement(string text, bool isDateTime) =>
        DateTimeText.TryRead(text, out var parts)
            ? Of(isDateTime ? TemporalKind.DateTime : TemporalKind.Date, parts, isHour: false, text)
            : null;

    public override string ToString() => Text;

    /// <summary>Order of the two, or null when the written precision or a missing offset leaves it open.</summary>
    public int? CompareTo(FhirPathTemporal other)
    {
        if ((Kind == TemporalKind.Time) != (other.Kind == TemporalKind.Time))
            return null;
        if (OffsetMinutes is { } offset && other.OffsetMinutes is { } otherOffset)
            return Compare(Local.Ticks - Minutes(offset), other.Local.Ticks - Minutes(otherOffset), other);
        if (OffsetMinutes == other.OffsetMinutes || !HasTime || !other.HasTime)
            return CompareLocal(other);
        return OffsetMinutes is not null ? CompareToUnplaced(other) : -other.CompareToUnplaced(this);
    }

    internal bool HasTime => Precision >= TemporalPrecision.Hour;

    /// <summary>Seconds with and without fraction are one precision.</summary>
    internal TemporalPrecision Fineness =>
        Precision == TemporalPrecision.Millisecond ? TemporalPrecision.Second : Precision;

    private static long Minutes(int count) => count * TimeSpan.TicksPerMinute;

    private int? CompareLocal(FhirPathTemporal other)
    {
        var shared = Fineness < other.Fineness ? Fineness : other.Fineness;
        if (shared >= TemporalPrecision.Day)
            return Compare(Local.Ticks, other.Local.Ticks, other);
        var order = Months(shared).CompareTo(other.Months(shared));
        return order != 0 || Fineness == other.Fineness ? order : null;
    }

    private int Months(TemporalPrecision precision) =>
        precision == TemporalPrecision.Year ? Local.Year : (Local.Year * 12) + Local.Month;

    private int? Compare(long ticks, long otherTicks, FhirPathTemporal other)
    {
        var width = Width(Fineness < other.Fineness ? Fineness : other.Fineness);
        var order = Math.DivRem(ticks, width).Quotient.CompareTo(Math.DivRem(otherTicks, width).Quotient);
        return order != 0 || Fineness == other.Fineness ? order : null;
    }

    private static long Width(TemporalPrecision fineness) => fineness switch
    {
        TemporalPrecision.Day => TimeSpan.TicksPerDay,
        TemporalPrecision.Hour => TimeSpan.TicksPerHour,
        TemporalPrecision.Minute => TimeSpan.TicksPerMinute,
        _ => 1,
    };

    /// <summary>Against a moment that may be in any zone: known only when all zones agree.</summary>
    private int? CompareToUnplaced(FhirPathTemporal other)
    {
        var moment = Local.Ticks - Minutes(OffsetMinutes!.Value);
        if (moment < other.Local.Ticks - Minutes(EarliestOffset))
            return -1;
        var last = other.Local.Ticks - Minutes(LatestOffset) + Width(other.Fineness);
        return moment > last ? 1 : null;
    }

    private static FhirPathTemporal Of(TemporalKind kind, DateTimeText parts, bool isHour, string text)
    {
        var precision = parts.Precision switch
        {
            DateTimePrecision.Year => TemporalPrecision.Year,
            DateTimePrecision.Month => TemporalPrecision.Month,
            DateTimePrecision.Day => TemporalPrecision.Day,
            DateTimePrecision.Minute => isHour ? TemporalPrecision.Hour : TemporalPrecision.Minute,
            DateTimePrecision.Second => TemporalPrecision.Second,
            _ => TemporalPrecision.Millisecond,
        };
        // A leap second counts as the last one that a clock here can show.
        var local = new DateTime(
            parts.Year, parts.Month, parts.Day, parts.Hour, parts.Minute, Math.Min(parts.Second, 59),
            DateTimeKind.Unspecified).AddTicks(parts.Microsecond * TimeSpan.TicksPerMicrosecond);
        return new FhirPathTemporal(kind, local, precision, parts.OffsetMinutes, text);
    }
}

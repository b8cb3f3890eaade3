using System.Runtime.InteropServices;

namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>How much of a date or time is written.</summary>
public enum DateTimePrecision { Year, Month, Day, Minute, Second, Fraction }

/// <summary>The written parts of a FHIR date, dateTime or instant, checked against the calendar.</summary>
/// <remarks>
/// <para>Shape: <c>YYYY[-MM[-DD[Thh:mm[:ss[.f+]][zone]]]]</c>, zone <c>Z</c> or <c>±hh:mm</c> up to 14:00. Second 60 is
/// a leap second. Minutes without seconds are read because a search may write them; a resource may not. A moment that
/// its offset leads out of the years 1 to 9999 UTC is refused: nothing could compare it or tell it again.</para>
/// <para>Source: http://hl7.org/fhir/R4/datatypes.html#dateTime .</para>
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DateTimeText
{
    public DateTimePrecision Precision { get; private init; }

    public int Year { get; private init; }

    /// <summary>1 when not written.</summary>
    public int Month { get; private init; }

    /// <summary>1 when not written.</summary>
    public int Day { get; private init; }

    public int Hour { get; private init; }

    public int Minute { get; private init; }

    /// <summary>0 to 60.</summary>
    public int Second { get; private init; }

    /// <summary>Fraction of the second, cut to microseconds.</summary>
    public int Microsecond { get; private init; }

    public int FractionDigits { get; private init; }

    /// <summary>Null when no zone is written.</summary>
    public int? OffsetMinutes { get; private init; }

    public bool HasTime => Precision >= DateTimePrecision.Minute;

    public static bool TryRead(ReadOnlySpan<char> text, out DateTimeText result)
    {
        result = default;
        if (!TryDigits(text, 0, 4, out var year) || year == 0)
            return false;
        var date = new DateTimeText { Year = year, Month = 1, Day = 1, Precision = DateTimePrecision.Year };
        if (text.Length > 4)
        {
            if (text[4] != '-' || !TryDigits(text, 5, 2, out var month) || month is < 1 or > 12)
                return false;
            date = date with { Month = month, Precision = DateTimePrecision.Month };
        }
        if (text.Length > 7)
        {
            if (text[7] != '-' || !TryDigits(text, 8, 2, out var day)
                || day < 1 || day > DateTime.DaysInMonth(year, date.Month))
                return false;
            date = date with { Day = day, Precision = DateTimePrecision.Day };
        }
        if (text.Length > 10)
            return text[10] == 'T' && TryTime(date, text[11..], out result);
        result = date;
        return true;
    }

    /// <summary>True for <c>hh:mm:ss[.f+]</c>, the <c>time</c> type: no zone, no 24:00.</summary>
    public static bool IsTime(ReadOnlySpan<char> text) =>
        TryTime(default, text, out var time) && time is { Precision: >= DateTimePrecision.Second, OffsetMinutes: null };

    private static bool TryTime(DateTimeText date, ReadOnlySpan<char> text, out DateTimeText result)
    {
        result = default;
        if (!TryDigits(text, 0, 2, out var hour) || hour > 23 || text.Length < 5 || text[2] != ':'
            || !TryDigits(text, 3, 2, out var minute) || minute > 59)
            return false;
        date = date with { Hour = hour, Minute = minute, Precision = DateTimePrecision.Minute };
        var rest = text[5..];
        if (rest.Length > 0 && rest[0] == ':')
        {
            if (!TryDigits(rest, 1, 2, out var second) || second > 60)
                return false;
            date = date with { Second = second, Precision = DateTimePrecision.Second };
            rest = rest[3..];
            if (rest.Length > 0 && rest[0] == '.' && !TryFraction(ref date, ref rest))
                return false;
        }
        return TryZone(date, rest, out result);
    }

    private static bool TryFraction(ref DateTimeText date, ref ReadOnlySpan<char> rest)
    {
        var end = 1;
        var micros = 0;
        for (; end < rest.Length && char.IsAsciiDigit(rest[end]); end++)
            if (end <= 6)
                micros = (micros * 10) + (rest[end] - '0');
        var digits = end - 1;
        for (var i = digits; i < 6; i++)
            micros *= 10;
        date = date with { Microsecond = micros, FractionDigits = digits, Precision = DateTimePrecision.Fraction };
        rest = rest[end..];
        return digits > 0;
    }

    private static bool TryZone(DateTimeText date, ReadOnlySpan<char> zone, out DateTimeText result)
    {
        result = date;
        if (zone.IsEmpty)
            return true;
        if (zone is "Z")
        {
            result = date with { OffsetMinutes = 0 };
            return true;
        }
        if (zone.Length != 6 || zone[0] is not ('+' or '-') || zone[3] != ':'
            || !TryDigits(zone, 1, 2, out var hours) || !TryDigits(zone, 4, 2, out var minutes) || minutes > 59)
            return false;
        var offset = (hours * 60) + minutes;
        result = date with { OffsetMinutes = zone[0] == '-' ? -offset : offset };
        return offset <= 14 * 60 && IsInCalendar(result, result.OffsetMinutes.Value);
    }

    private static bool IsInCalendar(DateTimeText date, int offsetMinutes)
    {
        if (date.Year is not (1 or 9999))
            return true;
        var local = new DateTime(date.Year, date.Month, date.Day, date.Hour, date.Minute, 0, DateTimeKind.Unspecified);
        var utc = local.Ticks - (offsetMinutes * TimeSpan.TicksPerMinute);
        return utc >= 0 && utc <= DateTime.MaxValue.Ticks;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, int start, int count, out int value)
    {
        value = 0;
        if (start + count > text.Length)
            return false;
        for (var i = start; i < start + count; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
                return false;
            value = (value * 10) + (text[i] - '0');
        }
        return true;
    }
}

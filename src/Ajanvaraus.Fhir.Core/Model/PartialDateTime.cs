using System.Diagnostics.CodeAnalysis;

namespace Ajanvaraus.Fhir.Core.Model;

public enum DatePrecision { Year, Month, Day, Minute, Second, Fraction }

/// <summary>A date, dateTime or instant as written: it keeps its precision and its offset.</summary>
/// <remarks>
/// <para>Shape: <c>YYYY[-MM[-DD[Thh:mm[:ss[.f+]][Z|±hh:mm]]]]</c>; seconds may be absent, as search values allow.
/// A leap second (<c>:60</c>) is read as the last second of its minute.</para>
/// <para>Units: <see cref="Interval"/> is in microseconds since 1970-01-01 UTC; finer fractions are cut.</para>
/// <para>Source: http://hl7.org/fhir/R4/datatypes.html#dateTime.</para>
/// </remarks>
public readonly record struct PartialDateTime(
    int Year, int Month, int Day, int Hour, int Minute, int Second, int Microsecond,
    DatePrecision Precision, int? OffsetMinutes)
{
    private const long MicrosecondsPerMinute = 60_000_000;

    /// <summary>Digits of the fraction that were written, at most six.</summary>
    public int FractionDigits { get; init; }

    /// <summary>True when the text has a time of day.</summary>
    public bool HasTime => Precision >= DatePrecision.Minute;

    public static bool TryParse(ReadOnlySpan<char> text, out PartialDateTime value)
    {
        value = default;
        var reader = new Reader(text);
        if (!reader.Number(4, out var year) || year == 0)
            return false;
        if (reader.AtEnd)
            return Set(new PartialDateTime(year, 1, 1, 0, 0, 0, 0, DatePrecision.Year, null), out value);
        if (!reader.Skip('-') || !reader.Number(2, out var month) || month is < 1 or > 12)
            return false;
        if (reader.AtEnd)
            return Set(new PartialDateTime(year, month, 1, 0, 0, 0, 0, DatePrecision.Month, null), out value);
        if (!reader.Skip('-') || !reader.Number(2, out var day) || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        var date = new PartialDateTime(year, month, day, 0, 0, 0, 0, DatePrecision.Day, null);
        return reader.AtEnd ? Set(date, out value) : TryParseTime(ref reader, date, out value);
    }

    private static bool TryParseTime(ref Reader reader, PartialDateTime date, out PartialDateTime value)
    {
        value = default;
        if (!reader.Skip('T') || !reader.Number(2, out var hour) || hour > 23
            || !reader.Skip(':') || !reader.Number(2, out var minute) || minute > 59)
            return false;
        var second = 0;
        var microsecond = 0;
        var digits = 0;
        var precision = DatePrecision.Minute;
        if (reader.Skip(':'))
        {
            if (!reader.Number(2, out second) || second > 60)
                return false;
            second = Math.Min(second, 59);
            precision = DatePrecision.Second;
            if (reader.Skip('.'))
            {
                if (!reader.Fraction(out microsecond, out digits))
                    return false;
                precision = DatePrecision.Fraction;
            }
        }
        if (!reader.Offset(out var offset) || !reader.AtEnd)
            return false;
        value = date with
        {
            Hour = hour, Minute = minute, Second = second, Microsecond = microsecond, FractionDigits = digits,
            Precision = precision, OffsetMinutes = offset,
        };
        return true;
    }

    private static bool Set(PartialDateTime parsed, out PartialDateTime value)
    {
        value = parsed;
        return true;
    }

    /// <summary>The half-open interval that the written precision covers.</summary>
    /// <remarks>
    /// Without offset the text is read in <paramref name="zone"/>: a date is that local day, which has 23 or 25 hours
    /// when the clock changes. A local time that does not exist is read with the offset before the gap; one that
    /// occurs twice spans from the first to the end of the second, since either may be meant.
    /// </remarks>
    public (long Start, long End) Interval(TimeZoneInfo zone)
    {
        if (OffsetMinutes is { } offset)
        {
            var start = ToMicroseconds(Wall) - (offset * MicrosecondsPerMinute);
            return (start, start + SpanMicroseconds);
        }
        var wall = Wall;
        return HasTime
            ? (Local(wall, zone, earlier: true), Local(wall, zone, earlier: false) + SpanMicroseconds)
            : (Local(wall, zone, earlier: true), Local(EndOfDate(wall), zone, earlier: true));
    }

    private DateTime Wall =>
        new DateTime(Year, Month, Day, Hour, Minute, Second, DateTimeKind.Unspecified).AddTicks(Microsecond * 10L);

    private long SpanMicroseconds => Precision switch
    {
        DatePrecision.Minute => MicrosecondsPerMinute,
        DatePrecision.Second => 1_000_000,
        _ => FractionSpan(FractionDigits),
    };

    private static long FractionSpan(int digits)
    {
        var span = 1_000_000L;
        for (var i = 0; i < digits && span > 1; i++)
            span /= 10;
        return span;
    }

    private DateTime? EndOfDate(DateTime start) => Precision switch
    {
        DatePrecision.Year => Year == 9999 ? null : start.AddYears(1),
        DatePrecision.Month => Year == 9999 && Month == 12 ? null : start.AddMonths(1),
        _ => start.Date == DateTime.MaxValue.Date ? null : start.AddDays(1),
    };

    private static long Local(DateTime? wall, TimeZoneInfo zone, bool earlier)
    {
        if (wall is not { } local)
            return long.MaxValue;
        if (zone.IsAmbiguousTime(local))
        {
            var offsets = zone.GetAmbiguousTimeOffsets(local);
            var chosen = offsets[0] > offsets[^1] == earlier ? offsets[0] : offsets[^1];
            return ToMicroseconds(local - chosen);
        }
        var offset = zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddHours(-3)) : zone.GetUtcOffset(local);
        return ToMicroseconds(local) - (offset.Ticks / 10);
    }

    private static long ToMicroseconds(DateTime wall) => (wall.Ticks - DateTime.UnixEpoch.Ticks) / 10;

    [SuppressMessage("Style", "IDE0250", Justification = "The reader moves along the text.")]
    private ref struct Reader(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _at = 0;

        public readonly bool AtEnd => _at == _text.Length;

        public bool Skip(char expected)
        {
            if (_at >= _text.Length || _text[_at] != expected)
                return false;
            _at++;
            return true;
        }

        public bool Number(int digits, out int value)
        {
            value = 0;
            if (_at + digits > _text.Length)
                return false;
            for (var end = _at + digits; _at < end; _at++)
            {
                if (!char.IsAsciiDigit(_text[_at]))
                    return false;
                value = (value * 10) + (_text[_at] - '0');
            }
            return true;
        }

        public bool Fraction(out int microsecond, out int digits)
        {
            microsecond = 0;
            digits = 0;
            var start = _at;
            for (; _at < _text.Length && char.IsAsciiDigit(_text[_at]); _at++)
            {
                if (digits == 6)
                    continue;
                microsecond = (microsecond * 10) + (_text[_at] - '0');
                digits++;
            }
            for (var i = digits; i < 6; i++)
                microsecond *= 10;
            return _at > start;
        }

        public bool Offset(out int? minutes)
        {
            minutes = null;
            if (AtEnd)
                return true;
            if (Skip('Z'))
            {
                minutes = 0;
                return true;
            }
            var negative = _text[_at] == '-';
            if (!Skip('+') && !Skip('-'))
                return false;
            if (!Number(2, out var hours) || hours > 14 || !Skip(':') || !Number(2, out var rest) || rest > 59)
                return false;
            minutes = ((hours * 60) + rest) * (negative ? -1 : 1);
            return true;
        }
    }
}

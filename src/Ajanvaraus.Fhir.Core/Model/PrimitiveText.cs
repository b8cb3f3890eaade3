using System.Buffers;
using System.Text;

namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>Whether a text is a value of a primitive type: http://hl7.org/fhir/R4/datatypes.html#primitive .</summary>
/// <remarks>Hand-written scanners: no allocation, linear time, no culture.</remarks>
public static class PrimitiveText
{
    /// <summary>"Note that strings SHALL NOT exceed 1MB in size."</summary>
    public const int MaxStringLength = 1024 * 1024;

    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(i => (char)i).Except(['\t', '\r', '\n'])]);

    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(" \t\r\n\v\f\u0085\u00A0\u2028\u2029");

    private static readonly SearchValues<char> HexLower = SearchValues.Create("0123456789abcdef");

    public static bool IsBoolean(ReadOnlySpan<char> text) => text is "true" or "false";

    /// <summary>32 bits, signed; no leading zeros.</summary>
    public static bool IsInteger(ReadOnlySpan<char> text)
    {
        var digits = text.Length > 0 && text[0] is '-' or '+' ? text[1..] : text;
        return text is "0" || (IsWholeNumber(digits) && digits[0] != '0' && int.TryParse(text, out _));
    }

    /// <summary>0 to 2,147,483,647.</summary>
    public static bool IsUnsignedInt(ReadOnlySpan<char> text) =>
        IsWholeNumber(text) && (text.Length == 1 || text[0] != '0') && int.TryParse(text, out _);

    /// <summary>1 to 2,147,483,647.</summary>
    public static bool IsPositiveInt(ReadOnlySpan<char> text)
    {
        var digits = text.Length > 0 && text[0] == '+' ? text[1..] : text;
        return IsWholeNumber(digits) && digits[0] != '0' && int.TryParse(digits, out _);
    }

    /// <summary><c>-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?</c>; any length, kept as written.</summary>
    public static bool IsDecimal(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && text[0] == '-')
            text = text[1..];
        var whole = DigitCount(text);
        if (whole == 0 || (whole > 1 && text[0] == '0'))
            return false;
        text = text[whole..];
        if (text.Length > 0 && text[0] == '.')
        {
            var fraction = DigitCount(text[1..]);
            if (fraction == 0)
                return false;
            text = text[(fraction + 1)..];
        }
        if (text.IsEmpty)
            return true;
        if (text[0] is not ('e' or 'E'))
            return false;
        text = text[1..];
        if (text.Length > 0 && text[0] is '+' or '-')
            text = text[1..];
        return IsWholeNumber(text);
    }

    /// <summary>Not empty, no control characters but tab, CR and LF, no half of a surrogate pair.</summary>
    public static bool IsString(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !text.ContainsAny(ControlCharacters) && !HasLoneSurrogate(text);

    /// <summary>1 to 64 of letters, digits, hyphen and point.</summary>
    public static bool IsId(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 64)
            return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.'))
                return false;
        return true;
    }

    /// <summary>No white space at the ends, and single white space inside: <c>[^\s]+(\s[^\s]+)*</c>.</summary>
    public static bool IsCode(ReadOnlySpan<char> text)
    {
        var afterSpace = true;
        foreach (var c in text)
        {
            var isSpace = char.IsWhiteSpace(c);
            if ((isSpace && afterSpace) || char.IsControl(c))
                return false;
            afterSpace = isSpace;
        }
        return !afterSpace && !HasLoneSurrogate(text);
    }

    /// <summary>uri, url and canonical: not empty, no white space; absolute or relative.</summary>
    public static bool IsUri(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !text.ContainsAny(WhiteSpace) && IsString(text);

    /// <summary><c>urn:oid:[0-2](\.(0|[1-9][0-9]*))+</c>.</summary>
    public static bool IsOid(ReadOnlySpan<char> text) =>
        text.StartsWith("urn:oid:", StringComparison.Ordinal) && IsBareOid(text["urn:oid:".Length..]);

    /// <summary>An OID in dots without <c>urn:oid:</c>.</summary>
    public static bool IsBareOid(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[0] is < '0' or > '2')
            return false;
        text = text[1..];
        while (!text.IsEmpty)
        {
            var digits = text[0] == '.' ? DigitCount(text[1..]) : 0;
            if (digits == 0 || (digits > 1 && text[1] == '0'))
                return false;
            text = text[(digits + 1)..];
        }
        return true;
    }

    /// <summary><c>urn:uuid:</c> and 8-4-4-4-12 lower-case hexadecimal digits.</summary>
    public static bool IsUuid(ReadOnlySpan<char> text)
    {
        const string Prefix = "urn:uuid:";
        if (text.Length != Prefix.Length + 36 || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        text = text[Prefix.Length..];
        for (var i = 0; i < text.Length; i++)
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !HexLower.Contains(text[i]))
                return false;
        return true;
    }

    public static bool IsDate(ReadOnlySpan<char> text) =>
        text.Length <= 10 && DateTimeText.TryRead(text, out _);

    /// <summary>"If hours and minutes are specified, a time zone SHALL be populated. Seconds must be provided."</summary>
    public static bool IsDateTime(ReadOnlySpan<char> text) =>
        DateTimeText.TryRead(text, out var parts)
        && (!parts.HasTime || parts is { Precision: >= DateTimePrecision.Second, OffsetMinutes: not null });

    /// <summary>"The time SHALL specified at least to the second and SHALL include a time zone."</summary>
    public static bool IsInstant(ReadOnlySpan<char> text) =>
        DateTimeText.TryRead(text, out var parts)
        && parts is { Precision: >= DateTimePrecision.Second, OffsetMinutes: not null };

    public static bool IsTime(ReadOnlySpan<char> text) => DateTimeText.IsTime(text);

    /// <summary>RFC 4648 with white space between; not empty, padding only at the end.</summary>
    public static bool IsBase64Binary(ReadOnlySpan<char> text)
    {
        var symbols = 0L;
        var padding = 0;
        foreach (var c in text)
        {
            if (c is ' ' or '\t' or '\r' or '\n')
                continue;
            if (c == '=')
                padding++;
            else if (padding > 0 || (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/')))
                return false;
            symbols++;
        }
        return symbols > 0 && symbols % 4 == 0 && padding <= 2;
    }

    /// <summary>Begins with a scheme: <c>http://…</c>, <c>urn:…</c>.</summary>
    public static bool IsAbsoluteUri(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon < 1 || colon == text.Length - 1 || !char.IsAsciiLetter(text[0]))
            return false;
        foreach (var c in text[..colon])
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
                return false;
        return true;
    }

    private static bool IsWholeNumber(ReadOnlySpan<char> text) => !text.IsEmpty && DigitCount(text) == text.Length;

    private static int DigitCount(ReadOnlySpan<char> text)
    {
        var count = text.IndexOfAnyExceptInRange('0', '9');
        return count < 0 ? text.Length : count;
    }

    /// <summary>The text, or a copy in which each lone half of a surrogate pair is U+FFFD: JSON and XML hold no other.</summary>
    public static string WellFormed(string text) =>
        HasLoneSurrogate(text) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        while (at >= 0)
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return true;
            text = text[(at + 2)..];
            at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        }
        return false;
    }
}

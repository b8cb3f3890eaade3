using System.Globalization;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>Characters of XML and references to them: <c>&amp;amp;</c>, <c>&amp;#228;</c>.</summary>
/// <remarks>"There is no support for HTML entities like &amp;nbsp;": http://hl7.org/fhir/R4/narrative.html .
/// Characters: https://www.w3.org/TR/xml/#charsets .</remarks>
internal static class XhtmlReference
{
    private const int Longest = 12;

    /// <summary>Reads the reference that begins at the ampersand; false when it is none of XML's.</summary>
    /// <param name="text">From the ampersand on.</param>
    /// <param name="length">With ampersand and semicolon.</param>
    /// <param name="codePoint">The character meant.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out int length, out int codePoint)
    {
        codePoint = 0;
        length = text[..Math.Min(text.Length, Longest)].IndexOf(';') + 1;
        if (length < 3)
            return false;
        var name = text[1..(length - 1)];
        if (name[0] == '#')
            return TryNumber(name[1..], out codePoint) && IsCharacter(codePoint);
        codePoint = name switch { "amp" => '&', "lt" => '<', "gt" => '>', "quot" => '"', "apos" => '\'', _ => 0 };
        return codePoint != 0;
    }

    /// <summary>A character that XML 1.0 can hold.</summary>
    public static bool IsCharacter(int codePoint) =>
        codePoint is '\t' or '\n' or '\r' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD)
            or (>= 0x10000 and <= 0x10FFFF);

    private static bool TryNumber(ReadOnlySpan<char> text, out int number) =>
        text is ['x', .. var hexadecimal]
            ? int.TryParse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

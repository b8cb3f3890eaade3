using System.Text;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>Texts by their characters of Unicode: one that takes two units of UTF-16 is one character and never cut.</summary>
/// <remarks>Half of a character could not be written to JSON or XML.
/// Source: http://hl7.org/fhirpath/N1/#string .</remarks>
internal static class Characters
{
    public static int Count(string text) => IsPlain(text) ? text.Length : text.EnumerateRunes().Count();

    public static IEnumerable<string> Of(string text) => IsPlain(text)
        ? text.Select(letter => letter.ToString())
        : text.EnumerateRunes().Select(rune => rune.ToString());

    /// <summary>How many characters stand before that unit; what is not found (-1) stays so.</summary>
    public static int Place(string text, int unit) =>
        unit <= 0 || IsPlain(text) ? unit : text.AsSpan(0, unit).EnumerateRunes().Count();

    /// <summary>Characters from the first on; the end of the text ends them.</summary>
    public static string Part(string text, long first, long length)
    {
        if (!IsPlain(text))
            return string.Concat(Of(text).Skip((int)first).Take((int)Math.Clamp(length, 0, int.MaxValue)));
        return text.Substring((int)first, (int)Math.Clamp(length, 0, text.Length - first));
    }

    /// <summary>Each half of a character is replaced by U+FFFD.</summary>
    public static string Whole(string text) => IsWhole(text) ? text : string.Concat(Of(text));

    public static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }
        return true;
    }

    private static bool IsPlain(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    private static int Count(this SpanRuneEnumerator runes)
    {
        var count = 0;
        while (runes.MoveNext())
            count++;
        return count;
    }
}

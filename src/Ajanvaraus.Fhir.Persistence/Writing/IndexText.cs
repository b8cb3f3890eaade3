using System.Security.Cryptography;
using System.Text;

namespace Ajanvaraus.Fhir.Persistence.Writing;

/// <summary>Text as an index can hold it: the databases limit the length of an index row.</summary>
public static class IndexText
{
    /// <summary>Longest text of an indexed column, in characters.</summary>
    public const int MaxKey = 256;

    /// <summary>Characters of a string that are indexed; what follows is compared in the row.</summary>
    public const int MaxPrefix = 128;

    private const int DigestLength = 64;

    /// <summary>The text itself, or its beginning and digest when it is long: equal texts keep equal keys.</summary>
    public static string Key(string text)
    {
        if (text.Length <= MaxKey)
            return text;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Concat(text.AsSpan(0, Cut(text, MaxKey - DigestLength)), Convert.ToHexStringLower(digest));
    }

    public static string Prefix(string text) => text.Length <= MaxPrefix ? text : text[..Cut(text, MaxPrefix)];

    /// <summary>The least text that is greater than all that start with the given; null when there is none.</summary>
    /// <remarks>Comparison is by code point, as the databases do; surrogates are stepped over.</remarks>
    public static string? After(string prefix)
    {
        for (var end = prefix.Length; end > 0; end--)
        {
            if (char.IsSurrogate(prefix[end - 1]))
                continue;
            var next = (char)(prefix[end - 1] + 1);
            if (char.IsSurrogate(next))
                next = '\uE000';
            if (next != '\0')
                return string.Concat(prefix.AsSpan(0, end - 1), [next]);
        }
        return null;
    }

    /// <summary>Never between the halves of a surrogate pair.</summary>
    private static int Cut(string text, int length) => char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
}

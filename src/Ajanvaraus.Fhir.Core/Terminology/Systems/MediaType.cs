using System.Buffers;

namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>Checks media types with their parameters: RFC 6838, section 4.2, and RFC 9110, section 5.6.6.</summary>
internal static class MediaType
{
    private const int LongestName = 127;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&-^_.+");

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    public static bool IsValid(string text)
    {
        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        var essence = semicolon < 0 ? text : text[..semicolon];
        var slash = essence.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && IsName(essence.AsSpan(0, slash)) && IsName(essence.AsSpan(slash + 1).TrimEnd(' '))
            && (semicolon < 0 || AreParameters(text.AsSpan(semicolon + 1)));
    }

    private static bool IsName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= LongestName && char.IsAsciiLetterOrDigit(name[0])
        && !name.ContainsAnyExcept(NameCharacters);

    private static bool AreParameters(ReadOnlySpan<char> text)
    {
        while (true)
        {
            text = text.Trim(' ');
            var equals = text.IndexOf('=');
            if (equals <= 0 || text[..equals].ContainsAnyExcept(TokenCharacters))
                return false;
            var length = ValueLength(text[(equals + 1)..]);
            if (length == 0)
                return false;
            text = text[(equals + 1 + length)..].TrimStart(' ');
            if (text.IsEmpty)
                return true;
            if (text[0] != ';')
                return false;
            text = text[1..];
        }
    }

    /// <summary>Of a token or a quoted string at the beginning; 0 when it is neither.</summary>
    private static int ValueLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != '"')
        {
            var end = text.IndexOfAnyExcept(TokenCharacters);
            return end < 0 ? text.Length : end;
        }
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
                return i + 1;
            if (text[i] == '\\')
                i++;
        }
        return 0;
    }
}

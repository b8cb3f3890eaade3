using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>How strings are made comparable: lower case, without accents, blanks folded to one.</summary>
/// <remarks>
/// Finnish å ä ö become a a o, so that a name is found with or without them:
/// http://hl7.org/fhir/R4/search.html#string asks for a match that is insensitive to case and accents.
/// </remarks>
public static class SearchText
{
    private static readonly SearchValues<char> Ready =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.,:;/()+_@'");

    /// <summary>A byte order mark the wrong way round.</summary>
    private const char NoCharacter = '\uFFFE';

    public static string Normalize(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Ready))
            return text;
        var decomposed = Decomposed(text);
        var result = new StringBuilder(decomposed.Length);
        foreach (var letter in decomposed)
        {
            if (char.IsWhiteSpace(letter))
            {
                if (result.Length > 0 && result[^1] != ' ')
                    result.Append(' ');
            }
            else if (char.IsAscii(letter))
            {
                result.Append(char.ToLowerInvariant(letter));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                AppendFolded(result, char.ToLowerInvariant(letter));
            }
        }
        if (result.Length > 0 && result[^1] == ' ')
            result.Length--;
        return result.ToString();
    }

    /// <summary>What is no text, half of a pair of surrogates and U+FFFE, cannot be taken apart and becomes U+FFFD.</summary>
    private static string Decomposed(string text)
    {
        var isText = !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains(NoCharacter, StringComparison.Ordinal);
        if (isText)
            return text.Normalize(NormalizationForm.FormD);
        var sound = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            sound.Append(rune.Value == NoCharacter ? Rune.ReplacementChar : rune);
        return sound.ToString().Normalize(NormalizationForm.FormD);
    }

    /// <summary>Letters that Unicode does not take apart and that readers of Latin script type without their stroke.</summary>
    private static void AppendFolded(StringBuilder result, char letter) => _ = letter switch
    {
        'ø' => result.Append('o'),
        'đ' or 'ð' => result.Append('d'),
        'ł' => result.Append('l'),
        'ŧ' => result.Append('t'),
        'ŋ' => result.Append('n'),
        'ı' => result.Append('i'),
        'æ' => result.Append("ae"),
        'œ' => result.Append("oe"),
        'ß' => result.Append("ss"),
        'þ' => result.Append("th"),
        _ => result.Append(letter),
    };
}

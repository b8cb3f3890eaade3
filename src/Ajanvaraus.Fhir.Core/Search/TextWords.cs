using System.Text;

namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>The words of a text for <c>_text</c> and <c>_content</c>: runs of letters and digits, made comparable.</summary>
/// <remarks>
/// Cut and folded here and not by the databases, so that each finds the same; word forms are not reduced to a stem
/// (<c>talo*</c> finds <c>talossa</c>).
/// </remarks>
public static class TextWords
{
    /// <summary>Of a longer word the rest is left out.</summary>
    public const int MaxWord = 64;

    /// <summary>Of a longer text the rest is left out: what databases can hold of one.</summary>
    public const int MaxText = 100_000;

    /// <summary>The words in order.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in SearchText.Normalize(text).EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune))
                Flush();
            else if (word.Length < MaxWord - 1)
                word.Append(rune.ToString());
        }
        Flush();
        return words;

        void Flush()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }

    /// <summary>The words joined by blanks, as many as can be held.</summary>
    public static string Joined(IEnumerable<string> words)
    {
        var text = new StringBuilder();
        foreach (var word in words)
        {
            if (text.Length + word.Length + 1 > MaxText)
                break;
            if (text.Length > 0)
                text.Append(' ');
            text.Append(word);
        }
        return text.ToString();
    }

    /// <summary>Whether the words stand in the text one after the other.</summary>
    /// <param name="text">As <see cref="Joined"/> makes it.</param>
    /// <param name="isPrefix">The last one may go on.</param>
    public static bool HasPhrase(string text, ImmutableArray<string> words, bool isPrefix)
    {
        var all = text.Split(' ');
        for (var start = 0; start + words.Length <= all.Length; start++)
        {
            var n = 0;
            while (n < words.Length && (all[start + n] == words[n] || (isPrefix && n == words.Length - 1
                && all[start + n].StartsWith(words[n], StringComparison.Ordinal))))
                n++;
            if (n == words.Length)
                return true;
        }
        return false;
    }
}

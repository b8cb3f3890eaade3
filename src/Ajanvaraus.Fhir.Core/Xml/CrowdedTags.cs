namespace Ajanvaraus.Fhir.Core.Xml;

/// <summary>Finds start tags with more attributes than anyone means.</summary>
/// <remarks>The XML reader takes all attributes of a tag before it says anything, and its time grows with the square of
/// the namespace declarations: fifty thousand of them, less than a megabyte, cost it more than a second.</remarks>
internal static class CrowdedTags
{
    public const int MaxAttributes = 1000;

    /// <summary>No shorter tag can have too many: an attribute takes five characters with its blank.</summary>
    private const int Harmless = MaxAttributes * 5;

    /// <summary>True when there is such a tag. Linear, and a mere search in ordinary documents.</summary>
    public static bool AreIn(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length)
        {
            // A quoted value has no less-than either, or the reader refuses it at that place.
            var length = text[start..].IndexOf('<');
            var piece = length < 0 ? text[start..] : text.Slice(start, length);
            if (piece.Length >= Harmless && IsCrowded(piece))
                return true;
            start += piece.Length + 1;
        }
        return false;
    }

    private static bool IsCrowded(ReadOnlySpan<char> tag)
    {
        var count = 0;
        while (count <= MaxAttributes)
        {
            var at = tag.IndexOfAny("=>\"'");
            if (at < 0 || tag[at] == '>')
                return false;
            var c = tag[at];
            tag = tag[(at + 1)..];
            if (c == '=')
                count++;
            else
                tag = tag[(tag.IndexOf(c) + 1)..];
        }
        return true;
    }
}

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>Whether a narrative is one balanced XHTML <c>div</c> that says something.</summary>
/// <remarks>
/// <para>Tags nest and close, attributes are quoted, a <c>&lt;</c> begins a tag or comment; no DOCTYPE, CDATA or
/// processing instruction. Which elements and attributes may stand is a rule of its own (txt-1).</para>
/// <para>Source: http://hl7.org/fhir/R4/narrative.html#xhtml .</para>
/// </remarks>
public static class XhtmlText
{
    private const int MaxDepth = 256;

    public static bool IsNarrative(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text is not ['<', 'd', 'i', 'v', '>' or ' ' or '\t' or '\r' or '\n', ..])
            return false;
        Span<Range> open = stackalloc Range[MaxDepth];
        var depth = 0;
        var saysSomething = false;
        var position = 0;
        while (position < text.Length)
        {
            if (position > 0 && depth == 0)
                return false;
            if (text[position] != '<')
            {
                saysSomething |= !char.IsWhiteSpace(text[position++]);
                continue;
            }
            if (text[position..].StartsWith("<!--", StringComparison.Ordinal))
            {
                if (!TrySkipComment(text, ref position))
                    return false;
                continue;
            }
            if (!TryTag(text, ref position, out var tag) || !TryNest(text, tag, open, ref depth))
                return false;
            saysSomething |= text[tag.Name] is "img";
        }
        return depth == 0 && saysSomething;
    }

    private static bool TrySkipComment(ReadOnlySpan<char> text, ref int position)
    {
        var end = text[(position + 4)..].IndexOf("-->", StringComparison.Ordinal);
        position += end + 7;
        return end >= 0;
    }

    private static bool TryNest(ReadOnlySpan<char> text, Tag tag, Span<Range> open, ref int depth)
    {
        if (tag.IsEmpty)
            return depth > 0;
        if (tag.IsEnd)
            return depth > 0 && text[open[--depth]].SequenceEqual(text[tag.Name]);
        if (depth == MaxDepth)
            return false;
        open[depth++] = tag.Name;
        return true;
    }

    private static bool TryTag(ReadOnlySpan<char> text, ref int position, out Tag tag)
    {
        tag = default;
        var start = position + 1;
        var isEnd = start < text.Length && text[start] == '/';
        if (isEnd)
            start++;
        var nameEnd = start;
        while (nameEnd < text.Length && (char.IsAsciiLetterOrDigit(text[nameEnd]) || text[nameEnd] is ':' or '-'))
            nameEnd++;
        if (nameEnd == start || !char.IsAsciiLetter(text[start]))
            return false;
        var end = FindTagEnd(text, nameEnd);
        if (end < 0)
            return false;
        tag = new Tag(start..nameEnd, isEnd, IsEmpty: !isEnd && text[end - 1] == '/');
        position = end + 1;
        return true;
    }

    /// <summary>Place of the <c>&gt;</c>, past quoted attribute values; -1 when a quote or the tag stays open.</summary>
    private static int FindTagEnd(ReadOnlySpan<char> text, int position)
    {
        var quote = '\0';
        for (; position < text.Length; position++)
        {
            var c = text[position];
            if (c == '<')
                return -1;
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c == '>')
                return position;
        }
        return -1;
    }

    private readonly record struct Tag(Range Name, bool IsEnd, bool IsEmpty);
}

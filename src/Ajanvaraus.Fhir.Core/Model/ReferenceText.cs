namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>What the text of a reference tells: <c>[base/]Type/id[/_history/version]</c>.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/references.html#literal.</remarks>
public static class ReferenceText
{
    /// <summary>Type name and logical id; false for fragments, <c>urn:</c> and addresses of another form.</summary>
    /// <param name="text">As written in <c>Reference.reference</c>.</param>
    /// <param name="start">Where the type name begins; what stands before is the base URL with its slash.</param>
    /// <param name="type">The type name, not checked against the definitions.</param>
    /// <param name="id">The logical id.</param>
    public static bool TrySplit(
        ReadOnlySpan<char> text, out int start, out ReadOnlySpan<char> type, out ReadOnlySpan<char> id)
    {
        start = 0;
        type = id = default;
        if (text.IndexOf("/_history/") is var history and >= 0)
            text = text[..history];
        var slash = text.LastIndexOf('/');
        if (slash <= 0)
            return false;
        start = text[..slash].LastIndexOf('/') + 1;
        type = text[start..slash];
        id = text[(slash + 1)..];
        return IsTypeName(type) && IsId(id);
    }

    public static string? TypeOf(string? text) =>
        TrySplit(text, out _, out var type, out _) ? type.ToString() : null;

    /// <summary>Letters, digits, hyphen and dot, 1 to 64: http://hl7.org/fhir/R4/datatypes.html#id.</summary>
    public static bool IsId(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 64)
            return false;
        foreach (var letter in text)
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '.'))
                return false;
        return true;
    }

    private static bool IsTypeName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !char.IsAsciiLetterUpper(text[0]))
            return false;
        foreach (var letter in text)
            if (!char.IsAsciiLetterOrDigit(letter))
                return false;
        return true;
    }
}

namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>Checks language tags: BCP 47 (RFC 5646, section 2.1), well-formed, not against the registry.</summary>
internal static class LanguageTag
{
    private static readonly HashSet<string> Irregular = new(StringComparer.OrdinalIgnoreCase)
    {
        "en-GB-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon", "i-lux", "i-mingo",
        "i-navajo", "i-pwn", "i-tao", "i-tay", "i-tsu", "sgn-BE-FR", "sgn-BE-NL", "sgn-CH-DE",
    };

    public static bool IsValid(string tag)
    {
        if (Irregular.Contains(tag))
            return true;
        var parts = tag.Split('-');
        if (!parts.All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit)))
            return false;
        if (IsPrivateUse(parts[0]))
            return parts.Length > 1;
        if (!IsLetters(parts[0], 2, 8))
            return false;
        var at = 1;
        // Up to three extended language subtags follow a language of two or three letters only.
        for (var i = 0; i < 3 && parts[0].Length <= 3 && at < parts.Length && IsLetters(parts[at], 3, 3); i++)
            at++;
        if (at < parts.Length && IsLetters(parts[at], 4, 4))
            at++;
        if (at < parts.Length && IsRegion(parts[at]))
            at++;
        while (at < parts.Length && IsVariant(parts[at]))
            at++;
        return AreExtensions(parts.AsSpan(at));
    }

    /// <summary>Singletons, each once, with what belongs to them; private use last.</summary>
    private static bool AreExtensions(ReadOnlySpan<string> parts)
    {
        var seen = new HashSet<char>();
        while (parts.Length > 0)
        {
            if (parts[0].Length != 1)
                return false;
            if (IsPrivateUse(parts[0]))
                return parts.Length > 1;
            var length = 1;
            while (length < parts.Length && parts[length].Length > 1)
                length++;
            if (length == 1 || !seen.Add(char.ToLowerInvariant(parts[0][0])))
                return false;
            parts = parts[length..];
        }
        return true;
    }

    private static bool IsPrivateUse(string part) => part is "x" or "X";

    private static bool IsLetters(string part, int least, int most) =>
        part.Length >= least && part.Length <= most && part.All(char.IsAsciiLetter);

    private static bool IsRegion(string part) =>
        IsLetters(part, 2, 2) || (part.Length == 3 && part.All(char.IsAsciiDigit));

    private static bool IsVariant(string part) => part.Length >= 5 || (part.Length == 4 && char.IsAsciiDigit(part[0]));
}

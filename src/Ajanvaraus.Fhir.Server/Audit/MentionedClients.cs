using System.Text;

namespace Ajanvaraus.Fhir.Server.Audit;

/// <summary>Which clients are named in what this server writes: references to Patients, and Patients themselves.</summary>
/// <remarks>
/// Looks for the few ways in which the writer of this server spells them, without reading the JSON: every answer is looked
/// through, and most name nobody. A contained Patient is no client of its own.
/// </remarks>
internal static class MentionedClients
{
    private const int MostOfId = 64;

    /// <summary>Adds the logical ids that the JSON names.</summary>
    /// <param name="json">As this server writes it.</param>
    /// <param name="bases">Addresses of this server, without a slash at the end.</param>
    public static void Find(ReadOnlySpan<byte> json, IEnumerable<string> bases, ISet<string> found)
    {
        for (int at, from = 0; (at = json[from..].IndexOf("Patient"u8)) >= 0; from += at + "Patient".Length)
        {
            var before = json[..(from + at)];
            var after = json[(from + at + "Patient".Length)..];
            var id = after.StartsWith("/"u8) && IsReference(before, bases) ? IdIn(after[1..])
                : after.StartsWith("\",\"id\":\""u8) && IsResource(before) ? IdIn(after["\",\"id\":\"".Length..])
                : default;
            if (!id.IsEmpty)
                found.Add(Encoding.ASCII.GetString(id));
        }
    }

    /// <summary>The ids of <c>Patient/1</c> in what a caller wrote.</summary>
    public static void Find(string text, ISet<string> found)
    {
        const string name = "Patient/";
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
        {
            var end = at + name.Length;
            while (end < text.Length && IsIdCharacter(text[end]))
                end++;
            if (end - at - name.Length is > 0 and <= MostOfId)
                found.Add(text[(at + name.Length)..end]);
        }
    }

    /// <summary>Relative, or below an address of this server.</summary>
    private static bool IsReference(ReadOnlySpan<byte> before, IEnumerable<string> bases)
    {
        if (before.EndsWith("\""u8))
            return true;
        if (!before.EndsWith("/"u8))
            return false;
        var start = before.LastIndexOf((byte)'"') + 1;
        var address = Encoding.UTF8.GetString(before[start..^1]);
        return bases.Any(own => own == address);
    }

    /// <summary>The whole answer, an entry of a Bundle, or a parameter.</summary>
    private static bool IsResource(ReadOnlySpan<byte> before) =>
        before.EndsWith("{\"resourceType\":\""u8)
        && (before.Length == "{\"resourceType\":\"".Length
            || before[..^"{\"resourceType\":\"".Length].EndsWith("\"resource\":"u8));

    private static ReadOnlySpan<byte> IdIn(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && IsIdCharacter((char)text[length]))
            length++;
        return length is > 0 and <= MostOfId && length < text.Length && text[length] is (byte)'"' or (byte)'/' ? text[..length] : default;
    }

    private static bool IsIdCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.';
}

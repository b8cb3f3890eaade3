using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>Tells references to this server from all others.</summary>
internal static class LocalReference
{
    /// <summary>True for <c>Type/id</c>, alone or after this server's base URL.</summary>
    public static bool TrySplit(string text, string baseUrl, out string type, out string id)
    {
        type = id = "";
        if (!ReferenceText.TrySplit(text, out var start, out var typePart, out var idPart)
            || (start > 0 && !IsOwnBase(text.AsSpan(0, start), baseUrl)))
            return false;
        type = typePart.ToString();
        id = idPart.ToString();
        return true;
    }

    private static bool IsOwnBase(ReadOnlySpan<char> before, string baseUrl) =>
        baseUrl.Length > 0 && before.Length == baseUrl.Length + 1 && before.StartsWith(baseUrl, StringComparison.Ordinal);

    /// <summary>Without <c>|version</c> of a canonical and <c>/_history/version</c> of a literal reference.</summary>
    public static string WithoutVersion(string text)
    {
        var bar = text.IndexOf('|');
        var end = bar >= 0 ? bar : text.IndexOf("/_history/", StringComparison.Ordinal);
        return end >= 0 ? text[..end] : text;
    }
}

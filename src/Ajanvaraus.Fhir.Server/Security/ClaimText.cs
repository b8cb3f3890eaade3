using System.Text.Json;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Texts in JSON that anybody may have written: an escape may name half a character, a byte may be none of UTF-8.</summary>
/// <remarks>Such a text is no text here, as a number is none: callers that are not known yet must not make the reader throw.
/// Source: RFC 8259, 8.2.</remarks>
internal static class ClaimText
{
    /// <returns>Null when it is missing, of another kind, or cannot be read.</returns>
    public static string? Of(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? Of(value) : null;

    /// <inheritdoc cref="Of(JsonElement, string)"/>
    public static string? Of(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

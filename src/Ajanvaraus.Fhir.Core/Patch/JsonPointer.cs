using System.Globalization;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Core.Patch;

/// <summary>A place in a JSON document: RFC 6901.</summary>
internal sealed class JsonPointer
{
    private JsonPointer(ImmutableArray<string> tokens) => Tokens = tokens;

    /// <summary>Unescaped names and indexes from the root down; empty: the whole document.</summary>
    public ImmutableArray<string> Tokens { get; }

    public bool IsRoot => Tokens.IsEmpty;

    /// <summary>Null when the text is no pointer: it begins otherwise than with a slash, or has a lone tilde.</summary>
    public static JsonPointer? Parse(string text)
    {
        if (text.Length == 0)
            return new JsonPointer([]);
        if (text[0] != '/')
            return null;
        var tokens = text[1..].Split('/');
        for (var i = 0; i < tokens.Length; i++)
        {
            if (!HasSoundEscapes(tokens[i]))
                return null;
            tokens[i] = tokens[i].Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
        }
        return new JsonPointer([.. tokens]);
    }

    /// <summary>True when the other place lies inside this one.</summary>
    public bool IsAbove(JsonPointer other) =>
        other.Tokens.Length > Tokens.Length && other.Tokens.AsSpan(0, Tokens.Length).SequenceEqual(Tokens.AsSpan());

    /// <summary>What stands at the place; found and null for a JSON null.</summary>
    public bool TryFind(JsonNode? root, out JsonNode? found) => TryFind(root, Tokens.Length, out found);

    /// <summary>What the last token is a member or an item of.</summary>
    public bool TryFindParent(JsonNode? root, out JsonNode? parent) => TryFind(root, Tokens.Length - 1, out parent);

    /// <summary>An index as the pointer writes it: no sign, no leading zero; null when it is none.</summary>
    public static int? Index(string token) =>
        token.Length is > 0 and < 10 && (token[0] != '0' || token.Length == 1)
        && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;

    private bool TryFind(JsonNode? root, int depth, out JsonNode? found)
    {
        found = root;
        for (var i = 0; i < depth; i++)
        {
            switch (found)
            {
                case JsonObject members when members.TryGetPropertyValue(Tokens[i], out var member):
                    found = member;
                    break;
                case JsonArray items when Index(Tokens[i]) is { } index && index < items.Count:
                    found = items[index];
                    break;
                default:
                    return false;
            }
        }
        return true;
    }

    private static bool HasSoundEscapes(string token)
    {
        for (var at = token.IndexOf('~'); at >= 0; at = token.IndexOf('~', at + 1))
            if (at + 1 == token.Length || token[at + 1] is not ('0' or '1'))
                return false;
        return true;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Patch;

internal enum JsonPatchKind { Add, Remove, Replace, Move, Copy, Test }

/// <summary>One operation of a JSON Patch: RFC 6902, section 4.</summary>
/// <param name="Index">Place in the patch, from 0.</param>
/// <param name="From">Of move and copy only.</param>
/// <param name="Value">Of add, replace and test; null for a JSON null. Never put into a document itself: only copies.</param>
internal sealed record JsonPatchOperation(
    int Index, JsonPatchKind Kind, JsonPointer Path, JsonPointer? From, JsonNode? Value)
{
    /// <remarks>Members that the operation does not have are passed over, as the RFC asks.</remarks>
    public static Outcome<JsonPatchOperation> Read(JsonNode? node, int index)
    {
        if (node is not JsonObject members || Kinds(Text(members, "op")) is not { } kind)
            return Malformed(index, "op");
        if (Pointer(members, "path") is not { } path || (kind == JsonPatchKind.Remove && path.IsRoot))
            return Malformed(index, "path");
        var from = kind is JsonPatchKind.Move or JsonPatchKind.Copy ? Pointer(members, "from") : null;
        if (kind is JsonPatchKind.Move or JsonPatchKind.Copy
            && (from is null || (kind == JsonPatchKind.Move && from.IsAbove(path))))
            return Malformed(index, "from");
        JsonNode? value = null;
        if (kind is JsonPatchKind.Add or JsonPatchKind.Replace or JsonPatchKind.Test
            && !members.TryGetPropertyValue("value", out value))
            return Malformed(index, "value");
        return new JsonPatchOperation(index, kind, path, from, value);
    }

    /// <param name="member">The member of the operation that is to blame: <c>path</c>, <c>from</c>, <c>value</c>.</param>
    public Problem Refuse(Message message, string member) => Located(message, ProblemKind.Unprocessable, Index, member);

    private static Problem Malformed(int index, string member) =>
        Located(PatchMessages.OperationMalformed, ProblemKind.Invalid, index, member);

    private static Problem Located(Message message, ProblemKind kind, int index, string member)
    {
        var place = index.ToString(CultureInfo.InvariantCulture);
        return new Problem(kind, [message.At(null, place, member) with { Diagnostics = $"/{place}/{member}" }]);
    }

    private static JsonPatchKind? Kinds(string? op) => op switch
    {
        "add" => JsonPatchKind.Add,
        "remove" => JsonPatchKind.Remove,
        "replace" => JsonPatchKind.Replace,
        "move" => JsonPatchKind.Move,
        "copy" => JsonPatchKind.Copy,
        "test" => JsonPatchKind.Test,
        _ => null,
    };

    private static JsonPointer? Pointer(JsonObject members, string name) =>
        Text(members, name) is { } text ? JsonPointer.Parse(text) : null;

    private static string? Text(JsonObject members, string name) =>
        members[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

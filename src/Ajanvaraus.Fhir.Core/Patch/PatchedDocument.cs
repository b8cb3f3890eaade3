using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;

namespace Ajanvaraus.Fhir.Core.Patch;

/// <summary>A JSON document while the operations of a patch are done on it, one after the other.</summary>
internal sealed class PatchedDocument(JsonNode? root)
{
    /// <summary>Characters that all copies of a patch may make: copies of copies double.</summary>
    private const int MaxCopied = 8 * 1024 * 1024;

    private int _copied;

    public JsonNode? Root { get; private set; } = root;

    /// <summary>Null when the operation is done; else why it cannot be.</summary>
    public Problem? Do(JsonPatchOperation operation) => operation.Kind switch
    {
        JsonPatchKind.Add => Add(operation, operation.Value?.DeepClone()),
        JsonPatchKind.Remove => Remove(operation, operation.Path, "path"),
        JsonPatchKind.Replace => Replace(operation),
        JsonPatchKind.Move => Move(operation),
        JsonPatchKind.Copy => Copy(operation),
        _ => Test(operation),
    };

    private Problem? Add(JsonPatchOperation operation, JsonNode? value)
    {
        var path = operation.Path;
        if (path.Tokens.Length + Depth(value) > JsonLimits.Default.MaxDepth)
            return operation.Refuse(PatchMessages.TooLarge, "path");
        if (path.IsRoot)
        {
            Root = value;
            return null;
        }
        if (!path.TryFindParent(Root, out var parent))
            return NothingThere(operation);
        switch (parent)
        {
            case JsonObject members:
                members[path.Tokens[^1]] = value;
                return null;
            case JsonArray items when path.Tokens[^1] == "-":
                items.Add(value);
                return null;
            case JsonArray items when JsonPointer.Index(path.Tokens[^1]) is { } index && index <= items.Count:
                items.Insert(index, value);
                return null;
            default:
                return NothingThere(operation);
        }
    }

    private Problem? Remove(JsonPatchOperation operation, JsonPointer at, string member)
    {
        if (!at.TryFind(Root, out _))
            return NothingThere(operation, member);
        if (at.IsRoot)
        {
            Root = null;
            return null;
        }
        at.TryFindParent(Root, out var parent);
        if (parent is JsonArray items)
            items.RemoveAt(JsonPointer.Index(at.Tokens[^1])!.Value);
        else
            parent!.AsObject().Remove(at.Tokens[^1]);
        return null;
    }

    /// <summary>In its place: a member keeps its order among the others.</summary>
    private Problem? Replace(JsonPatchOperation operation)
    {
        var path = operation.Path;
        if (!path.TryFind(Root, out _))
            return NothingThere(operation);
        if (!path.IsRoot && path.TryFindParent(Root, out var parent) && parent is JsonArray items)
            items.RemoveAt(JsonPointer.Index(path.Tokens[^1])!.Value);
        return Add(operation, operation.Value?.DeepClone());
    }

    private Problem? Move(JsonPatchOperation operation)
    {
        if (!operation.From!.TryFind(Root, out var value))
            return NothingThere(operation, "from");
        return Remove(operation, operation.From, "from") ?? Add(operation, value);
    }

    private Problem? Copy(JsonPatchOperation operation)
    {
        if (!operation.From!.TryFind(Root, out var value))
            return NothingThere(operation, "from");
        _copied += value?.ToJsonString().Length ?? 0;
        return _copied > MaxCopied
            ? operation.Refuse(PatchMessages.TooLarge, "from")
            : Add(operation, value?.DeepClone());
    }

    /// <summary>Numbers are compared as numbers, objects without regard to order: RFC 6902, 4.6.</summary>
    private Problem? Test(JsonPatchOperation operation)
    {
        if (!operation.Path.TryFind(Root, out var value))
            return NothingThere(operation);
        return JsonNode.DeepEquals(value, operation.Value)
            ? null
            : operation.Refuse(PatchMessages.TestFailed, "value");
    }

    private static Problem NothingThere(JsonPatchOperation operation, string member = "path") =>
        operation.Refuse(PatchMessages.NothingThere, member);

    /// <summary>Objects and arrays inside each other; 0 for a plain value.</summary>
    private static int Depth(JsonNode? node) => node switch
    {
        JsonObject members => 1 + members.Select(m => Depth(m.Value)).DefaultIfEmpty().Max(),
        JsonArray items => 1 + items.Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };
}

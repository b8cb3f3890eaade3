using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search.Extraction;

/// <summary>References: http://hl7.org/fhir/R4/search.html#reference.</summary>
internal static class ReferenceExtraction
{
    /// <param name="root">Where references by <c>#id</c> lead; null: nowhere.</param>
    public static void Add(
        int key, ElementNode node, string baseUrl, ElementNode? root, EntryList<ReferenceEntry> entries)
    {
        if (node.IsResource)
        {
            if (node.Id is { } id)
                entries.Add(new ReferenceEntry(key, node.Type.Name, id, "", "", ""));
            return;
        }
        if (node.IsPrimitive)
        {
            if (node.Value is { Length: > 0 } text && Literal(key, text, null, baseUrl, root) is { } entry)
                entries.Add(entry);
            return;
        }
        if (node.Type.Name == "Reference")
            AddReference(key, node, baseUrl, root, entries);
    }

    private static void AddReference(
        int key, ElementNode node, string baseUrl, ElementNode? root, EntryList<ReferenceEntry> entries)
    {
        var text = node.Text("reference");
        var type = node.Text("type");
        var entry = string.IsNullOrEmpty(text) ? null : Literal(key, text, type, baseUrl, root);
        if (node["identifier"] is { } identifier && identifier.Text("value") is { } value)
        {
            entry = (entry ?? new ReferenceEntry(key, type ?? "", "", "", "", "")) with
            {
                IdentifierSystem = identifier.Text("system") ?? "",
                IdentifierValue = value,
            };
        }
        if (entry is not null)
            entries.Add(entry);
    }

    /// <summary>Null for a fragment that leads nowhere.</summary>
    private static ReferenceEntry? Literal(int key, string text, string? type, string baseUrl, ElementNode? root)
    {
        if (text[0] == '#')
            return Fragment(key, text, root);
        if (LocalReference.TrySplit(text, baseUrl, out var localType, out var id))
            return new ReferenceEntry(key, localType, id, "", "", "");
        var uri = LocalReference.WithoutVersion(text);
        return new ReferenceEntry(key, type ?? ReferenceText.TypeOf(uri) ?? "", "", uri, "", "");
    }

    /// <summary><c>#id</c> of a contained resource, or <c>#</c> for the one that contains.</summary>
    private static ReferenceEntry? Fragment(int key, string text, ElementNode? root)
    {
        if (text.Length == 1)
            return root?.Id is { } id ? new ReferenceEntry(key, root.Type.Name, id, "", "", "") : null;
        var target = root?.All("contained").FirstOrDefault(contained => contained.Id == text[1..]);
        return target is null ? null : new ReferenceEntry(key, target.Type.Name, text, "", "", "");
    }
}

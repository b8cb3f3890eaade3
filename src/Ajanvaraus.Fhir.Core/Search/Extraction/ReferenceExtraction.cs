using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search.Extraction;

/// <summary>References: http://hl7.org/fhir/R4/search.html#reference.</summary>
internal static class ReferenceExtraction
{
    public static void Add(int key, ElementNode node, string baseUrl, EntryList<ReferenceEntry> entries)
    {
        if (node.IsResource)
        {
            if (node.Id is { } id)
                entries.Add(new ReferenceEntry(key, node.Type.Name, id, "", "", ""));
            return;
        }
        if (node.IsPrimitive)
        {
            if (node.Value is { Length: > 0 } text && Literal(key, text, null, baseUrl) is { } entry)
                entries.Add(entry);
            return;
        }
        if (node.Type.Name == "Reference")
            AddReference(key, node, baseUrl, entries);
    }

    private static void AddReference(int key, ElementNode node, string baseUrl, EntryList<ReferenceEntry> entries)
    {
        var text = node.Text("reference");
        var type = node.Text("type");
        var entry = string.IsNullOrEmpty(text) ? null : Literal(key, text, type, baseUrl);
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

    /// <summary>Null for a fragment: contained resources have no address to search for.</summary>
    private static ReferenceEntry? Literal(int key, string text, string? type, string baseUrl)
    {
        if (text[0] == '#')
            return null;
        if (LocalReference.TrySplit(text, baseUrl, out var localType, out var id))
            return new ReferenceEntry(key, localType, id, "", "", "");
        var uri = LocalReference.WithoutVersion(text);
        return new ReferenceEntry(key, type ?? ReferenceText.TypeOf(uri) ?? "", "", uri, "", "");
    }
}

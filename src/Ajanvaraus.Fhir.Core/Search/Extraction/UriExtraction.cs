using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search.Extraction;

/// <summary>Uris: http://hl7.org/fhir/R4/search.html#uri. A canonical is found with and without its version.</summary>
internal static class UriExtraction
{
    public static void Add(int key, ElementNode node, EntryList<UriEntry> entries)
    {
        if (node is not { IsPrimitive: true, Value: { Length: > 0 } uri })
            return;
        entries.Add(new UriEntry(key, uri));
        if (node.Type.Name == "canonical" && uri.IndexOf('|') is var bar and > 0)
            entries.Add(new UriEntry(key, uri[..bar]));
    }
}

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search.Extraction;

/// <summary>Strings: http://hl7.org/fhir/R4/search.html#string.</summary>
internal static class StringExtraction
{
    public static void Add(int key, ElementNode node, EntryList<StringEntry> entries)
    {
        if (node.IsPrimitive)
        {
            AddText(key, node, entries);
            return;
        }
        foreach (var child in node.Children)
            if (IsPart(node.Type.Name, child.Name))
                AddText(key, child, entries);
    }

    private static bool IsPart(string type, string name) => type switch
    {
        "HumanName" => name is "family" or "given" or "prefix" or "suffix" or "text",
        "Address" => name is "line" or "city" or "district" or "state" or "postalCode" or "country" or "text",
        "CodeableConcept" or "Annotation" => name is "text",
        "Identifier" or "ContactPoint" => name is "value",
        "Coding" or "Reference" => name is "display",
        _ => false,
    };

    private static void AddText(int key, ElementNode node, EntryList<StringEntry> entries)
    {
        if (node.Value is { Length: > 0 } text)
            entries.Add(new StringEntry(key, SearchText.Normalize(text), text));
    }
}

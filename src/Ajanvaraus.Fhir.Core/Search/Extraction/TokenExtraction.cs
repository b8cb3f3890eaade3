using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search.Extraction;

/// <summary>Tokens: http://hl7.org/fhir/R4/search.html#token.</summary>
internal static class TokenExtraction
{
    public static void Add(int key, ElementNode node, FhirDefinitions definitions, EntryList<TokenEntry> entries)
    {
        switch (node.Type.Name)
        {
            case "CodeableConcept":
                AddConcept(key, node, entries);
                break;
            case "Coding":
                AddCoding(key, node, entries);
                break;
            case "Identifier":
                AddIdentifier(key, node, entries);
                break;
            case "ContactPoint":
                Add(key, node.Text("system"), node.Text("value"), null, entries);
                break;
            case "code" when node.Value is { } code:
                entries.Add(new TokenEntry(key, SystemOf(node, code, definitions), code));
                break;
            default:
                if (node is { IsPrimitive: true, Value: { } value })
                    entries.Add(new TokenEntry(key, "", value));
                break;
        }
    }

    private static void AddIdentifier(int key, ElementNode identifier, EntryList<TokenEntry> entries)
    {
        var (type, value) = (identifier["type"], identifier.Text("value"));
        Add(key, identifier.Text("system"), value, Normalized(type?.Text("text")), entries);
        if (type is null || value is null)
            return;
        foreach (var coding in type.Children)
            if (coding.Name == "coding" && coding.Text("system") is { } system && coding.Text("code") is { } code)
                entries.Add(new TokenEntry(SearchParameter.OfTypeKey(key), system, OfType(code, value)));
    }

    /// <summary>Code of the rows for <c>:of-type</c>: the length tells where the code of the type ends.</summary>
    public static string OfType(string code, string value) => $"{code.Length}|{code}|{value}";

    private static void AddConcept(int key, ElementNode concept, EntryList<TokenEntry> entries)
    {
        var textIsKnown = false;
        var text = concept.Text("text");
        foreach (var child in concept.Children)
        {
            if (child.Name != "coding")
                continue;
            AddCoding(key, child, entries);
            textIsKnown |= text is not null && child.Text("display") == text;
        }
        // The text stands beside the codings and has no code of its own.
        if (text is not null && !textIsKnown)
            entries.Add(new TokenEntry(key, "", "", SearchText.Normalize(text)));
    }

    private static void AddCoding(int key, ElementNode coding, EntryList<TokenEntry> entries) =>
        Add(key, coding.Text("system"), coding.Text("code"), Normalized(coding.Text("display")), entries);

    private static void Add(int key, string? system, string? code, string? text, EntryList<TokenEntry> entries)
    {
        if (system is not null || code is not null || text is not null)
            entries.Add(new TokenEntry(key, system ?? "", code ?? "", text));
    }

    private static string? Normalized(string? text) => text is null ? null : SearchText.Normalize(text);

    /// <summary>A code has the system of the value set that its element is bound to.</summary>
    private static string SystemOf(ElementNode node, string code, FhirDefinitions definitions)
    {
        if (node.Property?.Element.Binding is not { } binding
            || !definitions.ValueSets.TryGetValue(binding.ValueSet, out var codes))
            return "";
        foreach (var system in codes.CodesBySystem)
            if (system.Value.Contains(code))
                return system.Key;
        return "";
    }
}

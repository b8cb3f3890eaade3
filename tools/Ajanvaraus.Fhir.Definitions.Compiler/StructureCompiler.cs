using System.Text.Json;

namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>StructureDefinitions of base types to facts; each backbone element becomes a type named by its path.</summary>
/// <remarks>
/// Source: http://hl7.org/fhir/R4/structuredefinition.html . SimpleQuantity is a profile of
/// Quantity, not a type: its one rule stands at the elements that are to be of it. The logical MetadataResource, which
/// R4 does not have, is left out.
/// </remarks>
internal static class StructureCompiler
{
    private const string DefinitionPrefix = "http://hl7.org/fhir/StructureDefinition/";
    private const string FhirTypeExtension = DefinitionPrefix + "structuredefinition-fhir-type";

    /// <summary>All types in ordinal order of their names.</summary>
    public static IReadOnlyList<TypeFacts> Compile(Package package)
    {
        var definitions = package.Resources("profiles-types.json", "StructureDefinition")
            .Concat(package.Resources("profiles-resources.json", "StructureDefinition"))
            .Where(d => d.Text("derivation") != "constraint" && d.Text("kind") != "logical");
        return [.. definitions.SelectMany(Types).OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<TypeFacts> Types(JsonElement definition)
    {
        var elements = definition.GetProperty("snapshot").Items("element").ToList();
        var byPath = elements.ToDictionary(e => e.Text("path"));
        var parents = elements.Select(e => Parent(e.Text("path"))).ToHashSet();
        var root = elements[0];
        var name = definition.Text("type");
        yield return new TypeFacts(name, Kind(definition), TypeName(definition.Text("baseDefinition")),
            Constraints(root, ownerName: name), Children(definition, name, byPath, parents));

        foreach (var backbone in elements.Skip(1).Where(e => parents.Contains(e.Text("path"))))
        {
            var path = backbone.Text("path");
            yield return new TypeFacts(path, "complex", backbone.Items("type").Single().Text("code"), [],
                Children(definition, path, byPath, parents));
        }
    }

    private static string Kind(JsonElement definition)
    {
        var kind = definition.Text("kind").Replace("-type", "", StringComparison.Ordinal);
        return definition.Flag("abstract") ? "abstract-" + kind : kind;
    }

    private static List<ElementFacts> Children(
        JsonElement definition, string parent, Dictionary<string, JsonElement> byPath, HashSet<string> parents)
    {
        // The value of a primitive is its text, not an element: http://hl7.org/fhir/R4/json.html#primitive
        var isPrimitive = definition.Text("kind") == "primitive-type";
        return
        [
            .. definition.GetProperty("snapshot").Items("element")
                .Where(e => Parent(e.Text("path")) == parent && !(isPrimitive && e.Text("path") == parent + ".value"))
                .Select(e => Element(e, byPath, parents)),
        ];
    }

    private static ElementFacts Element(
        JsonElement element, Dictionary<string, JsonElement> byPath, HashSet<string> parents)
    {
        var path = element.Text("path");
        var reference = element.Text("contentReference").TrimStart('#');
        var types = reference.Length > 0 ? [new TypeReference(reference, [])]
            : parents.Contains(path) ? [new TypeReference(path, [])]
            : Allowed(element);
        // Content by reference brings the rules of that content: http://hl7.org/fhir/R4/elementdefinition.html
        var rules = reference.Length > 0 ? byPath[reference] : element;
        return new ElementFacts(path[(path.LastIndexOf('.') + 1)..],
            $"{element.GetProperty("min").GetInt32()}..{element.Text("max")}", Flags(element), types, Binding(element),
            [.. Constraints(rules, ownerName: null), .. RulesOfProfile(rules)]);
    }

    /// <summary>Source: http://hl7.org/fhir/R4/datatypes.html#SimpleQuantity .</summary>
    private static IEnumerable<ConstraintFacts> RulesOfProfile(JsonElement element) =>
        element.Items("type").Any(type => type.Texts("profile").Contains(DefinitionPrefix + "SimpleQuantity"))
            ? [new ConstraintFacts("sqty-1", "error", "comparator.empty()")]
            : [];

    /// <summary>Types of an element. <c>Reference(Resource)</c> allows any target and is written without one.</summary>
    private static List<TypeReference> Allowed(JsonElement element) =>
    [
        .. element.Items("type").GroupBy(TypeCode).Select(same => new TypeReference(same.Key,
        [
            .. same.SelectMany(type => type.Texts("targetProfile")).Select(TypeName)
                .Where(target => target != "Resource").Distinct().Order(StringComparer.Ordinal),
        ])),
    ];

    private static string TypeCode(JsonElement type)
    {
        var code = type.Text("code");
        if (!code.StartsWith("http://hl7.org/fhirpath/System.", StringComparison.Ordinal))
            return code;
        var fhirType = type.Items("extension").FirstOrDefault(e => e.Text("url") == FhirTypeExtension);
        return fhirType.ValueKind == JsonValueKind.Object ? fhirType.Text("valueUrl") : "string";
    }

    private static string Flags(JsonElement element) =>
        (element.Flag("isSummary") ? "s" : "")
        + (element.Flag("isModifier") ? "m" : "")
        + (element.Texts("representation").Contains("xmlAttr") ? "a" : "");

    private static string Binding(JsonElement element)
    {
        if (!element.TryGetProperty("binding", out var binding) || binding.Text("valueSet").Length == 0)
            return "";
        return binding.Text("strength") + " " + binding.Text("valueSet").Split('|')[0];
    }

    /// <summary>Rules of an element. <c>ele-1</c> and <c>ext-1</c> stand at Element and Extension only: snapshots
    /// repeat them at every element.</summary>
    private static List<ConstraintFacts> Constraints(JsonElement element, string? ownerName) =>
    [
        .. element.Items("constraint")
            .Where(c => c.Text("key") switch
            {
                "ele-1" => ownerName == "Element",
                "ext-1" => ownerName == "Extension",
                _ => true,
            })
            .Select(c => new ConstraintFacts(c.Text("key"), c.Text("severity"), OneLine(c.Text("expression")))),
    ];

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ').Trim();

    private static string Parent(string path) => path.Contains('.') ? path[..path.LastIndexOf('.')] : "";

    private static string TypeName(string canonical) => canonical[(canonical.LastIndexOf('/') + 1)..];
}

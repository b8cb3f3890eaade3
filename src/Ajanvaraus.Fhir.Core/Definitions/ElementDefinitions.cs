using System.Globalization;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Definitions;

/// <summary>Writes what the base definitions say of an element as an ElementDefinition.</summary>
/// <remarks>
/// Of what the definitions are read for here: place, cardinality, types, flags, binding and invariants. Prose is not
/// kept; an invariant has its expression where a description is asked.
/// </remarks>
internal static class ElementDefinitions
{
    private static readonly ElementNode Empty = NewEmpty();

    public static ElementNode Of(ElementSchema element)
    {
        var max = element.Max?.ToString(CultureInfo.InvariantCulture) ?? "*";
        var min = element.Min.ToString(CultureInfo.InvariantCulture);
        var node = Start(element.Path, min, max);
        foreach (var property in element.Properties)
            node = node.Append(TypeOf(property));
        foreach (var constraint in element.Constraints)
            node = node.Append(ConstraintOf(constraint));
        node = node.Set("isModifier", Boolean(element.IsModifier)).Set("isSummary", Boolean(element.IsSummary));
        return element.Binding is { } binding ? node.Append(BindingOf(binding)) : node;
    }

    public static ElementNode Of(TypeSchema type)
    {
        var node = Start(type.Name, "0", "*");
        foreach (var constraint in type.Constraints)
            node = node.Append(ConstraintOf(constraint));
        return node.Set("isModifier", "false");
    }

    private static ElementNode NewEmpty()
    {
        var definition = R4.Definitions.Types["StructureDefinition"].Property("snapshot")!.Type.Property("element")!;
        return new ElementNode(definition, definition.Type, null, []);
    }

    private static ElementNode Start(string path, string min, string max) => Empty
        .Set("id", path).Set("path", path).Set("min", min).Set("max", max)
        .Append(Empty.New("base").Set("path", path).Set("min", min).Set("max", max));

    private static ElementNode TypeOf(PropertySchema property)
    {
        // A type such as Patient.contact is nameless in the definitions: there its base stands.
        var type = property.Type;
        var name = type.Name.Contains('.', StringComparison.Ordinal) ? type.Base!.Name : type.Name;
        var node = Empty.New("type").Set("code", name);
        foreach (var target in property.Targets.IsEmpty ? property.Element.Targets : property.Targets)
            if (name is "Reference" or "canonical")
                node = node.Append(node.New("targetProfile", "http://hl7.org/fhir/StructureDefinition/" + target));
        return node;
    }

    private static ElementNode ConstraintOf(ConstraintSchema constraint) => Empty.New("constraint")
        .Set("key", constraint.Key).Set("severity", constraint.IsError ? "error" : "warning")
        .Set("human", constraint.Expression).Set("expression", constraint.Expression);

    private static ElementNode BindingOf(BindingSchema binding) => Empty.New("binding")
        .Set("strength", binding.Strength.ToString().ToLowerInvariant()).Set("valueSet", binding.ValueSet);

    private static string Boolean(bool value) => value ? "true" : "false";
}

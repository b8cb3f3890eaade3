using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Patch;

/// <summary>The value of a FHIRPath Patch operation as the element that it becomes.</summary>
/// <remarks>
/// <para>A data type stands in <c>value[x]</c>, a resource in <c>resource</c>, and an element without a type of its own
/// (<c>Patient.contact</c>) is given by parts, each named as the element that it fills.</para>
/// <para>Source: http://hl7.org/fhir/R4/fhirpatch.html#concept.</para>
/// </remarks>
internal static class PatchValue
{
    /// <summary>By name without a choice type or with it; null when the type has no such element.</summary>
    public static ElementSchema? ElementOf(TypeSchema type, string name) =>
        type.Element(name) ?? type.Property(name)?.Element;

    /// <summary>The value at its place; null when it is not of a type that the element takes.</summary>
    /// <param name="part">The part that holds the value.</param>
    public static ElementNode? Build(ElementNode part, ElementSchema element)
    {
        if ((part["value"] ?? part["resource"]) is { } given)
            return OfValue(given, element);
        // Of an element with a type of its own there is one property.
        return element.IsChoice ? null : OfParts(part, element.Properties[0]);
    }

    private static ElementNode? OfValue(ElementNode given, ElementSchema element)
    {
        foreach (var property in element.Properties)
            if (property.Type.Name == given.Type.Name)
                return Place(given, property);
        return element.Properties is [var only] ? Place(given, only) : null;
    }

    private static ElementNode? OfParts(ElementNode part, PropertySchema property)
    {
        if (property.Type.Kind != TypeKind.Complex)
            return null;
        var node = new ElementNode(property, property.Type, null, []);
        foreach (var inner in part.All("part"))
        {
            if (inner.Text("name") is not { } name || ElementOf(property.Type, name) is not { } element
                || (!element.IsArray && node[element.Name] is not null)
                || Build(inner, element) is not { } child)
                return null;
            node = node.Append(child);
        }
        return node.Children.IsEmpty ? null : node;
    }

    /// <summary>
    /// The same content under another property: a string may become a code, an Age a Quantity. Formats are left to
    /// validation; what JSON writes in another way does not fit.
    /// </summary>
    private static ElementNode? Place(ElementNode given, PropertySchema property)
    {
        var type = property.Type;
        if (given.IsResource || type.Kind == TypeKind.Resource)
            return given.IsResource && given.Type.Is(type.Name) ? given.At(property) : null;
        if (given.IsPrimitive != (type.Kind == TypeKind.Primitive))
            return null;
        if (given.IsPrimitive ? given.Type.Form != type.Form : !given.Type.Is(type.Name) && !type.Is(given.Type.Name))
            return null;
        var children = ImmutableArray.CreateBuilder<ElementNode>(given.Children.Length);
        foreach (var child in given.Children)
        {
            if (type.Property(child.Property!.JsonName) is not { } inner)
                return null;
            if (inner == child.Property)
                children.Add(child);
            else if (Place(child, inner) is { } placed)
                children.Add(placed);
            else
                return null;
        }
        return new ElementNode(property, type, given.Value, children.DrainToImmutable());
    }
}

using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath.Expressions;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Tests of <c>is</c>, <c>as</c> and <c>ofType</c>: http://hl7.org/fhir/R4/fhirpath.html#types.</summary>
internal static class TypeTest
{
    private static readonly FrozenSet<string> SystemTypes =
        FrozenSet.Create("Any", "Boolean", "String", "Integer", "Decimal", "Date", "DateTime", "Time", "Quantity");

    /// <summary>Whether FHIR or System has such a type.</summary>
    public static bool IsKnown(TypeSpecifier type) => type.Namespace switch
    {
        null => SystemTypes.Contains(type.Name) || R4.Definitions.Types.ContainsKey(type.Name),
        "FHIR" => R4.Definitions.Types.ContainsKey(type.Name),
        "System" => SystemTypes.Contains(type.Name),
        _ => false,
    };

    public static bool IsSystem(string name) => SystemTypes.Contains(name);

    public static bool Is(FhirPathValue item, TypeSpecifier type) => item.Raw switch
    {
        Model.ElementNode node => (type.Namespace is null or "FHIR") && SchemaOf(node).Is(type.Name),
        ResolvedReference target => (type.Namespace is null or "FHIR")
            && (target.TypeName == type.Name || type.Name is "Resource" || IsDomainResource(target, type)),
        var value => (type.Namespace is null or "System") && (SystemName(value) == type.Name || type.Name == "Any"),
    };

    /// <summary>As <see cref="Is"/>, but a primitive is cast to its own type only: a code is no string there.</summary>
    /// <remarks>HL7's test suite and reference implementation have it so (testFHIRPathAsFunction11).</remarks>
    public static bool IsCastable(FhirPathValue item, TypeSpecifier type) =>
        item.Node is { IsPrimitive: true } node
            ? (type.Namespace is null or "FHIR") && SchemaOf(node).Name == type.Name
            : Is(item, type);

    /// <summary>Old search parameters write <c>as(DateTime)</c> for the primitive <c>dateTime</c>.</summary>
    public static bool IsLoosely(FhirPathValue item, TypeSpecifier type) =>
        type.Namespace is null && item.Node is { IsPrimitive: true } node
        && string.Equals(node.Type.Name, type.Name, StringComparison.OrdinalIgnoreCase);

    public static FhirPathTypeInfo Of(FhirPathValue item) => item.Raw switch
    {
        Model.ElementNode node => new FhirPathTypeInfo("FHIR", SchemaOf(node).Name),
        ResolvedReference target => new FhirPathTypeInfo("FHIR", target.TypeName),
        var value => new FhirPathTypeInfo("System", SystemName(value)),
    };

    /// <summary>The definitions of R4 give the id of a resource as a string; the specification's tables say id.</summary>
    private static TypeSchema SchemaOf(Model.ElementNode node) =>
        node.Property is { Element: { Name: "id", IsXmlAttribute: false }, Type.Name: "string" }
            ? R4.Definitions.Types["id"]
            : node.Type;

    private static bool IsDomainResource(ResolvedReference target, TypeSpecifier type) =>
        type.Name == "DomainResource" && target.TypeName is not ("Binary" or "Bundle" or "Parameters");

    private static string SystemName(object value) => value switch
    {
        bool => "Boolean",
        long => "Integer",
        decimal => "Decimal",
        string => "String",
        FhirPathQuantity => "Quantity",
        FhirPathTemporal temporal => temporal.Kind.ToString(),
        _ => "Any",
    };
}

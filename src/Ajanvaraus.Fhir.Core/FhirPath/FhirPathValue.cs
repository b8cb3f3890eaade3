using System.Globalization;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>One item of a FHIRPath collection: an element of a resource or a value of the System types.</summary>
/// <remarks>
/// System values are <c>bool</c>, <c>long</c>, <c>decimal</c>, <c>string</c>, <see cref="FhirPathTemporal"/>,
/// <see cref="FhirPathQuantity"/>; further <see cref="ResolvedReference"/> and <see cref="FhirPathTypeInfo"/>.
/// </remarks>
public readonly record struct FhirPathValue
{
    private static readonly object BoxedTrue = true;
    private static readonly object BoxedFalse = false;

    private readonly object _value;

    private FhirPathValue(object value) => _value = value;

    /// <summary>The element, or null for a System value.</summary>
    public ElementNode? Node => _value as ElementNode;

    /// <summary>What the value is without looking into an element.</summary>
    internal object Raw => _value;

    public static FhirPathValue Of(ElementNode node) => new(node);

    public static FhirPathValue Of(bool value) => new(value ? BoxedTrue : BoxedFalse);

    public static FhirPathValue Of(long value) => new(value);

    public static FhirPathValue Of(decimal value) => new(value);

    public static FhirPathValue Of(string value) => new(value);

    public static FhirPathValue Of(FhirPathTemporal value) => new(value);

    public static FhirPathValue Of(FhirPathQuantity value) => new(value);

    public static FhirPathValue Of(ResolvedReference value) => new(value);

    public static FhirPathValue Of(FhirPathTypeInfo value) => new(value);

    /// <summary>A value that <see cref="System"/> gave; null for none.</summary>
    internal static FhirPathValue? OfSystem(object? value) => value is null ? null : new FhirPathValue(value);

    /// <summary>The System value: of a primitive element or Quantity its own, null for other elements.</summary>
    public object? System => _value is ElementNode node ? Convert(node) : _value;

    /// <summary>What <c>type()</c> tells: <c>FHIR.code</c>, <c>System.Integer</c>.</summary>
    public FhirPathTypeInfo Type => TypeTest.Of(this);

    public bool? Boolean => System as bool?;

    public string? Text => System as string;

    public override string ToString() => _value switch
    {
        bool flag => flag ? "true" : "false",
        ElementNode node => node.Value ?? node.Name,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => _value?.ToString() ?? "",
    };

    private static object? Convert(ElementNode node)
    {
        if (!node.IsPrimitive)
            return node.Type.Is("Quantity") ? FhirPathQuantity.From(node) : null;
        if (node.Value is not { } text)
            return null;
        switch (node.Type.Name)
        {
            case "boolean":
                return text == "true" ? BoxedTrue : BoxedFalse;
            case "integer" or "positiveInt" or "unsignedInt":
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                    ? whole : null;
            case "decimal":
                return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? number : null;
            case "date" or "dateTime" or "instant":
                return FhirPathTemporal.ParseElement(text, node.Type.Name != "date");
            case "time":
                return FhirPathTemporal.ParseTime(text);
            default:
                return text;
        }
    }
}

/// <summary>The target of a reference that was not fetched: only its type is known.</summary>
public sealed record ResolvedReference(string TypeName);

/// <summary>Result of <c>type()</c>.</summary>
public sealed record FhirPathTypeInfo(string Namespace, string Name);

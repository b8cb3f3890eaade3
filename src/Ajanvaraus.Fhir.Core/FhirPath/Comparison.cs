using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Order of two values: http://hl7.org/fhirpath/N1/#comparison.</summary>
internal static class Comparison
{
    /// <summary>Null when precision or units leave the order open; types that have no order are an error.</summary>
    public static int? Compare(FhirPathContext context, FhirPathValue left, FhirPathValue right)
    {
        switch (left.System, right.System)
        {
            case (string first, string second):
                return string.CompareOrdinal(first, second);
            case (long first, long second):
                return first.CompareTo(second);
            case (long or decimal, long or decimal):
                return Number(left.System!).CompareTo(Number(right.System!));
            case (FhirPathTemporal first, FhirPathTemporal second)
                when (first.Kind == TemporalKind.Time) == (second.Kind == TemporalKind.Time):
                return first.CompareTo(second);
            case (FhirPathQuantity first, FhirPathQuantity second):
                return QuantityMath.Compare(first, second);
            case (FhirPathQuantity first, long or decimal):
                return QuantityMath.Compare(first, new FhirPathQuantity(Number(right.System!), "1"));
            case (long or decimal, FhirPathQuantity second):
                return QuantityMath.Compare(new FhirPathQuantity(Number(left.System!), "1"), second);
            case (FhirPathTemporal moment, string text):
                return FhirPathTemporal.ParseDateTime(text) is { } later
                    ? moment.CompareTo(later) : Unordered(context, left, right);
            case (string text, FhirPathTemporal moment):
                return FhirPathTemporal.ParseDateTime(text)?.CompareTo(moment) ?? Unordered(context, left, right);
            case (null, _) when left.Node is { IsPrimitive: true } || left.Node?.Type.Is("Quantity") == true:
            case (_, null) when right.Node is { IsPrimitive: true } || right.Node?.Type.Is("Quantity") == true:
                return null;
            default:
                return Unordered(context, left, right);
        }
    }

    public static decimal Number(object value) => value is long whole ? whole : (decimal)value;

    private static int? Unordered(FhirPathContext context, FhirPathValue left, FhirPathValue right)
    {
        context.Fail(FhirPathMessages.NoOrder, TypeTest.Of(left).Name, TypeTest.Of(right).Name);
        return null;
    }
}

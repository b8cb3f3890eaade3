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
            case (FhirPathTemporal first, FhirPathTemporal second):
                return first.CompareTo(second);
            case (FhirPathQuantity first, FhirPathQuantity second):
                return first.CanonicalUnit == second.CanonicalUnit ? first.Value.CompareTo(second.Value) : null;
            case (FhirPathTemporal moment, string text):
                return FhirPathTemporal.ParseDateTime(text) is { } later ? moment.CompareTo(later) : Unordered(context);
            case (string text, FhirPathTemporal moment):
                return FhirPathTemporal.ParseDateTime(text)?.CompareTo(moment) ?? Unordered(context);
            case (null, _) or (_, null):
                return null;
            default:
                return Unordered(context);
        }
    }

    public static decimal Number(object value) => value is long whole ? whole : (decimal)value;

    private static int? Unordered(FhirPathContext context)
    {
        context.Fail("values of these types have no order");
        return null;
    }
}

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary><c>=</c>: http://hl7.org/fhirpath/N1/#equality.</summary>
internal static class Equality
{
    /// <summary>Null when a side is empty or precision leaves it open.</summary>
    public static bool? Equal(FhirPathContext context, List<FhirPathValue> left, List<FhirPathValue> right)
    {
        if (left.Count == 0 || right.Count == 0)
            return null;
        if (left.Count != right.Count)
            return false;
        context.Charge(left.Count);
        bool? result = true;
        for (var i = 0; i < left.Count && result != false; i++)
            result &= Equal(left[i], right[i]);
        return result;
    }

    public static bool? Equal(FhirPathValue left, FhirPathValue right)
    {
        if (ReferenceEquals(left.Raw, right.Raw))
            return true;
        return (left.System, right.System) switch
        {
            (string first, string second) => first == second,
            (bool first, bool second) => first == second,
            (long or decimal, long or decimal) => Comparison.Number(left.System!) == Comparison.Number(right.System!),
            (FhirPathTemporal first, FhirPathTemporal second) => EqualMoments(first, second),
            (FhirPathQuantity first, FhirPathQuantity second) => IsZero(QuantityMath.Compare(first, second)),
            (FhirPathQuantity first, long or decimal) =>
                IsZero(QuantityMath.Compare(first, new FhirPathQuantity(Comparison.Number(right.System!), "1"))),
            (long or decimal, FhirPathQuantity second) =>
                IsZero(QuantityMath.Compare(new FhirPathQuantity(Comparison.Number(left.System!), "1"), second)),
            (null, null) => left.Node is { } a && right.Node is { } b && EqualNodes(a, b),
            (null, _) or (_, null) => false,
            var (first, second) => first.Equals(second),
        };
    }

    private static bool? EqualMoments(FhirPathTemporal first, FhirPathTemporal second) =>
        (first.Kind == TemporalKind.Time) != (second.Kind == TemporalKind.Time)
            ? false
            : IsZero(first.CompareTo(second));

    private static bool? IsZero(int? order) => order is { } known ? known == 0 : null;

    /// <summary>Elements are equal when their content is, wherever they stand.</summary>
    private static bool EqualNodes(ElementNode first, ElementNode second)
    {
        if (first.Type != second.Type || first.Value != second.Value || first.Children.Length != second.Children.Length)
            return false;
        for (var i = 0; i < first.Children.Length; i++)
        {
            var (left, right) = (first.Children[i], second.Children[i]);
            if (left.Name != right.Name || Equal(FhirPathValue.Of(left), FhirPathValue.Of(right)) != true)
                return false;
        }
        return true;
    }
}

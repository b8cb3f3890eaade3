using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary><c>=</c> and <c>~</c>: http://hl7.org/fhirpath/N1/#equality.</summary>
internal static class Equality
{
    /// <summary>Null when a side is empty or precision leaves it open.</summary>
    public static bool? Equal(List<FhirPathValue> left, List<FhirPathValue> right)
    {
        if (left.Count == 0 || right.Count == 0)
            return null;
        if (left.Count != right.Count)
            return false;
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
            (FhirPathQuantity first, FhirPathQuantity second) => EqualQuantities(first, second),
            (null, null) => left.Node is { } a && right.Node is { } b && EqualNodes(a, b),
            (null, _) or (_, null) => false,
            var (first, second) => first.Equals(second),
        };
    }

    private static bool? EqualMoments(FhirPathTemporal first, FhirPathTemporal second) =>
        first.CompareTo(second) is { } order ? order == 0 : null;

    private static bool? EqualQuantities(FhirPathQuantity first, FhirPathQuantity second) =>
        first.CanonicalUnit == second.CanonicalUnit ? first.Value == second.Value : null;

    /// <summary>Elements are equal when their content is, wherever they stand.</summary>
    private static bool EqualNodes(ElementNode first, ElementNode second)
    {
        if (first.Type != second.Type || first.Value != second.Value || first.Children.Length != second.Children.Length)
            return false;
        for (var i = 0; i < first.Children.Length; i++)
            if (first.Children[i].Name != second.Children[i].Name
                || !EqualNodes(first.Children[i], second.Children[i]))
                return false;
        return true;
    }

    public static bool Contains(List<FhirPathValue> set, FhirPathValue sought)
    {
        foreach (var item in set)
            if (Equal(item, sought) == true)
                return true;
        return false;
    }

    public static void AddDistinct(List<FhirPathValue> items, List<FhirPathValue> output)
    {
        if (items.Count == 1)
        {
            output.Add(items[0]);
            return;
        }
        var start = output.Count;
        foreach (var item in items)
        {
            var isNew = true;
            for (var i = start; i < output.Count && isNew; i++)
                isNew = Equal(output[i], item) != true;
            if (isNew)
                output.Add(item);
        }
    }

    /// <summary>Never unknown; order of items does not matter.</summary>
    public static bool Equivalent(List<FhirPathValue> left, List<FhirPathValue> right)
    {
        if (left.Count != right.Count)
            return false;
        var open = new List<FhirPathValue>(right);
        foreach (var item in left)
        {
            var found = open.FindIndex(other => Equivalent(item, other));
            if (found < 0)
                return false;
            open.RemoveAt(found);
        }
        return true;
    }

    private static bool Equivalent(FhirPathValue left, FhirPathValue right) => (left.System, right.System) switch
    {
        (string first, string second) => Fold(first) == Fold(second),
        (decimal first, decimal second) => EquivalentDecimals(first, second),
        (FhirPathTemporal first, FhirPathTemporal second) => first.CompareTo(second) == 0,
        (null, null) => left.Node is { } a && right.Node is { } b && EquivalentNodes(a, b),
        _ => Equal(left, right) == true,
    };

    /// <summary>Compared at the lesser of both precisions.</summary>
    private static bool EquivalentDecimals(decimal first, decimal second)
    {
        var digits = Math.Min(first.Scale, second.Scale);
        return decimal.Round(first, digits) == decimal.Round(second, digits);
    }

    private static bool EquivalentNodes(ElementNode first, ElementNode second)
    {
        if (first.Type != second.Type || first.Children.Length != second.Children.Length)
            return false;
        var open = second.Children.ToList();
        foreach (var child in first.Children)
        {
            var found = open.FindIndex(other => other.Name == child.Name
                && Equivalent(FhirPathValue.Of(child), FhirPathValue.Of(other)));
            if (found < 0)
                return false;
            open.RemoveAt(found);
        }
        return true;
    }

    private static string Fold(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

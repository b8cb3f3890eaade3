using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary><c>~</c>: never unknown; order of items does not matter. http://hl7.org/fhirpath/N1/#equivalent.</summary>
internal static class Equivalence
{
    public static bool AreEquivalent(FhirPathContext context, List<FhirPathValue> left, List<FhirPathValue> right)
    {
        if (left.Count != right.Count)
            return false;
        var open = new List<FhirPathValue>(right);
        foreach (var item in left)
        {
            context.Charge(open.Count);
            if (context.IsStopped || !Take(open, item))
                return false;
        }
        return true;
    }

    public static bool AreEquivalent(FhirPathValue left, FhirPathValue right) => (left.System, right.System) switch
    {
        (string first, string second) => Fold(first) == Fold(second),
        (long or decimal, long or decimal) =>
            DecimalMath.AreEquivalent(Comparison.Number(left.System!), Comparison.Number(right.System!)),
        (FhirPathTemporal first, FhirPathTemporal second) => first.CompareTo(second) == 0,
        (FhirPathQuantity first, FhirPathQuantity second) => QuantityMath.AreEquivalent(first, second),
        (null, null) => left.Node is { } a && right.Node is { } b && EquivalentNodes(a, b),
        _ => Equality.Equal(left, right) == true,
    };

    private static bool Take(List<FhirPathValue> open, FhirPathValue item)
    {
        var found = open.FindIndex(other => AreEquivalent(item, other));
        if (found >= 0)
            open.RemoveAt(found);
        return found >= 0;
    }

    /// <summary>Codings are equivalent by system and code: http://hl7.org/fhir/R4/fhirpath.html#types .</summary>
    private static bool EquivalentNodes(ElementNode first, ElementNode second)
    {
        if (first.Type != second.Type)
            return false;
        if (first.Type.Name == "Coding")
            return first.Text("system") == second.Text("system") && first.Text("code") == second.Text("code");
        if (first.Children.Length != second.Children.Length)
            return false;
        var open = second.Children.ToList();
        foreach (var child in first.Children)
        {
            var found = open.FindIndex(other => other.Name == child.Name
                && AreEquivalent(FhirPathValue.Of(child), FhirPathValue.Of(other)));
            if (found < 0)
                return false;
            open.RemoveAt(found);
        }
        return true;
    }

    private static string Fold(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

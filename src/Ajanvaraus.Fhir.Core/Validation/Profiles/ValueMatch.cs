using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

/// <summary>How a value compares with a fixed value, a pattern or a limit.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.fixed_x_ .</remarks>
internal static class ValueMatch
{
    /// <summary>The same to the letter, extensions too; ids of elements and the order of different elements do not count.</summary>
    public static bool AreEqual(ElementNode value, ElementNode expected)
    {
        if (value.Value != expected.Value)
            return false;
        var count = 0;
        foreach (var child in expected.Children)
        {
            if (IsElementId(child))
                continue;
            count++;
            if (Counterpart(value, expected, child) is not { } other || child.Type.Name != other.Type.Name
                || !AreEqual(other, child))
                return false;
        }
        return value.Children.Count(child => !IsElementId(child)) == count;
    }

    /// <summary>All that the pattern has is there; an item of a list in any place of the list.</summary>
    public static bool HasPattern(ElementNode value, ElementNode pattern)
    {
        if (pattern.Value is not null && value.Value != pattern.Value)
            return false;
        foreach (var wanted in pattern.Children)
        {
            if (wanted.Name == "id")
                continue;
            var isFound = false;
            foreach (var child in value.Children)
                isFound |= child.Name == wanted.Name && HasPattern(child, wanted);
            if (!isFound)
                return false;
        }
        return true;
    }

    /// <summary>Order of a value and a limit; null when they cannot be compared.</summary>
    public static int? Compare(ElementNode value, ElementNode limit) =>
        Comparison.Compare(new FhirPathContext(), FhirPathValue.Of(value), FhirPathValue.Of(limit));

    /// <summary>The expected value for a message: its text, or the texts of its parts.</summary>
    public static string Describe(ElementNode expected) => expected.Value is { } text
        ? $"'{text}'"
        : "{" + string.Join(", ", expected.Children.Select(child => $"{child.Name}: {Describe(child)}")) + "}";

    /// <summary>The child of the same name at the same place among those of its name.</summary>
    private static ElementNode? Counterpart(ElementNode value, ElementNode expected, ElementNode child)
    {
        var index = 0;
        foreach (var other in expected.All(child.Name))
        {
            if (ReferenceEquals(other, child))
                return value.All(child.Name).ElementAtOrDefault(index);
            index++;
        }
        return null;
    }

    private static bool IsElementId(ElementNode node) =>
        node is { Name: "id", Property.Element.IsXmlAttribute: true };
}

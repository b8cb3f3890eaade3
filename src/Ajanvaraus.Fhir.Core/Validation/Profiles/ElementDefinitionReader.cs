using System.Globalization;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

/// <summary>Lays one ElementDefinition over what is known of an element: the stricter of both holds.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/elementdefinition.html .</remarks>
internal static class ElementDefinitionReader
{
    private const string BestPractice = "http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice";
    private const string MaxValueSet = "http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet";

    private const string VitalSigns = "http://hl7.org/fhir/StructureDefinition/vitalsigns";
    private const string VitalSignUnits = "http://hl7.org/fhir/ValueSet/ucum-vitals-common";

    /// <param name="element">What is to become stricter.</param>
    /// <param name="definition">An ElementDefinition.</param>
    /// <param name="source">Canonical of the profile that it stands in.</param>
    public static void Apply(ProfileElement element, ElementNode definition, string source)
    {
        ApplyCardinality(element, definition, source);
        var types = definition.All("type").Select(ReadType).ToImmutableArray();
        if (!types.IsEmpty)
            (element.Types, element.TypesSource) = (types, source);
        if (definition["fixed"] is { } exact)
            AddValue(element, new ValueRule(IsPattern: false, exact, source));
        if (definition["pattern"] is { } pattern)
            AddValue(element, new ValueRule(IsPattern: true, pattern, source));
        if (definition["minValue"] is { } least)
            element.Least = new ValueLimit(least, source);
        if (definition["maxValue"] is { } most)
            element.Most = new ValueLimit(most, source);
        if (Number(definition.Text("maxLength")) is { } length)
            element.MaxLength = new Limit(length, source);
        if (definition["binding"] is { } binding && ReadBinding(binding, source) is { } rule)
            element.Binding = rule;
        if (definition["slicing"] is { } slicing)
            element.Slicing = ReadSlicing(slicing, source);
        foreach (var constraint in definition.All("constraint"))
            AddInvariant(element, constraint, source);
    }

    private static void ApplyCardinality(ProfileElement element, ElementNode definition, string source)
    {
        // The root's own cardinality speaks of how often the type may be used, not of this resource.
        if (element.Schema is null)
            return;
        if (Number(definition.Text("min")) is { } min && min > (element.Min?.Count ?? FloorOf(element)))
            element.Min = new Limit(min, source);
        if (Number(definition.Text("max")) is { } max && max < (element.Max?.Count ?? CeilingOf(element)))
            element.Max = new Limit(max, source);
    }

    /// <summary>What the base definitions ask for already is checked there.</summary>
    private static int FloorOf(ProfileElement element) => element.SliceName is null ? element.Schema!.Min : 0;

    private static int CeilingOf(ProfileElement element) => element.Schema!.Max ?? int.MaxValue;

    private static TypeRule ReadType(ElementNode type) => new(
        TypeCode(type.Text("code") ?? ""), Texts(type, "profile"), Texts(type, "targetProfile"),
        Texts(type, "aggregation"), type.Text("versioning"));

    /// <summary>The core types may be named by their address: http://hl7.org/fhir/StructureDefinition/Quantity.</summary>
    private static string TypeCode(string code) => CoreTypes.NameOf(code) ?? code;

    private static BindingRule? ReadBinding(ElementNode binding, string source)
    {
        if (binding.Text("valueSet") is not { } valueSet
            || !Enum.TryParse<BindingStrength>(binding.Text("strength"), ignoreCase: true, out var strength))
            return null;
        var max = binding.All("extension").FirstOrDefault(e => e.Text("url") == MaxValueSet)?.Text("value");
        if (IsMistaken(valueSet, source))
            strength = BindingStrength.Extensible;
        return new BindingRule(strength, valueSet, max, source);
    }

    /// <summary>R4 requires one of the common units of every component of a vital sign, also where it is a percentage, a
    /// code or a score; HL7's validator takes the binding as extensible.</summary>
    /// <remarks>Source: <c>PackageHackerR5</c> of hapifhir/org.hl7.fhir.core; R5 has no such binding
    /// (http://hl7.org/fhir/R5/observation-vitalsigns.html).</remarks>
    private static bool IsMistaken(string valueSet, string source) =>
        source == VitalSigns && valueSet.StartsWith(VitalSignUnits, StringComparison.Ordinal);

    private static SlicingRules ReadSlicing(ElementNode slicing, string source) => new(
        [.. slicing.All("discriminator").Select(d =>
            new DiscriminatorRule(d.Text("type") ?? "", d.Text("path") ?? ""))],
        slicing.Text("ordered") == "true",
        slicing.Text("rules") switch
        {
            "closed" => SlicingKind.Closed,
            "openAtEnd" => SlicingKind.OpenAtEnd,
            _ => SlicingKind.Open,
        },
        source);

    private static void AddValue(ProfileElement element, ValueRule rule)
    {
        if (!element.Values.Exists(known => known.IsPattern == rule.IsPattern
            && ValueMatch.AreEqual(known.Value, rule.Value)))
            element.Values.Add(rule);
    }

    private static void AddInvariant(ProfileElement element, ElementNode constraint, string source)
    {
        if (constraint.Text("key") is not { } key || constraint.Text("expression") is not { } expression
            || R4Invariants.IsKnown(key, expression)
            || element.Invariants.Exists(known => known.Key == key && known.Expression == expression))
            return;
        var isBestPractice = constraint.All("extension")
            .Any(e => e.Text("url") == BestPractice && e.Text("value") == "true");
        var weight = isBestPractice ? InvariantWeight.BestPractice
            : constraint.Text("severity") == "warning" ? InvariantWeight.Warning : InvariantWeight.Error;
        element.Invariants.Add(new Invariant(
            key, weight, expression, constraint.Text("human") ?? expression, constraint.Text("source") ?? source));
    }

    private static ImmutableArray<string> Texts(ElementNode node, string name) =>
        [.. node.All(name).Select(child => child.Value).OfType<string>()];

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

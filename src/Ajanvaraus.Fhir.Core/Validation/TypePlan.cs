using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Checks;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>The checks of one type: those on a node of the type, and those on its children by their element.</summary>
internal sealed class TypePlan
{
    private readonly TypeSchema _type;
    private readonly ICheck?[] _elementChecks;

    private TypePlan(TypeSchema type, ICheck[] typeChecks, ICheck?[] elementChecks)
    {
        _type = type;
        TypeChecks = typeChecks;
        _elementChecks = elementChecks;
    }

    public ICheck[] TypeChecks { get; }

    public static TypePlan Compile(TypeSchema type, FhirDefinitions definitions, BaseChecks invariants) => new(
        type,
        [.. TypeChecksOf(type), .. type.IsAbstract ? [] : invariants.Of(type.Constraints)],
        [.. type.Elements.Select(e => AllChecks.Of(
            [.. ElementChecksOf(type, e, definitions), .. invariants.Of(e.Constraints)]))]);

    /// <summary>The check on what this child must be at its place; null when there is none.</summary>
    public ICheck? ElementCheckOf(ElementNode child) =>
        PlaceOf(_type, child) is var index && index < 0 ? null : _elementChecks[index];

    /// <summary>Place of the child's element in the type; -1 when the type has no such element.</summary>
    /// <remarks>A node that was made for another type finds its place by name.</remarks>
    public static int PlaceOf(TypeSchema type, ElementNode child)
    {
        var element = child.Property!.Element;
        return element.Index < type.Elements.Length && ReferenceEquals(type.Elements[element.Index], element)
            ? element.Index
            : type.Element(element.Name)?.Index ?? -1;
    }

    private static IEnumerable<ICheck> TypeChecksOf(TypeSchema type)
    {
        if (type.Kind != TypeKind.Resource)
            yield return EmptyElementCheck.Instance;
        if (!type.Elements.IsEmpty)
            yield return new CardinalityCheck(type);
        if (type.Kind == TypeKind.Primitive)
            yield return type.Name == "xhtml" ? NarrativeCheck.Instance : PrimitiveCheck.Of(type);
        if (type is { Kind: TypeKind.Resource, IsAbstract: false } && type.Element("contained") is not null)
            yield return ContainedCheck.Instance;
        if (NamedCheck(type.Name) is { } named)
            yield return named;
        if (type.Name == "Identifier")
            yield return HenkilotunnusCheck.Instance;
    }

    private static ICheck? NamedCheck(string type) => type switch
    {
        "Extension" => ExtensionCheck.Instance,
        "Identifier" or "Coding" => SystemCheck.Instance,
        "Bundle" => BundleCheck.Instance,
        _ => null,
    };

    private static IEnumerable<ICheck> ElementChecksOf(
        TypeSchema type, ElementSchema element, FhirDefinitions definitions)
    {
        if (element.Name == "id")
            yield return IdCheck.Of(type);
        else if (element.Name is "extension" or "modifierExtension" && type.Name != "Extension")
            yield return ExtensionUrlCheck.Instance;
        else if (element.Properties.Any(p => p.Type.Name == "Reference"))
            yield return new ReferenceCheck(element, definitions);
        else if (element.Binding is { Strength: BindingStrength.Required } binding
            && definitions.ValueSets.TryGetValue(binding.ValueSet, out var codes))
            yield return new BindingCheck(codes);
    }
}

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Checks;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>The extensible bindings of the base definitions; the required ones are checked with the structure.</summary>
internal sealed class AdvisedBindings(FhirDefinitions definitions)
{
    private readonly Dictionary<ElementSchema, ProfileBindingCheck> _checks = definitions.Types.Values
        .SelectMany(type => type.Elements)
        .Where(element => element.Binding is { Strength: BindingStrength.Extensible })
        .Distinct()
        .ToDictionary(element => element, element => new ProfileBindingCheck(
            new BindingRule(BindingStrength.Extensible, element.Binding!.ValueSet, null, R4Invariants.Source),
            definitions));

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Property is { } property && _checks.TryGetValue(property.Element, out var check))
            check.Check(node, findings);
    }
}

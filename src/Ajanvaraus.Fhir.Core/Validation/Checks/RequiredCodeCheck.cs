using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>A <c>code</c> that is bound to a required value set has a value, not only extensions.</summary>
/// <remarks>"The concept in this element SHALL be from the specified value set":
/// http://hl7.org/fhir/R4/terminologies.html#required .</remarks>
internal sealed class RequiredCodeCheck : ICheck
{
    public static readonly RequiredCodeCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Value is null && node.Property?.Element.Binding is { Strength: BindingStrength.Required } binding)
            findings.Add(ContentMessages.CodeMissing, node, binding.ValueSet);
    }
}

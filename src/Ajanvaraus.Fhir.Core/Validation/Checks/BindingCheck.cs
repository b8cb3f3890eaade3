using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>A required binding to a value set whose codes are listed.</summary>
/// <remarks>
/// "To be conformant, the concept in this element SHALL be from the specified value set": of a CodeableConcept at least
/// one coding. An element that carries only extensions (a data absent reason, say) is let pass.
/// Source: http://hl7.org/fhir/R4/terminologies.html#required .
/// </remarks>
internal sealed class BindingCheck(ValueSetCodes codes) : ICheck
{
    private const int ListedCodes = 20;

    private readonly FrozenSet<string> _allCodes = codes.CodesBySystem.Values.SelectMany(c => c).ToFrozenSet();

    public void Check(ElementNode node, Findings findings)
    {
        switch (node.Type.Name)
        {
            case "CodeableConcept":
                CheckConcept(node, findings);
                break;
            case "Coding" or "Quantity":
                if (node.Text("code") is { } code && !Has(node.Text("system"), code))
                    findings.Add(StructureMessages.NoCodingInValueSet, node, codes.Url);
                break;
            default:
                if (node.IsPrimitive && node.Value is { Length: > 0 } value && !_allCodes.Contains(value))
                    Refuse(node, findings);
                break;
        }
    }

    private void CheckConcept(ElementNode concept, Findings findings)
    {
        var hasContent = false;
        foreach (var child in concept.Children)
        {
            if (child.Name == "coding" && child.Text("code") is { } code && Has(child.Text("system"), code))
                return;
            hasContent |= child.Name is "coding" or "text";
        }
        if (hasContent)
            findings.Add(StructureMessages.NoCodingInValueSet, concept, codes.Url);
    }

    private bool Has(string? system, string code) => system is not null && codes.Has(system, code);

    private void Refuse(ElementNode node, Findings findings)
    {
        if (_allCodes.Count <= ListedCodes)
            findings.Add(StructureMessages.CodeNotInList, node, codes.Url,
                string.Join(", ", _allCodes.Order(StringComparer.Ordinal)));
        else
            findings.Add(StructureMessages.CodeNotInValueSet, node, codes.Url);
    }
}

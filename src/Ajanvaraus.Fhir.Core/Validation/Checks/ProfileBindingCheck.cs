using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>A binding that a profile states, or an extensible one of the base definitions.</summary>
/// <remarks>
/// Required: an error when no code is from the value set. Extensible: a warning, because a code from elsewhere is allowed
/// where none fits. Preferred and example bindings bind nobody.
/// Source: http://hl7.org/fhir/R4/terminologies.html#strength .
/// </remarks>
internal sealed class ProfileBindingCheck(BindingRule rule, FhirDefinitions definitions) : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        if (rule.Strength is BindingStrength.Required)
            Check(node, rule.ValueSet, ProfileMessages.NotInRequired, findings);
        else if (rule.Strength is BindingStrength.Extensible)
            Check(node, rule.ValueSet, ProfileMessages.NotInExtensible, findings);
        if (rule.MaxValueSet is { } most)
            Check(node, most, ProfileMessages.NotInRequired, findings);
    }

    private void Check(ElementNode node, string valueSet, Message message, Findings findings)
    {
        if (message.Severity != IssueSeverity.Error && (findings.IsQuiet || !findings.Scope.TellsAdvice))
            return;
        switch (HasCode(node, valueSet, findings))
        {
            case false:
                findings.Add(message, node, valueSet, rule.Source);
                break;
            case null:
                if (message.Severity == IssueSeverity.Error)
                    findings.Add(ProfileMessages.BindingNotChecked, node, valueSet, rule.Source);
                break;
        }
    }

    /// <summary>Null when it cannot be told; true also for an element that has no code to look at.</summary>
    private bool? HasCode(ElementNode node, string valueSet, Findings findings)
    {
        if (node.IsPrimitive)
            return node.Value is not { } value || Contains(valueSet, null, value, findings) is not { } known
                ? node.Value is null ? true : null
                : known;
        if (node.Type.Name != "CodeableConcept")
            return node.Text("code") is not { } code ? true : Contains(valueSet, node.Text("system"), code, findings);
        bool? result = node["coding"] is null && node["text"] is null ? true : false;
        foreach (var coding in node.All("coding"))
        {
            if (coding.Text("code") is not { } each)
                continue;
            var has = Contains(valueSet, coding.Text("system"), each, findings);
            if (has == true)
                return true;
            result = has is null ? null : result;
        }
        return result;
    }

    private bool? Contains(string valueSet, string? system, string code, Findings findings)
    {
        if (findings.Scope.Terminology?.Contains(valueSet, system, code) is { } answer)
            return answer;
        var bar = valueSet.IndexOf('|', StringComparison.Ordinal);
        if (!definitions.ValueSets.TryGetValue(bar < 0 ? valueSet : valueSet[..bar], out var codes))
            return null;
        return system is null ? codes.HasCode(code) : codes.Has(system, code);
    }
}

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>Values that may stand only once in a tree of elements: codes of a CodeSystem, linkIds of a Questionnaire.</summary>
/// <remarks>By hand, because a code system of 50 000 concepts takes too long as FHIRPath.</remarks>
/// <param name="rule">The invariant that says so.</param>
/// <param name="within">The element that holds the tree; null: the checked one.</param>
/// <param name="child">The repeating element, which may hold more of its kind.</param>
/// <param name="value">What is distinct.</param>
/// <param name="isRequired">Each must have a value, too.</param>
internal sealed class DistinctCheck(
    Invariant rule, string? within, string child, string value, bool isRequired) : ICheck
{
    /// <summary>The check of an invariant that is written so; null for any other.</summary>
    public static DistinctCheck? Of(Invariant rule) => rule.Key switch
    {
        "csd-1" => new(rule, null, "concept", "code", isRequired: false),
        "que-2" => new(rule, null, "item", "linkId", isRequired: false),
        "sdf-16" => new(rule, "snapshot", "element", "id", isRequired: true),
        "sdf-17" => new(rule, "differential", "element", "id", isRequired: true),
        _ => null,
    };

    public void Check(ElementNode node, Findings findings)
    {
        if (rule.IsForAuthors && !findings.Scope.TellsAdvice)
            return;
        if ((within is null ? node : node[within]) is { } tree && FirstFault(tree, []) is { } fault)
            findings.Add(ProfileMessages.RuleBroken, fault, rule.Key, rule.Text, rule.Source);
    }

    private ElementNode? FirstFault(ElementNode node, HashSet<string> seen)
    {
        foreach (var item in node.Children)
        {
            if (item.Name != child)
                continue;
            if (item.Text(value) is { } text ? !seen.Add(text) : isRequired)
                return item[value] ?? item;
            if (FirstFault(item, seen) is { } fault)
                return fault;
        }
        return null;
    }
}

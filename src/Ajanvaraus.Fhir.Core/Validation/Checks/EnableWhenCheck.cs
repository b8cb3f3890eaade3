using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>What an item of a Questionnaire depends on is another item, which is not inside it and is asked before.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen.question .</remarks>
internal sealed class EnableWhenCheck : ICheck
{
    public static readonly EnableWhenCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        var items = ItemsIn(node).ToList();
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
            order.TryAdd(items[i].Text("linkId") ?? "", i);
        for (var i = 0; i < items.Count; i++)
            foreach (var condition in items[i].All("enableWhen"))
                if (condition["question"] is { Value: { } linkId } question)
                    CheckTarget(question, linkId, order.GetValueOrDefault(linkId, -1), i, items[i], findings);
    }

    private static void CheckTarget(
        ElementNode question, string linkId, int target, int own, ElementNode item, Findings findings)
    {
        if (target < 0 || target == own || ItemsIn(item).Any(inner => inner.Text("linkId") == linkId))
            findings.Add(ContentMessages.DependsOnNoOther, question, linkId);
        else if (target > own)
            findings.Add(ContentMessages.DependsOnLater, question, linkId);
    }

    /// <summary>All items, in the order in which they are asked.</summary>
    private static IEnumerable<ElementNode> ItemsIn(ElementNode node) =>
        node.All("item").SelectMany(item => ItemsIn(item).Prepend(item));
}

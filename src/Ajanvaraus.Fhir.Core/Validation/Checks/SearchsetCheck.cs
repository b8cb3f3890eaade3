using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>What a search found has ids, and what only tells of the search is an OperationOutcome.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/bundle.html#searchset , http://hl7.org/fhir/R4/search.html#entries .</remarks>
internal sealed class SearchsetCheck : ICheck
{
    public static readonly SearchsetCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Text("type") != "searchset")
            return;
        if (!node.All("link").Any(link => link.Text("relation") == "self"))
            findings.Add(ContentMessages.SearchsetWithoutSelf, node);
        foreach (var entry in node.All("entry"))
            if (entry["resource"] is { } resource)
                CheckMode(resource, entry["search"]?.Text("mode"), findings);
    }

    private static void CheckMode(ElementNode resource, string? mode, Findings findings)
    {
        if (mode is "match" or "include" && resource.Id is null)
            findings.Add(ContentMessages.MatchWithoutId, resource);
        else if (mode == "outcome" && resource.Type.Name != "OperationOutcome")
            findings.Add(ContentMessages.OutcomeOfOtherType, resource, resource.Type.Name);
    }
}

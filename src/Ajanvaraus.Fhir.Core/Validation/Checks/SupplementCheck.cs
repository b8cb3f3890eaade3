using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>A CodeSystem that supplements another says so in its content: it has no codes of its own.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/codesystem.html#supplements .</remarks>
internal sealed class SupplementCheck : ICheck
{
    public static readonly SupplementCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node["supplements"] is not null && node["content"] is { Value: not "supplement" } content)
            findings.Add(ContentMessages.SupplementOfOwnCodes, content);
    }
}

/// <summary>A CodeSystem whose concepts are not present lists none.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/valueset-codesystem-content-mode.html .</remarks>
internal sealed class ConceptsPresentCheck : ICheck
{
    public static readonly ConceptsPresentCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Text("content") == "not-present" && node["concept"] is { } concept)
            findings.Add(ConsistencyMessages.ConceptsNotPresent, concept);
    }
}

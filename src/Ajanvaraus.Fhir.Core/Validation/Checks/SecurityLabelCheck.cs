using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>A security label stands once: two of the same system and code say no more than one.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/resource-definitions.html#Meta.security .</remarks>
internal sealed class SecurityLabelCheck : ICheck
{
    public static readonly SecurityLabelCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        HashSet<(string?, string)>? seen = null;
        foreach (var label in node.All("security"))
            if (label.Text("code") is { } code && !(seen ??= []).Add((label.Text("system"), code)))
                findings.Add(ContentMessages.LabelRepeated, label, code);
    }
}

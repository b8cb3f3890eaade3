using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>A filter by a property of the type Coding asks for a code that there is: another matches nothing.</summary>
/// <remarks>The value is written <c>system#code</c>. A property of the type <c>code</c> has codes of its own system by R4
/// (http://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.property.type), but the <c>status</c> of HL7's own tables
/// has others (https://terminology.hl7.org/CodeSystem-v2-0203.html): what it may be asked for is not known.</remarks>
internal sealed class FilterValueCheck(IConformanceSource source, ITerminology terminology) : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        if (node["compose"] is not { } compose)
            return;
        foreach (var part in compose.Children)
            if (part.Text("system") is { } system && source.Find("CodeSystem", system) is { } known)
                foreach (var filter in part.All("filter"))
                    CheckFilter(filter, known, findings);
    }

    private void CheckFilter(ElementNode filter, ElementNode codeSystem, Findings findings)
    {
        if (filter.Text("op") != "=" || filter["value"] is not { Value: { } text } value
            || text.LastIndexOf('#') is not (> 0 and var hash))
            return;
        var property = codeSystem.All("property").FirstOrDefault(p => p.Text("code") == filter.Text("property"));
        var (system, code) = (text[..hash], text[(hash + 1)..]);
        if (property?.Text("type") == "Coding" && terminology.Standing(system, code) == CodeStanding.NotInSystem)
            findings.Add(ContentMessages.CodeNotInSystem, value, code, system);
    }
}

using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>A MeasureReport of a Measure that only counts a cohort has no score.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/valueset-measure-scoring.html ,
/// http://hl7.org/fhir/R4/measurereport-definitions.html#MeasureReport.group.measureScore .</remarks>
internal sealed class MeasureReportCheck(IConformanceSource source) : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        if (node.Text("measure") is not { } canonical || source.Find("Measure", canonical) is not { } measure
            || !measure.All("scoring").SelectMany(s => s.All("coding")).Any(coding => coding.Text("code") == "cohort"))
            return;
        foreach (var group in node.All("group"))
        {
            if (group["measureScore"] is { } score)
                findings.Add(ContentMessages.ScoreNotAllowed, score);
            foreach (var stratum in group.All("stratifier").SelectMany(s => s.All("stratum")))
                if (stratum["measureScore"] is { } partial)
                    findings.Add(ContentMessages.ScoreNotAllowed, partial);
        }
    }
}

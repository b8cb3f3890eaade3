using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Ucum;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>The code of a Quantity in UCUM is a unit of UCUM.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/datatypes.html#Quantity , https://ucum.org/ucum .</remarks>
internal sealed class UnitCheck : ICheck
{
    public static readonly UnitCheck Instance = new();

    private const string System = "http://unitsofmeasure.org";

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Text("system") == System && node["code"] is { Value: { Length: > 0 } unit } code
            && !UcumUnits.IsValid(unit))
            findings.Add(ContentMessages.UnknownUnit, code, unit);
    }
}

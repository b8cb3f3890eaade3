using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>A value that a profile fixes to the letter.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.fixed_x_ .</remarks>
internal sealed class FixedCheck(ElementNode expected, string source) : ICheck
{
    private readonly string _description = ValueMatch.Describe(expected);

    public void Check(ElementNode node, Findings findings)
    {
        if (!ValueMatch.AreEqual(node, expected))
            findings.Add(ProfileMessages.FixedDiffers, node, _description, source);
    }
}

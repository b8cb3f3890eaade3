using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>What a value must have at least.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_ .</remarks>
internal sealed class PatternCheck(ElementNode pattern, string source) : ICheck
{
    private readonly string _description = ValueMatch.Describe(pattern);

    public void Check(ElementNode node, Findings findings)
    {
        if (!ValueMatch.HasPattern(node, pattern))
            findings.Add(ProfileMessages.PatternDiffers, node, _description, source);
    }
}

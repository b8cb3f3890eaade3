using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>How many characters of Unicode a text may have.</summary>
internal sealed class LengthCheck(Limit most) : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        if (node.Value is not { } text || text.Length <= most.Count)
            return;
        var length = text.EnumerateRunes().Count();
        if (length > most.Count)
            findings.Add(ProfileMessages.TextTooLong, node, $"{length}", $"{most.Count}", most.Source);
    }
}

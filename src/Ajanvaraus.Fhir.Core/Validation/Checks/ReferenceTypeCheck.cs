using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>The type that a Reference states, and the one in its address, is that of what it points to, as far as that
/// can be told.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/references-definitions.html#Reference.type .</remarks>
internal sealed class ReferenceTypeCheck : ICheck
{
    public static readonly ReferenceTypeCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Text("reference") is not { } address || Target.Of(node, findings).TypeName is not { } found)
            return;
        var stated = node.Text("type") is { Length: > 0 } type
            ? Profiles.CoreTypes.NameOf(type) ?? type
            : ReferenceText.TypeOf(address);
        if (stated is not null && stated != found)
            findings.Add(ContentMessages.ReferenceTypeDiffers, node, stated, found);
    }
}

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

/// <summary>What a Reference leads to is of a type that the element allows, where it is here to be looked at.</summary>
/// <remarks>An address alone is told as a warning (<see cref="ReferenceCheck"/>): what stands there is not known.
/// Source: http://hl7.org/fhir/R4/references.html .</remarks>
internal sealed class TargetTypeCheck : ICheck
{
    public static readonly TargetTypeCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node["type"] is { Value: { Length: > 0 } stated } type && !PrimitiveText.IsAbsoluteUri(stated)
            && Definitions.R4.Definitions.Resource(stated) is null)
            findings.Add(ConsistencyMessages.TypeOfNoResource, type, stated);
        if (node.Property?.Element.Targets is not { IsEmpty: false } allowed || allowed.Contains("Resource")
            || Target.Of(node, findings).Node is not { } target || allowed.Contains(target.Type.Name))
            return;
        findings.Add(ConsistencyMessages.TargetOfOtherType, node, target.Type.Name, string.Join(", ", allowed));
    }
}

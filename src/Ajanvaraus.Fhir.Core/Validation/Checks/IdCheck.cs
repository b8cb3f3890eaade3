using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>Ids: of a resource by the <c>id</c> type; of an element any text without spaces.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/resource.html#id , http://hl7.org/fhir/R4/element.html .</remarks>
internal sealed class IdCheck : ICheck
{
    private static readonly IdCheck OfResource = new(isResource: true);
    private static readonly IdCheck OfElement = new(isResource: false);

    private readonly bool _isResource;

    private IdCheck(bool isResource) => _isResource = isResource;

    public static IdCheck Of(TypeSchema owner) => owner.Kind == TypeKind.Resource ? OfResource : OfElement;

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Value is not { } value)
            return;
        if (_isResource && node.Type.Name != "id" && !PrimitiveText.IsId(value))
            findings.Add(StructureMessages.ResourceId, node);
        else if (_isResource && HenkilotunnusText.IsIn(value))
            findings.Add(IdentityMessages.IsNoId, node);
        else if (!_isResource && value.Contains(' '))
            findings.Add(StructureMessages.ElementId, node);
    }
}

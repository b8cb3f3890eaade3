using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Xml;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>Whether a narrative has no more than the formatting that FHIR allows (txt-1) and says something (txt-2).</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/narrative.html .</remarks>
internal sealed class NarrativeCheck : ICheck
{
    public static readonly NarrativeCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Value is not { } text)
            return;
        var (fault, name, _) = XhtmlText.Examine(text);
        switch (fault)
        {
            case XhtmlFault.None: break;
            case XhtmlFault.NotWellFormed: findings.Add(PrimitiveMessages.Xhtml, node); break;
            case XhtmlFault.WrongNamespace:
                findings.Add(XmlMessages.NarrativeNamespace, node, FhirXml.XhtmlNamespace);
                break;
            case XhtmlFault.Empty: findings.Add(XmlMessages.NarrativeEmpty, node); break;
            case XhtmlFault.ForbiddenElement: findings.Add(XmlMessages.NarrativeElement, node, name!); break;
            case XhtmlFault.ForbiddenAttribute: findings.Add(XmlMessages.NarrativeAttribute, node, name!); break;
            default: findings.Add(XmlMessages.NarrativeLink, node, name!); break;
        }
    }
}

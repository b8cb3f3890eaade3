using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>An Identifier whose system is that of URIs has one as value.</summary>
/// <remarks>"If the identifier value itself is naturally a globally unique URI … the value contains the URI":
/// http://hl7.org/fhir/R4/datatypes.html#Identifier .</remarks>
internal sealed class IdentifierCheck : ICheck
{
    public static readonly IdentifierCheck Instance = new();

    private const string Uris = "urn:ietf:rfc:3986";

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Text("system") == Uris && node["value"] is { Value: { Length: > 0 } text } value
            && !PrimitiveText.IsAbsoluteUri(text))
            findings.Add(ContentMessages.IdentifierNotUri, value);
    }
}

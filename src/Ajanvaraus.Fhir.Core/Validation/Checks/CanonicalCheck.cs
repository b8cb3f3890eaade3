using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>A canonical is absolute, or a contained resource; one of HL7's own tells what it names.</summary>
/// <remarks>HL7 names its resources <c>http://hl7.org/fhir/[type]/[id]</c>; of other addresses the type cannot be told.
/// Source: http://hl7.org/fhir/R4/references.html#canonical .</remarks>
internal sealed class CanonicalCheck(FhirDefinitions definitions) : ICheck
{
    private const string Hl7 = "http://hl7.org/fhir/";

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Value is not { Length: > 0 } value)
            return;
        if (value[0] != '#' && !PrimitiveText.IsAbsoluteUri(value))
            findings.Add(ContentMessages.CanonicalRelative, node);
        else if (node.Property is { Element.Targets: { IsEmpty: false } targets } && TypeOf(value) is { } type
            && !targets.Contains(type) && !targets.Contains("Resource"))
            findings.Add(ContentMessages.CanonicalOfOtherType, node, type, string.Join(", ", targets));
    }

    private string? TypeOf(string value)
    {
        if (!value.StartsWith(Hl7, StringComparison.Ordinal))
            return null;
        var rest = value[Hl7.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && definitions.Resource(rest[..slash]) is { } type ? type.Name : null;
    }
}

/// <summary>The canonical of a resource itself, its <c>url</c>, is absolute.</summary>
/// <remarks>"It is … an absolute URI … globally unique": http://hl7.org/fhir/R4/resource.html#canonical .</remarks>
internal sealed class CanonicalUrlCheck : ICheck
{
    private const string PublicationStatus = "http://hl7.org/fhir/ValueSet/publication-status";

    public static readonly CanonicalUrlCheck Instance = new();

    /// <summary>Those that are published: with a url of type uri and a publication status.</summary>
    public static bool Concerns(TypeSchema type) =>
        type.Element("url") is { Properties: [{ Type.Name: "uri" }] }
        && type.Element("status")?.Binding?.ValueSet.StartsWith(PublicationStatus, StringComparison.Ordinal) == true;

    public void Check(ElementNode node, Findings findings)
    {
        if (node["url"] is { Value: { Length: > 0 } value } url && !PrimitiveText.IsAbsoluteUri(value))
            findings.Add(ContentMessages.CanonicalRelative, url);
    }
}

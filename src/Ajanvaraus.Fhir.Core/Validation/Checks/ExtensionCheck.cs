using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>"Must have either extensions or value[x], not both" (ext-1).</summary>
/// <remarks>The url itself is required by its cardinality. Source: http://hl7.org/fhir/R4/extensibility.html .</remarks>
internal sealed class ExtensionCheck : ICheck
{
    public static readonly ExtensionCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        bool hasValue = false, hasExtensions = false, hasUrl = false;
        foreach (var child in node.Children)
        {
            hasValue |= child.Name == "value";
            hasExtensions |= child.Name == "extension";
            hasUrl |= child.Name == "url";
        }
        if (hasValue && hasExtensions)
            findings.Add(StructureMessages.ExtensionBoth, node);
        else if (!hasValue && !hasExtensions && hasUrl)
            findings.Add(StructureMessages.ExtensionEmpty, node);
    }
}

/// <summary>An extension that stands on an element, not in another extension, has an absolute url.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/extensibility.html#Extension .</remarks>
internal sealed class ExtensionUrlCheck : ICheck
{
    public static readonly ExtensionUrlCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node["url"] is { Value: { } url } at && !PrimitiveText.IsAbsoluteUri(url))
            findings.Add(StructureMessages.ExtensionUrlRelative, at);
    }
}

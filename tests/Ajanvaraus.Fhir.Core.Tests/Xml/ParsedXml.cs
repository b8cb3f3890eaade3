using System.Text;
using System.Xml.Linq;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Xml;

namespace Ajanvaraus.Fhir.Core.Tests.Xml;

/// <summary>Resources for tests, written as XML.</summary>
internal static class ParsedXml
{
    /// <summary>A resource that the reader has nothing to say about.</summary>
    public static ElementNode Resource(string xml)
    {
        var result = Result(xml);
        result.Issues.Should().BeEmpty();
        return result.Resource!;
    }

    public static ParseResult Result(string xml) => FhirXml.Parse(Encoding.UTF8.GetBytes(xml));

    public static string Xml(ElementNode resource) => Encoding.UTF8.GetString(FhirXml.ToBytes(resource));

    /// <summary>What a document says, as another XML reader sees it: no comments, no layout, no hints for schemas.</summary>
    public static XElement Meaning(byte[] xml)
    {
        using var stream = new MemoryStream(xml);
        var root = XDocument.Load(stream, LoadOptions.PreserveWhitespace).Root!;
        XNamespace fhir = FhirXml.Namespace;
        root.DescendantNodes().OfType<XComment>().Where(c => c.Parent!.Name.Namespace == fhir).Remove();
        root.DescendantNodes().OfType<XText>().Where(t => t.Parent!.Name.Namespace == fhir).Remove();
        foreach (var element in root.DescendantsAndSelf().Where(e => e.Name.Namespace == fhir))
        {
            element.Attributes().Where(a => a.IsNamespaceDeclaration || a.Name.NamespaceName.Length > 0).Remove();
            element.ReplaceAttributes(element.Attributes().OrderBy(a => a.Name.LocalName, StringComparer.Ordinal));
            if (element.IsEmpty is false && !element.Nodes().Any())
                element.RemoveNodes();
        }
        return root;
    }
}

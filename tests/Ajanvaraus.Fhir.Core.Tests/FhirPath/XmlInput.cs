using System.Xml.Linq;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Tests.FhirPath;

/// <summary>Reads the suite's XML inputs, which are known to be sound.</summary>
internal static class XmlInput
{
    public static ElementNode Read(string path)
    {
        var root = XDocument.Load(path, LoadOptions.PreserveWhitespace).Root!;
        return Node(root, null, R4.Definitions.Types[root.Name.LocalName]);
    }

    private static ElementNode Node(XElement element, PropertySchema? property, TypeSchema type)
    {
        if (type.Name == "xhtml")
            return new ElementNode(property, type, element.ToString(SaveOptions.DisableFormatting), []);
        var children = ImmutableArray.CreateBuilder<ElementNode>();
        foreach (var attribute in element.Attributes())
            if (!attribute.IsNamespaceDeclaration && type.Property(attribute.Name.LocalName) is { } own
                && !(type.Kind == TypeKind.Primitive && own.JsonName == "value"))
                children.Add(new ElementNode(own, own.Type, attribute.Value, []));
        foreach (var child in element.Elements())
            children.Add(Child(child, type.Property(child.Name.LocalName)!));
        return new ElementNode(property, type, element.Attribute("value")?.Value, children.DrainToImmutable());
    }

    private static ElementNode Child(XElement element, PropertySchema property)
    {
        if (property.Type is not { Kind: TypeKind.Resource, IsAbstract: true })
            return Node(element, property, property.Type);
        var resource = element.Elements().Single();
        return Node(resource, property, R4.Definitions.Types[resource.Name.LocalName]);
    }
}

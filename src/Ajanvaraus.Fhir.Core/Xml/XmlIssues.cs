using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Xml;

/// <summary>What the XML reader says: http://hl7.org/fhir/R4/xml.html.</summary>
internal static class XmlIssues
{
    public static Issue Syntax(string path, int line, int column) =>
        XmlMessages.NotXml.At(path, $"{line}", $"{column}");

    public static Issue TooDeep(string path, int limit) => XmlMessages.TooDeep.At(path, $"{limit}");

    public static Issue WrongNamespace(string path, string name, string wanted) =>
        XmlMessages.WrongNamespace.At(Child(path, name), name, wanted);

    public static Issue UnknownResource(string path, string name) => XmlMessages.UnknownResource.At(path, name);

    public static Issue UnknownElement(string path, string name, TypeSchema type) =>
        SyntaxMessages.UnknownProperty.At(Child(path, name), type.Name, name);

    public static Issue UnknownAttribute(string path, string name, TypeSchema type) =>
        XmlMessages.UnknownAttribute.At(path, type.Name, name);

    public static Issue AttributeExpected(string path, string name, TypeSchema type) =>
        XmlMessages.AttributeExpected.At(Child(path, name), name, type.Name);

    public static Issue WrongOrder(string path, string name, string later) =>
        XmlMessages.WrongOrder.At(path, name, later);

    public static Issue NotTogether(string path, string name) => XmlMessages.NotTogether.At(path, name);

    public static Issue Repeated(string path, string name) => XmlMessages.Repeated.At(Child(path, name), name);

    public static Issue SecondChoice(string path, string name) =>
        SyntaxMessages.SecondChoice.At(Child(path, name), name);

    public static Issue TextNotAllowed(string path) => XmlMessages.TextNotAllowed.At(path);

    public static Issue EmptyElement(string path) => XmlMessages.EmptyElement.At(path);

    public static Issue OneResource(string path, string name) => XmlMessages.OneResource.At(path, name);

    /// <summary>A number or boolean that is not one of its type.</summary>
    public static Issue BadValue(string path, TypeSchema type) => (type.Name switch
    {
        "boolean" => PrimitiveMessages.Boolean,
        "decimal" => PrimitiveMessages.Decimal,
        "unsignedInt" => PrimitiveMessages.UnsignedInt,
        "positiveInt" => PrimitiveMessages.PositiveInt,
        _ => PrimitiveMessages.Integer,
    }).At(path);

    private static string Child(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}

using System.Xml;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Core.Xml;

/// <summary>Builds the element tree in one pass over the text.</summary>
/// <remarks>
/// <para>Every element of the document is read against its type; what the type does not know is reported with its
/// FHIRPath, line and column, and skipped, so that one pass finds all structural faults.</para>
/// <para>No DTD is processed and nothing is resolved: the only entities are the five of XML. Recursion follows the
/// definitions and ends at the limit of depth.</para>
/// <para>Source: http://hl7.org/fhir/R4/xml.html.</para>
/// </remarks>
internal sealed class XmlResourceReader
{
    private const string NamespaceOfDeclarations = "http://www.w3.org/2000/xmlns/";
    private const string NamespaceOfSchemaInstances = "http://www.w3.org/2001/XMLSchema-instance";

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = true,
        ConformanceLevel = ConformanceLevel.Document,
    };

    private readonly FhirDefinitions _definitions;
    private readonly XmlLimits _limits;
    private readonly XmlText _text;
    private readonly XmlReader _xml;
    private readonly List<Issue> _issues = [];
    private ElementNode[] _nodes = new ElementNode[64];
    private int _nodeCount;
    private int _depth;
    private bool _isStopped;
    private ElementPath _path = new();

    private XmlResourceReader(XmlText text, XmlReader xml, FhirDefinitions definitions, XmlLimits limits)
    {
        _text = text;
        _xml = xml;
        _definitions = definitions;
        _limits = limits;
    }

    private string Path => _path.ToString();

    private (int Line, int Column) Position => _xml is IXmlLineInfo at ? (at.LineNumber, at.LinePosition) : default;

    public static ParseResult Read(ReadOnlySpan<byte> bytes, FhirDefinitions definitions, XmlLimits limits)
    {
        var text = XmlText.Decode(bytes, limits.MaxCharacters);
        if (text.Failed)
            return new ParseResult(null, text.Problem.Issues);
        using var xml = XmlReader.Create(new StringReader(text.Value.Text), Settings);
        var reader = new XmlResourceReader(text.Value, xml, definitions, limits);
        ElementNode? resource = null;
        try
        {
            resource = reader.ReadDocument();
        }
        catch (XmlException fault)
        {
            reader.AddSyntaxIssue(fault);
            resource = null;
        }
        return new ParseResult(reader._isStopped ? null : resource, [.. reader._issues]);
    }

    private ElementNode? ReadDocument()
    {
        while (Next() && _xml.NodeType != XmlNodeType.Element)
        {
            // The declaration, comments and processing instructions say nothing of the resource.
        }
        _depth = 1;
        var resource = ReadResource(property: null);
        while (Next())
        {
            // Nothing but comments may follow; the XML reader itself refuses the rest.
        }
        return resource;
    }

    /// <summary>Reads the resource whose start tag is the current node.</summary>
    private ElementNode? ReadResource(PropertySchema? property)
    {
        var name = _xml.LocalName;
        var isFhir = _xml.NamespaceURI == FhirXml.Namespace;
        var type = isFhir ? _definitions.Resource(name) : null;
        if (type is null)
        {
            Add(isFhir
                ? XmlIssues.UnknownResource(Path, name)
                : XmlIssues.WrongNamespace(Path, name, FhirXml.Namespace));
            SkipElement();
            return null;
        }
        if (property is null)
            _path.Push(type.Name);
        var resource = ReadElement(property, type);
        if (property is null)
            _path.Pop();
        return resource;
    }

    /// <summary>Reads from the start tag to the end tag; null when nothing is left of an element with faults.</summary>
    private ElementNode? ReadElement(PropertySchema? property, TypeSchema type)
    {
        var first = _nodeCount;
        var issues = _issues.Count;
        var isEmptyTag = _xml.IsEmptyElement;
        var value = ReadAttributes(type);
        if (!isEmptyTag)
            ReadContent(type, first);
        if (value is null && _nodeCount == first && type.Kind != TypeKind.Resource)
        {
            if (_issues.Count == issues)
                Add(XmlIssues.EmptyElement(Path));
            return null;
        }
        return new ElementNode(property, type, value, TakeNodes(first));
    }

    /// <summary>Takes <c>id</c> and <c>url</c> as children; gives the text of <c>value</c>.</summary>
    private string? ReadAttributes(TypeSchema type)
    {
        string? value = null;
        for (var more = _xml.MoveToFirstAttribute(); more; more = _xml.MoveToNextAttribute())
        {
            if (IsDeclaration())
                continue;
            var name = _xml.LocalName;
            var property = _xml.NamespaceURI.Length > 0 ? null : type.Property(name);
            if (property is { Element.IsXmlAttribute: true })
                Push(new ElementNode(property, property.Type, PrimitiveOf(property.Type, _xml.Value), []));
            else if (type.Kind == TypeKind.Primitive && _xml.NamespaceURI.Length == 0 && name == "value")
                value = ReadValue(type);
            else
                Add(XmlIssues.UnknownAttribute(Path, _xml.Name, type));
        }
        _xml.MoveToElement();
        return value;
    }

    /// <summary>Namespace declarations, and where a schema is said to be: no part of the resource.</summary>
    private bool IsDeclaration() => _xml.NamespaceURI == NamespaceOfDeclarations
        || (_xml.NamespaceURI == NamespaceOfSchemaInstances
            && _xml.LocalName is "schemaLocation" or "noNamespaceSchemaLocation");

    private string? ReadValue(TypeSchema type)
    {
        var value = PrimitiveOf(type, _xml.Value);
        var isValid = type.Form switch
        {
            JsonForm.Number => PrimitiveText.IsDecimal(value),
            JsonForm.Boolean => PrimitiveText.IsBoolean(value),
            _ => true,
        };
        if (isValid)
            return value;
        Add(XmlIssues.BadValue(Path, type));
        return null;
    }

    /// <summary>The text as JSON has it: XML Schema lets white space stand around all values but strings, and a plus
    /// before an integer.</summary>
    private static string PrimitiveOf(TypeSchema type, string text)
    {
        if (type.Name is "string" or "markdown")
            return text;
        var value = text.AsSpan().Trim(" \t\r\n");
        if (type.Form == JsonForm.Number && type.Name != "decimal" && value is ['+', >= '1' and <= '9', ..])
            value = value[1..];
        return value.Length == text.Length ? text : value.ToString();
    }

    private void ReadContent(TypeSchema type, int first)
    {
        var order = new ChildOrder();
        while (Next() && _xml.NodeType != XmlNodeType.EndElement)
        {
            if (_xml.NodeType == XmlNodeType.Element)
                ReadChild(type, first, ref order);
            else
                ReportText();
        }
    }

    private void ReadChild(TypeSchema type, int first, ref ChildOrder order)
    {
        if (FindProperty(type) is not { } property || !Take(property, first, ref order, out var index))
        {
            SkipElement();
            return;
        }
        var levels = Levels(property);
        _path.Push(property, property.Element.IsArray ? index : -1);
        _depth += levels;
        if (_depth > _limits.MaxDepth)
            Stop(XmlIssues.TooDeep(Path, _limits.MaxDepth));
        else if (ReadAs(property) is { } node)
            Push(node);
        _depth -= levels;
        _path.Pop();
    }

    /// <summary>What the element adds to the depth of objects and arrays in JSON.</summary>
    private int Levels(PropertySchema property)
    {
        var isObject = property.Type.Kind != TypeKind.Primitive
            || (!IsNarrative(property) && (!_xml.IsEmptyElement || _xml.GetAttribute("id") is not null));
        return (property.Element.IsArray ? 1 : 0) + (isObject ? 1 : 0);
    }

    private ElementNode? ReadAs(PropertySchema property)
    {
        if (IsNarrative(property))
            return ReadNarrative(property);
        return property.Type is { Kind: TypeKind.Resource, IsAbstract: true }
            ? ReadWrapped(property)
            : ReadElement(property, property.Type);
    }

    private ElementNode? ReadNarrative(PropertySchema property)
    {
        if (NarrativeReader.Read(_xml, _text) is { } text)
            return new ElementNode(property, property.Type, text, []);
        Stop(XmlIssues.TooDeep(Path, XhtmlText.MaxDepth));
        return null;
    }

    /// <summary>The property that the current start tag names; null, with an issue, when there is none.</summary>
    private PropertySchema? FindProperty(TypeSchema type)
    {
        var name = _xml.LocalName;
        var property = type.Property(name);
        var wanted = property is not null && IsNarrative(property) ? FhirXml.XhtmlNamespace : FhirXml.Namespace;
        if (_xml.NamespaceURI != wanted)
            Add(XmlIssues.WrongNamespace(Path, name, wanted));
        else if (property is null)
            Add(XmlIssues.UnknownElement(Path, name, type));
        else if (property.Element.IsXmlAttribute)
            Add(XmlIssues.AttributeExpected(Path, name, type));
        else
            return property;
        return null;
    }

    /// <summary>False, with an issue, for what may stand once only; what stands in a wrong place is told and read.</summary>
    private bool Take(PropertySchema property, int first, ref ChildOrder order, out int index)
    {
        var name = property.JsonName;
        var place = order.Take(property);
        index = order.Index;
        if (place == ChildPlace.InOrder)
            return true;
        if (place == ChildPlace.Again)
        {
            Add(Find(property, first) == 0 && property.Element.IsChoice
                ? XmlIssues.SecondChoice(Path, property.Element.Name)
                : XmlIssues.Repeated(Path, name));
            return false;
        }
        if (_issues.Count >= _limits.MaxIssues)
            return true;
        index = Find(property, first);
        _path.Push(property, property.Element.IsArray ? index : -1);
        Add(place == ChildPlace.Early
            ? XmlIssues.WrongOrder(Path, name, order.Last!.JsonName)
            : XmlIssues.NotTogether(Path, name));
        _path.Pop();
        return true;
    }

    /// <summary>Reads the one resource inside <c>contained</c>, <c>Bundle.entry.resource</c> and the like.</summary>
    private ElementNode? ReadWrapped(PropertySchema property)
    {
        var isEmptyTag = _xml.IsEmptyElement;
        ReadAttributes(property.Type);
        ElementNode? resource = null;
        var count = 0;
        while (!isEmptyTag && Next() && _xml.NodeType != XmlNodeType.EndElement)
        {
            if (_xml.NodeType != XmlNodeType.Element)
                ReportText();
            else if (++count == 1)
                resource = ReadResource(property);
            else
                SkipElement();
        }
        if (count != 1)
            Add(XmlIssues.OneResource(Path, property.JsonName));
        return resource;
    }

    private static bool IsNarrative(PropertySchema property) => property.Type.Name == "xhtml";

    private void ReportText()
    {
        if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.EntityReference)
            Add(XmlIssues.TextNotAllowed(Path));
    }

    private void SkipElement()
    {
        if (_xml.IsEmptyElement)
            return;
        var depth = _xml.Depth;
        while (Next() && (_xml.NodeType != XmlNodeType.EndElement || _xml.Depth != depth))
        {
            // What is not known is not looked into.
        }
    }

    /// <summary>Moves on; false at the end, and where even unknown elements are nested too deeply: a resource has no
    /// more elements inside each other than its JSON has objects and arrays.</summary>
    private bool Next()
    {
        if (_isStopped || !_xml.Read())
            return false;
        if (_xml.Depth > _limits.MaxDepth)
            Stop(XmlIssues.TooDeep(Path, _limits.MaxDepth));
        return !_isStopped;
    }

    private void Stop(Issue issue)
    {
        _isStopped = true;
        Add(issue);
    }

    private void Push(ElementNode node)
    {
        if (_nodeCount == _nodes.Length)
            Array.Resize(ref _nodes, _nodeCount * 2);
        _nodes[_nodeCount++] = node;
    }

    /// <summary>How many of that property were read.</summary>
    private int Find(PropertySchema property, int first)
    {
        var count = 0;
        for (var i = first; i < _nodeCount; i++)
            if (_nodes[i].Property == property)
                count++;
        return count;
    }

    /// <summary>Attributes come first in XML and have their own place in the definition.</summary>
    private ImmutableArray<ElementNode> TakeNodes(int first)
    {
        DefinitionOrder.Sort(_nodes.AsSpan(first, _nodeCount - first));
        var taken = ImmutableArray.Create(_nodes, first, _nodeCount - first);
        Array.Clear(_nodes, first, _nodeCount - first);
        _nodeCount = first;
        return taken;
    }

    private void Add(Issue issue)
    {
        if (_issues.Count >= _limits.MaxIssues)
            return;
        var (line, column) = Position;
        _issues.Add(issue with { Diagnostics = $"line {line}, column {column}" });
    }

    private void AddSyntaxIssue(XmlException fault)
    {
        var isDoctype = _depth == 0 && _text.Text.Contains("<!DOCTYPE", StringComparison.Ordinal);
        // An empty document has no place at all.
        var (line, column) = (Math.Max(1, fault.LineNumber), Math.Max(1, fault.LinePosition));
        _issues.Add(isDoctype
            ? XmlMessages.Doctype.At(null)
            : XmlIssues.Syntax(Path, line, column) with { Diagnostics = $"line {line}, column {column}" });
    }
}

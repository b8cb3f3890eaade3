using System.Buffers;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Core.Xml;

/// <summary>Writes an element tree as FHIR XML: http://hl7.org/fhir/R4/xml.html.</summary>
internal ref struct XmlResourceWriter
{
    private readonly bool _isPretty;
    private XmlOutput _output;
    private int _indent;

    private XmlResourceWriter(IBufferWriter<byte> output, bool isPretty)
    {
        _output = new XmlOutput(output);
        _isPretty = isPretty;
    }

    public static void Write(IBufferWriter<byte> output, ElementNode resource, bool isPretty)
    {
        var writer = new XmlResourceWriter(output, isPretty);
        writer.WriteResource(resource, isRoot: true);
        writer._output.Flush();
    }

    private void WriteResource(ElementNode resource, bool isRoot)
    {
        _output.Append((byte)'<');
        _output.AppendAscii(resource.Type.Name);
        if (isRoot)
            _output.Append(" xmlns=\"http://hl7.org/fhir\""u8);
        if (WriteContent(resource))
        {
            _output.Append("</"u8);
            _output.AppendAscii(resource.Type.Name);
            _output.Append((byte)'>');
        }
    }

    /// <summary>The rest of the start tag and the children; false when the tag closed itself.</summary>
    private bool WriteContent(ElementNode node)
    {
        var children = node.Children.AsSpan();
        if (!DefinitionOrder.IsKept(children))
        {
            var sorted = children.ToArray();
            DefinitionOrder.Sort(sorted);
            children = sorted;
        }
        var hasElements = WriteAttributes(children);
        if (node.Value is not null)
            WriteAttribute("value"u8, node.Value);
        if (!hasElements)
        {
            _output.Append("/>"u8);
            return false;
        }
        _output.Append((byte)'>');
        _indent++;
        foreach (var child in children)
            if (!child.Property!.Element.IsXmlAttribute)
                WriteChild(child);
        _indent--;
        NewLine();
        return true;
    }

    /// <summary>True when there are children that are no attributes.</summary>
    private bool WriteAttributes(ReadOnlySpan<ElementNode> children)
    {
        var hasElements = false;
        foreach (var child in children)
        {
            if (!child.Property!.Element.IsXmlAttribute)
                hasElements = true;
            else if (child.Value is not null)
                WriteAttribute(child.Property.Utf8Name.Span, child.Value);
        }
        return hasElements;
    }

    private void WriteAttribute(ReadOnlySpan<byte> name, string value)
    {
        _output.Append((byte)' ');
        _output.Append(name);
        _output.Append("=\""u8);
        _output.AppendEscaped(value);
        _output.Append((byte)'"');
    }

    private void WriteChild(ElementNode child)
    {
        NewLine();
        if (child.Type.Name == "xhtml")
        {
            WriteNarrative(child.Value ?? "");
            return;
        }
        var name = child.Property!.Utf8Name.Span;
        _output.Append((byte)'<');
        _output.Append(name);
        if (child.IsResource)
            WriteWrapped(child);
        else if (!WriteContent(child))
            return;
        _output.Append("</"u8);
        _output.Append(name);
        _output.Append((byte)'>');
    }

    private void WriteWrapped(ElementNode resource)
    {
        _output.Append((byte)'>');
        _indent++;
        NewLine();
        WriteResource(resource, isRoot: false);
        _indent--;
        NewLine();
    }

    /// <summary>As it stands; with its namespace where it does not say it; as text where it is not XHTML.</summary>
    private void WriteNarrative(string value)
    {
        var text = value.AsSpan().Trim();
        var (fault, _, declaresXhtml) = XhtmlText.Examine(text);
        if (fault == XhtmlFault.NotWellFormed || declaresXhtml is false)
        {
            _output.Append("<div xmlns=\"http://www.w3.org/1999/xhtml\">"u8);
            _output.AppendEscaped(text);
            _output.Append("</div>"u8);
            return;
        }
        if (declaresXhtml is null)
        {
            _output.Append("<div xmlns=\"http://www.w3.org/1999/xhtml\""u8);
            text = text["<div".Length..];
        }
        _output.AppendRaw(text);
    }

    private void NewLine()
    {
        if (!_isPretty)
            return;
        _output.Append((byte)'\n');
        for (var i = 0; i < _indent; i++)
            _output.Append("  "u8);
    }
}

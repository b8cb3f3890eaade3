using System.Text;
using System.Xml;

using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Core.Xml;

/// <summary>Takes a narrative's <c>div</c> as the text that the JSON of the resource has.</summary>
/// <remarks>
/// <para>The text is that of the document, character by character, where it means the same outside of it: a
/// <c>div</c> without prefix that declares its namespace itself. Otherwise (prefixes, an inherited namespace, CDATA) it
/// is written anew with the namespace declared at the <c>div</c>.</para>
/// <para>Source: http://hl7.org/fhir/R4/narrative.html , http://hl7.org/fhir/R4/json.html#xhtml .</para>
/// </remarks>
internal static class NarrativeReader
{
    /// <summary>From the start tag of the <c>div</c>, which is the current node, to its end tag; null when elements are
    /// nested deeper than a narrative may have them.</summary>
    public static string? Read(XmlReader xml, XmlText source)
    {
        var start = PositionOf(xml, source) - 1;
        var rewritten = new StringBuilder();
        var isVerbatim = !xml.IsEmptyElement && xml.GetAttribute("xmlns") is not null;
        var depth = xml.Depth;
        var namespaces = new Stack<string>([""]);
        do
        {
            if (xml.Depth - depth > XhtmlText.MaxDepth)
                return null;
            isVerbatim &= Append(xml, rewritten, namespaces);
        }
        while ((xml.Depth > depth || (xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement)) && xml.Read());
        if (!isVerbatim)
            return rewritten.ToString();
        var end = source.Text.IndexOf('>', PositionOf(xml, source));
        return source.Text[start..(end + 1)];
    }

    private static int PositionOf(XmlReader xml, XmlText source) =>
        xml is IXmlLineInfo at ? source.OffsetOf(at.LineNumber, at.LinePosition) : 0;

    /// <summary>Adds the current node; false when the document's own text of it depends on what stands around.</summary>
    private static bool Append(XmlReader xml, StringBuilder text, Stack<string> namespaces)
    {
        switch (xml.NodeType)
        {
            case XmlNodeType.Element:
                return AppendStart(xml, text, namespaces);
            case XmlNodeType.EndElement:
                namespaces.Pop();
                text.Append("</").Append(xml.LocalName).Append('>');
                return true;
            case XmlNodeType.Comment:
                text.Append("<!--").Append(xml.Value).Append("-->");
                return true;
            case XmlNodeType.ProcessingInstruction:
                text.Append("<?").Append(xml.Name).Append(' ').Append(xml.Value).Append("?>");
                return true;
            default:
                AppendEscaped(text, xml.Value);
                return xml.NodeType != XmlNodeType.CDATA;
        }
    }

    private static bool AppendStart(XmlReader xml, StringBuilder text, Stack<string> namespaces)
    {
        var isVerbatim = xml.Prefix.Length == 0;
        var isEmptyTag = xml.IsEmptyElement;
        text.Append('<').Append(xml.LocalName);
        if (xml.NamespaceURI != namespaces.Peek())
            AppendAttribute(text, "xmlns", xml.NamespaceURI);
        if (!isEmptyTag)
            namespaces.Push(xml.NamespaceURI);
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            if (xml.Name == "xmlns" || xml.Prefix == "xmlns")
                continue;
            isVerbatim &= xml.Prefix is "" or "xml";
            AppendAttribute(text, xml.Name, xml.Value);
        }
        xml.MoveToElement();
        text.Append(isEmptyTag ? "/>" : ">");
        return isVerbatim;
    }

    private static void AppendAttribute(StringBuilder text, string name, string value)
    {
        text.Append(' ').Append(name).Append("=\"");
        AppendEscaped(text, value);
        text.Append('"');
    }

    private static void AppendEscaped(StringBuilder text, string value)
    {
        foreach (var c in value)
            _ = c switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                '\r' => text.Append("&#xD;"),
                _ => text.Append(c),
            };
    }
}

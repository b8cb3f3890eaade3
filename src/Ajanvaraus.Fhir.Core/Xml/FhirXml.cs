using System.Buffers;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Xml;

/// <summary>Reads and writes resources in XML: http://hl7.org/fhir/R4/xml.html.</summary>
/// <remarks>The one door through which XML from outside comes in.</remarks>
public static class FhirXml
{
    public const string Namespace = "http://hl7.org/fhir";

    public const string XhtmlNamespace = "http://www.w3.org/1999/xhtml";

    /// <summary>Reads one resource from UTF-8 or UTF-16, told apart by byte order mark or declaration.</summary>
    /// <remarks>
    /// <para>Shape: the same tree that the JSON of the resource gives, children in the order of the definition.
    /// Comments, processing instructions and <c>xsi:schemaLocation</c> are passed over. A narrative keeps its text as
    /// it stands.</para>
    /// <para>Errors: every structural finding at once (unknown or repeated element or attribute, wrong namespace or
    /// order, text between elements, a number or boolean that is none), each with its FHIRPath, line and column; a
    /// syntax error, a DOCTYPE or a document beyond the limits with no resource.</para>
    /// </remarks>
    public static ParseResult Parse(
        ReadOnlySpan<byte> xml, FhirDefinitions? definitions = null, XmlLimits? limits = null) =>
        XmlResourceReader.Read(xml, definitions ?? R4.Definitions, limits ?? XmlLimits.Default);

    /// <summary>Writes UTF-8 without declaration: elements in the order of the definition, values as they were
    /// read.</summary>
    /// <remarks>Characters that XML 1.0 cannot hold (U+0000 to U+001F but tab and line ends, U+FFFE, U+FFFF) become
    /// U+FFFD; a narrative that is not XHTML becomes its text in a <c>div</c>.</remarks>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="resource">A resource; any order of children.</param>
    /// <param name="pretty">One line per element, indented by two spaces.</param>
    public static void Write(IBufferWriter<byte> output, ElementNode resource, bool pretty = false) =>
        XmlResourceWriter.Write(output, resource, pretty);

    public static byte[] ToBytes(ElementNode resource)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        Write(buffer, resource);
        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>Limits on what one document may ask of the reader.</summary>
/// <param name="MaxDepth">Nested objects and arrays of the same resource in JSON: what is read can be stored.</param>
/// <param name="MaxIssues">Findings beyond this are not told.</param>
/// <param name="MaxCharacters">Of the whole document.</param>
public sealed record XmlLimits(int MaxDepth = 64, int MaxIssues = 100, int MaxCharacters = 64 * 1024 * 1024)
{
    public static readonly XmlLimits Default = new();
}

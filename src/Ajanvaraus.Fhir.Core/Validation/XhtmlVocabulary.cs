using System.Collections.Frozen;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>The elements and attributes that a narrative may have.</summary>
/// <remarks>
/// Source: http://hl7.org/fhir/R4/narrative.html : the names that the XPath of txt-1 lists, with those of the chapters
/// that its text allows but the XPath leaves out: <c>address bdo kbd</c> (7 to 9), image maps, <c>xml:lang</c> and,
/// from the schema fhir-xhtml.xsd, the <c>xml:space</c> of a <c>pre</c>.
/// </remarks>
internal static class XhtmlVocabulary
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Elements = Lookup("""
        a abbr acronym address area b bdo big blockquote br caption cite code col colgroup dd dfn div dl dt em
        h1 h2 h3 h4 h5 h6 hr i img kbd li map ol p pre q samp small span strong sub sup table tbody td tfoot th thead
        tr tt ul var
        """);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Attributes = Lookup("""
        abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char charoff charset
        cite class colspan compact coords dir frame headers height href hreflang hspace id ismap lang longdesc name
        nohref nowrap rel rev rowspan rules scope shape span src start style summary tabindex title type usemap valign
        value vspace width xml:lang xml:space
        """);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Scripts =
        Lookup("javascript vbscript livescript");

    public static bool HasElement(ReadOnlySpan<char> name) => Elements.Contains(name);

    public static bool HasAttribute(ReadOnlySpan<char> name) => Attributes.Contains(name);

    /// <summary>A scheme of URI whose content a browser runs; <c>data</c> too, where it is followed and not
    /// shown.</summary>
    public static bool IsScript(ReadOnlySpan<char> scheme, ReadOnlySpan<char> attribute) =>
        Scripts.Contains(scheme) || (scheme is "data" && attribute is not "src");

    public static bool IsLink(ReadOnlySpan<char> attribute) => attribute is "href" or "src" or "cite" or "longdesc";

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup(string names) =>
        names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}

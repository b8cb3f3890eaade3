namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>What is wrong with a narrative.</summary>
public enum XhtmlFault
{
    None,
    /// <summary>Not one balanced <c>div</c> of XML; or with other entities, a DOCTYPE, CDATA or processing
    /// instructions.</summary>
    NotWellFormed,
    WrongNamespace,
    ForbiddenElement,
    ForbiddenAttribute,
    /// <summary>A link that would run a script.</summary>
    ActiveLink,
    /// <summary>"The narrative SHALL have some non-whitespace content" (txt-2).</summary>
    Empty,
}

/// <summary>The first fault of a narrative; one of form wins over one of content.</summary>
/// <param name="Fault">None when the narrative may stand.</param>
/// <param name="Name">Of the element or attribute that is at fault, or null.</param>
/// <param name="DeclaresXhtml">What the <c>div</c> says of its namespace: XHTML, another, or (null) nothing.</param>
public readonly record struct XhtmlFinding(XhtmlFault Fault, string? Name, bool? DeclaresXhtml);

/// <summary>Whether a narrative is what FHIR lets a narrative be: one XHTML <c>div</c> of basic formatting.</summary>
/// <remarks>
/// <para>One pass, no allocation unless there is a fault.</para>
/// <para>Source: http://hl7.org/fhir/R4/narrative.html#xhtml with the invariants txt-1 and txt-2; "the root element of
/// the XHTML SHALL be a &lt;div&gt; in the xhtml namespace", http://hl7.org/fhir/R4/json.html#xhtml .</para>
/// </remarks>
public static class XhtmlText
{
    /// <summary>Elements inside each other.</summary>
    internal const int MaxDepth = 256;

    public static bool IsNarrative(ReadOnlySpan<char> text) => Examine(text).Fault == XhtmlFault.None;

    public static XhtmlFinding Examine(ReadOnlySpan<char> text) =>
        new XhtmlExamination(text.Trim(), stackalloc Range[MaxDepth]).Run();
}

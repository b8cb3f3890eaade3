namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>How much of a code system is known: http://hl7.org/fhir/R4/valueset-codesystem-content-mode.html .</summary>
public enum CodeSystemContent { NotPresent, Example, Fragment, Complete, Supplement }

/// <summary>What hierarchy stands for: http://hl7.org/fhir/R4/valueset-codesystem-hierarchy-meaning.html .</summary>
public enum HierarchyMeaning { Unsaid, GroupedBy, IsA, PartOf, ClassifiedWith }

/// <summary>A code system, without its concepts.</summary>
/// <param name="Version">Empty when it has none.</param>
public sealed record CodeSystemHead(string Url, string Version)
{
    public string? Name { get; init; }

    public string? Title { get; init; }

    /// <summary>Of the displays; null when it is not said.</summary>
    public string? Language { get; init; }

    public CodeSystemContent Content { get; init; } = CodeSystemContent.Complete;

    /// <summary>Canonical of the code system that a supplement adds to; null for others.</summary>
    public string? Supplements { get; init; }

    public HierarchyMeaning Hierarchy { get; init; }

    /// <summary>Only a system that says so ignores case.</summary>
    public bool IsCaseSensitive { get; init; } = true;

    /// <summary>Declared properties: code to type (<c>code</c>, <c>boolean</c>, <c>dateTime</c>).</summary>
    public ImmutableDictionary<string, string> PropertyTypes { get; init; } =
        ImmutableDictionary<string, string>.Empty;

    /// <summary><c>url|version</c>, or the url alone.</summary>
    public string Canonical => Version.Length == 0 ? Url : $"{Url}|{Version}";
}

/// <summary>A code system that codes can be looked up in: by a table of concepts or by a grammar.</summary>
public abstract class CodeSystem(CodeSystemHead head)
{
    public CodeSystemHead Head { get; } = head;

    public string Url => Head.Url;

    /// <summary>Whether it has the code; null when its content is not all here and the code is not among it.</summary>
    public abstract bool? Has(string code);
}

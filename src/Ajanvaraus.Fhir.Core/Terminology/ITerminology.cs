namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>Answers whether a code belongs to a value set; the seam between validation, FHIRPath and terminology.</summary>
public interface ITerminology
{
    /// <summary>Whether the value set has the code.</summary>
    /// <param name="valueSet">Canonical, with or without <c>|version</c>.</param>
    /// <param name="system">Code system; null when only a <c>code</c> is known: any system of the value set will do.</param>
    /// <param name="code">As written.</param>
    /// <returns>Null when it cannot be told: the value set or a code system that it needs is not known here.</returns>
    bool? Contains(string valueSet, string? system, string code);

    /// <summary>What the code is rightly called in the value set, where the text given is none of its names.</summary>
    /// <returns>Null when the text is one of them, or that cannot be told.</returns>
    string? RightDisplay(string valueSet, string system, string code, string text) => null;

    /// <summary>How a code stands to its code system; a source that knows value sets alone cannot tell.</summary>
    CodeStanding Standing(string system, string code) => CodeStanding.Untold;

    /// <summary>How the first code stands to the second in the hierarchy of their code system; null when it cannot be
    /// told: the system or one of the codes is not known here.</summary>
    Subsumption? Compare(string system, string codeA, string codeB) => null;
}

/// <summary>How a code stands to a code system, as far as that is known here.</summary>
public enum CodeStanding
{
    /// <summary>Not all codes of the system are known, and this one is not among them.</summary>
    Untold,
    SystemUnknown,
    InSystem,
    NotInSystem,
}

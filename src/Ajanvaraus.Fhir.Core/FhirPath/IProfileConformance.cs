using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Answers <c>conformsTo()</c> and <c>slice()</c>; the seam between FHIRPath and validation.</summary>
public interface IProfileConformance
{
    /// <summary>Whether the element conforms to the profile; null when the profile is not known here.</summary>
    bool? Conforms(ElementNode node, string profile);

    /// <summary>What of the element is in the slice: itself, or elements in it.</summary>
    /// <returns>None when the profile, or a slice of that name in it, is not known here.</returns>
    ImmutableArray<ElementNode> Slice(ElementNode node, string profile, string slice);
}

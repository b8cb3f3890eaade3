using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Answers <c>conformsTo()</c>; the seam between FHIRPath and validation.</summary>
public interface IProfileConformance
{
    /// <summary>Whether the element conforms to the profile; null when the profile is not known here.</summary>
    bool? Conforms(ElementNode node, string profile);
}

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Conformance;

/// <summary>Conformance and terminology resources by canonical, at one moment: an immutable view for any thread.</summary>
/// <remarks>Where several have one canonical url, the version asked for wins; without one, the active one with the
/// highest version. Whoever compiles from a source keeps the results as long as the source itself.</remarks>
public interface IConformanceSource
{
    /// <summary>The resource, or null.</summary>
    /// <param name="resourceType">StructureDefinition, ValueSet, CodeSystem, ConceptMap.</param>
    /// <param name="canonical">With or without <c>|version</c>.</param>
    ElementNode? Find(string resourceType, string canonical);

    /// <summary>All of a type, the one in force of each canonical; of a source that cannot list them none.</summary>
    IEnumerable<ElementNode> All(string resourceType) => [];
}

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>What is hidden from the index: it is made of the masked content.</summary>
/// <param name="Name">Another name masks otherwise.</param>
/// <param name="Of">The content as the index may see it; itself when there is nothing to hide.</param>
public sealed record IndexMask(string Name, Func<ElementNode, ElementNode> Of);

using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>What a code system says of one of its codes.</summary>
/// <param name="Display">In the language asked for; the code itself where it has none.</param>
/// <param name="Properties">Declared ones, and parents and children as the hierarchy has them.</param>
public sealed record ConceptDetails(
    CodeSystemHead System, string Code, string Display, ImmutableArray<Designation> Designations,
    ImmutableArray<ConceptProperty> Properties, bool IsAbstract, bool IsActive);

/// <summary>How two codes stand to each other: http://hl7.org/fhir/R4/valueset-concept-subsumption-outcome.html .</summary>
public enum Subsumption { NotSubsumed, Equivalent, Subsumes, SubsumedBy }

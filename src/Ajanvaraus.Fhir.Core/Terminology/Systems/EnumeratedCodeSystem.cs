namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>A code system whose concepts are here, all or some of them.</summary>
internal sealed class EnumeratedCodeSystem(CodeSystemHead head, ConceptTable concepts) : CodeSystem(head)
{
    public ConceptTable Concepts { get; } = concepts;

    /// <summary>This code system with what a supplement of it says besides.</summary>
    public EnumeratedCodeSystem With(EnumeratedCodeSystem supplement) =>
        new(Head with { PropertyTypes = supplement.Head.PropertyTypes.SetItems(Head.PropertyTypes) },
            Concepts.With(supplement.Concepts));

    /// <summary>All its codes are here: what is not among them is none of its codes.</summary>
    public bool IsComplete => Head.Content == CodeSystemContent.Complete;

    public override bool? Has(string code) => Concepts.Find(code) >= 0 ? true : IsComplete ? false : null;

    /// <summary>Whether the declared or used properties have that code.</summary>
    public bool HasProperty(string code) =>
        Head.PropertyTypes.ContainsKey(code) || Concepts.PropertyCodes.Contains(code);

    /// <summary>A grouping that is not meant to be used as a value.</summary>
    public bool IsAbstract(int concept)
    {
        foreach (var property in Concepts.Properties(concept))
            if (property.Code is ConceptProperties.NotSelectable or ConceptProperties.Abstract
                && property.Value == "true")
                return true;
        return false;
    }

    /// <summary>Whether the concept may be used at that moment.</summary>
    /// <param name="at">Microseconds since 1970 UTC.</param>
    public bool IsActive(int concept, long at) => ConceptPeriod.IsActive(Concepts.Properties(concept), at);

    /// <inheritdoc cref="IsActive(int, long)"/>
    /// <remarks>True for what is not one of its codes.</remarks>
    public bool IsActive(string code, long at) => Concepts.Find(code) is var concept && (concept < 0 || IsActive(concept, at));

    /// <summary>Codes below imply those above them: not where parts or mere groups are nested.</summary>
    public bool HierarchyIsSubsumption => Head.Hierarchy is not (HierarchyMeaning.PartOf or HierarchyMeaning.GroupedBy);
}

using System.Runtime.CompilerServices;

using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology.BuiltIn;
using Ajanvaraus.Fhir.Core.Terminology.Maps;
using Ajanvaraus.Fhir.Core.Terminology.Sets;
using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>What has been read out of terminology resources, kept as long as the resource itself is held.</summary>
/// <remarks>One serves all moments of a store: a resource that did not change is not read again.</remarks>
public sealed class TerminologyResources
{
    private readonly ConditionalWeakTable<ElementNode, EnumeratedCodeSystem> _systems = [];
    private readonly ConditionalWeakTable<ElementNode, ValueSetDefinition> _sets = [];
    private readonly ConditionalWeakTable<ElementNode, ConceptMapDefinition> _maps = [];

    internal EnumeratedCodeSystem CodeSystem(ElementNode resource) =>
        _systems.GetValue(resource, CodeSystemReader.Read);

    internal ValueSetDefinition ValueSet(ElementNode resource) => _sets.GetValue(resource, ValueSetReader.Read);

    internal ConceptMapDefinition ConceptMap(ElementNode resource) => _maps.GetValue(resource, ConceptMapReader.Read);
}

/// <summary>Code systems, value sets and concept maps by canonical: those of a source, then those of R4.</summary>
internal sealed class TerminologyCatalogue(IConformanceSource source, TerminologyResources resources)
{
    public CodeSystem? CodeSystem(string canonical)
    {
        if (source.Find("CodeSystem", canonical) is { } resource)
            return resources.CodeSystem(resource);
        return BuiltInTerminology.R4.CodeSystem(Canonical.Parse(canonical));
    }

    /// <summary>A code system with those of the supplements that are of it.</summary>
    public CodeSystem? CodeSystem(string canonical, ImmutableArray<string> supplements)
    {
        var system = CodeSystem(canonical);
        foreach (var supplement in supplements)
            if (system is EnumeratedCodeSystem enumerated
                && CodeSystem(supplement) is EnumeratedCodeSystem { Head.Supplements: { } supplemented } added
                && Canonical.Parse(supplemented).Url == enumerated.Url)
                system = enumerated.With(added);
        return system;
    }

    public ValueSetDefinition? ValueSet(string canonical) =>
        source.Find("ValueSet", canonical) is { } resource
            ? resources.ValueSet(resource)
            : BuiltInTerminology.R4.ValueSet(Canonical.Parse(canonical));

    public ConceptMapDefinition? ConceptMap(string canonical) =>
        source.Find("ConceptMap", canonical) is { } resource
            ? resources.ConceptMap(resource)
            : BuiltInTerminology.R4.ConceptMap(Canonical.Parse(canonical));
}

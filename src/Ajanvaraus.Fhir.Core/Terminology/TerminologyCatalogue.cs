using System.Collections.Concurrent;
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
/// <remarks>One belongs to one source, and keeps what it has put together as long.</remarks>
internal sealed class TerminologyCatalogue
{
    private readonly IConformanceSource _source;
    private readonly TerminologyResources _resources;
    private readonly ConcurrentDictionary<string, CodeSystem> _supplemented = new(StringComparer.Ordinal);

    /// <summary>By the url of the code system that they are of, in the order of their own.</summary>
    private readonly Lazy<ILookup<string, ElementNode>> _supplements;

    public TerminologyCatalogue(IConformanceSource source, TerminologyResources resources)
    {
        _source = source;
        _resources = resources;
        _supplements = new(() => source.All("CodeSystem")
            .Where(r => r.Text("content") == "supplement" && r.Text("status") != "retired")
            .OrderBy(r => r.Text("url"), StringComparer.Ordinal)
            .ToLookup(r => Canonical.Parse(r.Text("supplements") ?? "").Url));
    }

    /// <summary>A code system, with what the supplements of it say besides.</summary>
    /// <remarks>R4 has no parameter to ask for a supplement, and leaves it to servers when one is heeded:
    /// http://hl7.org/fhir/R4/codesystem.html#supplements . Here each that is known is.</remarks>
    public CodeSystem? CodeSystem(string canonical)
    {
        if (_supplemented.TryGetValue(canonical, out var known))
            return known;
        var system = Alone(canonical);
        if (system is not EnumeratedCodeSystem enumerated || !_supplements.Value.Contains(enumerated.Url))
            return system;
        foreach (var supplement in _supplements.Value[enumerated.Url])
            if (enumerated.Head.Version.Length == 0
                || Canonical.Parse(supplement.Text("supplements")!).Admits(enumerated.Head.Version))
                enumerated = enumerated.With(_resources.CodeSystem(supplement));
        return _supplemented.GetOrAdd(canonical, enumerated);
    }

    private CodeSystem? Alone(string canonical) => _source.Find("CodeSystem", canonical) is { } resource
        ? _resources.CodeSystem(resource)
        : BuiltInTerminology.R4.CodeSystem(Canonical.Parse(canonical));

    /// <summary>Canonicals of the maps from one value set to another, stored ones first.</summary>
    /// <param name="from">Value set of the source codes, with or without version; null: any.</param>
    /// <param name="to">Value set of the target codes, with or without version; null: any.</param>
    public IEnumerable<ConceptMapDefinition> ConceptMaps(string? from, string? to)
    {
        var stored = _source.All("ConceptMap").Where(r => r.Text("status") != "retired").Select(_resources.ConceptMap)
            .OrderBy(map => map.Url, StringComparer.Ordinal).ToList();
        var urls = stored.Select(map => map.Url).ToHashSet();
        return stored.Concat(BuiltInTerminology.R4.ConceptMaps.Where(url => !urls.Contains(url))
                .Select(url => BuiltInTerminology.R4.ConceptMap(Canonical.Parse(url))!))
            .Where(map => IsOf(map.Source, from) && IsOf(map.Target, to));
    }

    private static bool IsOf(string? valueSet, string? wanted) => wanted is null
        || (valueSet is not null && Canonical.Parse(valueSet) is var known && Canonical.Parse(wanted) is var asked
            && known.Url == asked.Url && (known.Version is null || asked.Version is null || known.Version == asked.Version));

    public ValueSetDefinition? ValueSet(string canonical) =>
        _source.Find("ValueSet", canonical) is { } resource
            ? _resources.ValueSet(resource)
            : BuiltInTerminology.R4.ValueSet(Canonical.Parse(canonical));

    public ConceptMapDefinition? ConceptMap(string canonical) =>
        _source.Find("ConceptMap", canonical) is { } resource
            ? _resources.ConceptMap(resource)
            : BuiltInTerminology.R4.ConceptMap(Canonical.Parse(canonical));
}

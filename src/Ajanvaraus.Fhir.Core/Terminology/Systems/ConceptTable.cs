using System.Collections.Frozen;

namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>The concepts of a code system, by ordinal in the order of the source.</summary>
/// <remarks>Compact: parallel arrays, and properties and designations only of the concepts that have any; 50 000
/// concepts are held in a few megabytes.</remarks>
internal sealed class ConceptTable
{
    private readonly string[] _codes;
    private readonly string?[] _displays;
    private readonly Dictionary<string, int> _ordinals;
    private readonly Dictionary<int, ImmutableArray<ConceptProperty>> _properties;
    private readonly Dictionary<int, ImmutableArray<Designation>> _designations;
    private readonly Lazy<ImmutableArray<long>> _moments;

    internal ConceptTable(
        string[] codes, string?[] displays, Dictionary<string, int> ordinals, ConceptGraph graph,
        Dictionary<int, ImmutableArray<ConceptProperty>> properties,
        Dictionary<int, ImmutableArray<Designation>> designations)
    {
        _codes = codes;
        _displays = displays;
        _ordinals = ordinals;
        Graph = graph;
        _properties = properties;
        _designations = designations;
        _moments = new Lazy<ImmutableArray<long>>(() =>
            [.. properties.Values.SelectMany(ConceptPeriod.Moments).Distinct().Order()]);
        PropertyCodes = properties.Values.SelectMany(p => p).Select(p => p.Code).ToFrozenSet();
    }

    public int Count => _codes.Length;

    /// <summary>The same concepts, with what a supplement says of them besides.</summary>
    /// <remarks>"Supplements can define properties and designations, and nothing else":
    /// http://hl7.org/fhir/R4/codesystem.html#supplements .</remarks>
    public ConceptTable With(ConceptTable supplement) => new(
        _codes, _displays, _ordinals, Graph, Merged(supplement, _properties, supplement._properties),
        Merged(supplement, _designations, supplement._designations));

    private Dictionary<int, ImmutableArray<T>> Merged<T>(
        ConceptTable supplement, Dictionary<int, ImmutableArray<T>> own,
        Dictionary<int, ImmutableArray<T>> added)
    {
        var merged = new Dictionary<int, ImmutableArray<T>>(own);
        foreach (var (place, items) in added)
            if (Find(supplement._codes[place]) is var concept and >= 0)
                merged[concept] = merged.TryGetValue(concept, out var before) ? before.AddRange(items) : items;
        return merged;
    }

    public ConceptGraph Graph { get; }

    /// <summary>Of all concepts.</summary>
    public FrozenSet<string> PropertyCodes { get; }

    /// <summary>When any of the concepts may begin or cease to be approved, in order.</summary>
    public ImmutableArray<long> Moments => _moments.Value;

    /// <summary>The ordinal, or -1.</summary>
    public int Find(string code) => _ordinals.TryGetValue(code, out var ordinal) ? ordinal : -1;

    public string Code(int concept) => _codes[concept];

    public string? Display(int concept) => _displays[concept];

    public ImmutableArray<ConceptProperty> Properties(int concept) =>
        _properties.TryGetValue(concept, out var properties) ? properties : [];

    public ImmutableArray<Designation> Designations(int concept) =>
        _designations.TryGetValue(concept, out var designations) ? designations : [];

    /// <summary>The value of the first property of that code, or null.</summary>
    public string? Property(int concept, string code)
    {
        foreach (var property in Properties(concept))
            if (property.Code == code)
                return property.Value;
        return null;
    }
}

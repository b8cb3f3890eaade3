namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>Collects concepts and their hierarchy: by nesting and by the properties parent, subsumedBy and child.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/codesystem.html#hierarchy . A code that stands twice is one concept with
/// both parents; its first display stays.</remarks>
internal sealed class ConceptTableBuilder(bool isCaseSensitive)
{
    public const int NoParent = -1;

    private readonly List<string> _codes = [];
    private readonly List<string?> _displays = [];
    private readonly Dictionary<string, int> _ordinals =
        new(isCaseSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(int Child, int Parent)> _edges = [];
    private readonly Dictionary<int, List<ConceptProperty>> _properties = [];
    private readonly Dictionary<int, List<Designation>> _designations = [];

    /// <returns>The ordinal.</returns>
    public int Add(string code, string? display, int parent)
    {
        if (!_ordinals.TryGetValue(code, out var concept))
        {
            concept = _codes.Count;
            _ordinals.Add(code, concept);
            _codes.Add(code);
            _displays.Add(display);
        }
        if (parent != NoParent)
            _edges.Add((concept, parent));
        return concept;
    }

    public void Add(int concept, ConceptProperty property) => Add(_properties, concept, property);

    public void Add(int concept, Designation designation) => Add(_designations, concept, designation);

    public ConceptTable Build()
    {
        foreach (var (concept, properties) in _properties)
            foreach (var property in properties)
                AddEdge(concept, property);
        return new ConceptTable(
            [.. _codes], [.. _displays], _ordinals, new ConceptGraph(_codes.Count, _edges),
            Packed(_properties), Packed(_designations));
    }

    private void AddEdge(int concept, ConceptProperty property)
    {
        var isChild = property.Code == ConceptProperties.Child;
        if (!isChild && property.Code is not (ConceptProperties.Parent or ConceptProperties.SubsumedBy))
            return;
        // What names a concept that is not here says nothing of the hierarchy that is.
        if (_ordinals.TryGetValue(property.Value, out var other))
            _edges.Add(isChild ? (other, concept) : (concept, other));
    }

    private static void Add<T>(Dictionary<int, List<T>> all, int concept, T item)
    {
        if (!all.TryGetValue(concept, out var list))
            all.Add(concept, list = []);
        list.Add(item);
    }

    private static Dictionary<int, ImmutableArray<T>> Packed<T>(Dictionary<int, List<T>> all) =>
        all.ToDictionary(x => x.Key, x => x.Value.ToImmutableArray());
}

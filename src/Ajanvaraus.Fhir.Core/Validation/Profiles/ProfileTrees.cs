using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

/// <summary>Puts profiles together from a source of StructureDefinitions; each once.</summary>
/// <remarks>
/// <para>Where the base is known, the differential is laid over it. Where it is not, or there is no differential, the
/// snapshot is: what it repeats of the base definitions adds nothing.</para>
/// <para>Safe for any thread: profiles are few, one is put together at a time.</para>
/// <para>Source: http://hl7.org/fhir/R4/profiling.html#snapshot .</para>
/// </remarks>
internal sealed class ProfileTrees(FhirDefinitions definitions, IConformanceSource source)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ProfileTree?> _trees = new(StringComparer.Ordinal);
    private readonly HashSet<string> _underway = new(StringComparer.Ordinal);

    /// <summary>The profile; null when it is not known, is a core type, or leads back to itself by its bases.</summary>
    public ProfileTree? Find(string canonical)
    {
        if (CoreTypes.NameOf(canonical) is not null)
            return null;
        lock (_gate)
        {
            if (_trees.TryGetValue(canonical, out var known))
                return known;
            if (!_underway.Add(canonical))
                return null;
            var tree = source.Find("StructureDefinition", canonical) is { } definition ? Build(definition) : null;
            _underway.Remove(canonical);
            return _trees[canonical] = tree;
        }
    }

    /// <summary>The profile that a StructureDefinition describes, whether it is known here or not; null for none.</summary>
    public ProfileTree? Of(ElementNode definition)
    {
        lock (_gate)
            return Build(definition);
    }

    /// <summary>A new type, not a profile; some call a profile of a type a specialization of it.</summary>
    private static bool DefinesType(ElementNode definition, TypeSchema type) =>
        definition.Text("derivation") == "specialization"
        && (definition.Text("baseDefinition") is not { } canonical || CoreTypes.NameOf(canonical) != type.Name);

    /// <summary>Null for what is no profile of a type that is known here: a logical model, say.</summary>
    private ProfileTree? Build(ElementNode definition)
    {
        if (definition.Text("url") is not { } url || definition.Text("type") is not { } typeName
            || !definitions.Types.TryGetValue(CoreTypes.NameOf(typeName) ?? typeName, out var type)
            || DefinesType(definition, type))
            return null;
        var baseUrl = definition.Text("baseDefinition");
        var isOnCoreType = baseUrl is null || CoreTypes.NameOf(baseUrl) is not null;
        var below = isOnCoreType ? null : Find(baseUrl!);
        var tree = new ProfileTree
        {
            Url = url,
            Definition = definition,
            Type = type,
            Root = below?.Root.Copy() ?? new ProfileElement { Name = type.Name, Id = type.Name, SchemaTypes = [type] },
        };
        if (below is not null)
            tree.Faults.AddRange(below.Faults);
        var elements = definition["differential"]?.All("element").ToList() ?? [];
        if (elements.Count == 0 || (!isOnCoreType && below is null && definition["snapshot"] is not null))
            elements = definition["snapshot"]?.All("element").ToList() ?? elements;
        else if (!isOnCoreType && below is null)
            tree.Faults.Add($"its base {baseUrl} is not known");
        new DifferentialMerge(definitions, this, tree).Apply(elements);
        return tree;
    }
}

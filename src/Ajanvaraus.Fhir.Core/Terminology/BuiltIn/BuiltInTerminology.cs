using System.Collections.Concurrent;

using Ajanvaraus.Fhir.Core.Terminology.Maps;
using Ajanvaraus.Fhir.Core.Terminology.Sets;
using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology.BuiltIn;

/// <summary>The code systems, value sets and concept maps of R4, and the codes of ISO 3166-1 and ISO 4217.</summary>
/// <remarks>Nothing is read before it is asked for: the start of the server does not pay for it.</remarks>
internal sealed class BuiltInTerminology
{
    private readonly Lazy<EmbeddedBlocks> _systemLines = new(() => new EmbeddedBlocks("r4-code-systems.txt"));
    private readonly Lazy<EmbeddedBlocks> _isoLines = new(() => new EmbeddedBlocks("iso-code-systems.txt"));
    private readonly Lazy<EmbeddedBlocks> _setLines = new(() => new EmbeddedBlocks("r4-compositions.txt"));
    private readonly Lazy<EmbeddedBlocks> _mapLines = new(() => new EmbeddedBlocks("r4-concept-maps.txt"));
    private readonly ConcurrentDictionary<string, EnumeratedCodeSystem> _systems = new();
    private readonly ConcurrentDictionary<string, ValueSetDefinition> _sets = new();
    private readonly ConcurrentDictionary<string, ConceptMapDefinition> _maps = new();

    private static readonly Lazy<BuiltInTerminology> Loaded = new(() => new BuiltInTerminology());

    /// <summary>Shared by the process, as the definitions of R4 are.</summary>
    public static BuiltInTerminology R4 => Loaded.Value;

    /// <summary>Those of grammars too.</summary>
    public IEnumerable<string> CodeSystems =>
        _systemLines.Value.Canonicals.Concat(_isoLines.Value.Canonicals).Concat(GrammarCodeSystems.Urls);

    public IEnumerable<string> ValueSets => _setLines.Value.Canonicals;

    public IEnumerable<string> ConceptMaps => _mapLines.Value.Canonicals;

    public CodeSystem? CodeSystem(Canonical canonical)
    {
        if (GrammarCodeSystems.Find(canonical.Url) is { } grammar)
            return grammar;
        var found = Find(_systems, canonical.Url, _systemLines, BuiltInCodeSystems.Read)
            ?? Find(_systems, canonical.Url, _isoLines, BuiltInCodeSystems.Read);
        return found is not null && canonical.Admits(found.Head.Version) ? found : null;
    }

    public ValueSetDefinition? ValueSet(Canonical canonical) =>
        Find(_sets, canonical.Url, _setLines, BuiltInValueSets.Read) is { } found && canonical.Admits(found.Version)
            ? found
            : null;

    public ConceptMapDefinition? ConceptMap(Canonical canonical) =>
        Find(_maps, canonical.Url, _mapLines, BuiltInConceptMaps.Read) is { } found && canonical.Admits(found.Version)
            ? found
            : null;

    private static T? Find<T>(
        ConcurrentDictionary<string, T> known, string url, Lazy<EmbeddedBlocks> lines,
        Func<IEnumerable<(int Depth, string[] Columns)>, T> read)
        where T : class
    {
        if (known.TryGetValue(url, out var found))
            return found;
        return lines.Value.Find(url) is { } block ? known.GetOrAdd(url, read(block)) : null;
    }
}

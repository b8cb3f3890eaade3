using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Conformance;

/// <summary>The conformance and terminology resources of the store, over those that the server brings along.</summary>
/// <remarks>
/// What is written is in force with the next question, whichever process wrote it: each question costs one query of an
/// index. Only what has changed is read and parsed anew.
/// </remarks>
public sealed class ConformanceCatalogue(ResourceStore store, IConformanceSource below)
{
    private static readonly string[] Types =
    [
        "StructureDefinition", "ValueSet", "CodeSystem", "ConceptMap",
        // What answers, measure reports, search parameters and whole guides are validated by.
        "Questionnaire", "Measure", "SearchParameter", "ImplementationGuide",
    ];

    /// <summary>One reads what is new: the others wait for it.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    private State _state = new(0, new Dictionary<long, ElementNode>(), new ConformanceSet([], below));

    /// <summary>All that is in force now. The same instance as long as nothing has changed.</summary>
    public async ValueTask<ConformanceSet> CurrentAsync(CancellationToken cancel)
    {
        var versions = await store.QueryAsync(s => s.WholeTypes.CountVersionsAsync(Types), cancel);
        // Versions are never removed, so a greater number is a later state.
        if (Volatile.Read(ref _state) is { } known && known.Versions >= versions)
            return known.Set;
        await _turn.WaitAsync(cancel);
        try
        {
            if (_state.Versions < versions)
                Volatile.Write(ref _state, await store.QueryAsync(ReadAsync, cancel));
            return _state.Set;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<State> ReadAsync(ReadSession session)
    {
        var before = _state.ByVersion;
        var versions = await session.WholeTypes.CountVersionsAsync(Types);
        var keys = await session.WholeTypes.CurrentVersionsAsync(Types);
        var read = await session.WholeTypes.ReadVersionsAsync([.. keys.Where(key => !before.ContainsKey(key))]);
        var found = read.ToDictionary(r => r.Key, r => StoredNodes.Parse(r.Resource));
        var byVersion = keys.ToDictionary(key => key, key => before.TryGetValue(key, out var node) ? node : found[key]);
        return new State(versions, byVersion, new ConformanceSet(byVersion.Values, below));
    }

    private sealed record State(long Versions, Dictionary<long, ElementNode> ByVersion, ConformanceSet Set);
}

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Conformance;

/// <summary>The search parameters in force: those of R4, our own, and those that are stored and have been taken into use.</summary>
/// <remarks>
/// A stored one is taken into use by a reindexing: when it begins, every process indexes by it what it writes; when all that
/// is stored is indexed, it is searched by. Which they are stands in the database; a process looks there every
/// <see cref="Look"/>, and a reindexing waits that long before it begins with what is stored.
/// </remarks>
public sealed class CurrentSearchParameters
{
    /// <summary>How often a process looks whether others are in force.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly string[] Types = ["SearchParameter"];

    private readonly ResourceStore _store;
    private readonly SearchSettings _settings;
    private readonly SearchParameterRegistry _known;
    private readonly SemaphoreSlim _turn = new(1);

    private State _state;

    /// <param name="known">Those that the server brings along.</param>
    public CurrentSearchParameters(SearchParameterRegistry known, ResourceStore store, SearchSettings settings)
    {
        (_known, _store, _settings) = (known, store, settings);
        _state = StateOf([], [], []);
    }

    /// <summary>By which everything that is written is indexed.</summary>
    public SearchIndexer Indexer => Volatile.Read(ref _state).Indexer;

    /// <summary>Reads searches by the parameters that are searched by.</summary>
    public SearchQueryParser Parser => Volatile.Read(ref _state).Parser;

    /// <summary>The parameters that are searched by; the same instance as long as they are the same.</summary>
    public SearchParameterRegistry Searched => Volatile.Read(ref _state).Searched;

    /// <summary>The parameters that the server brings along.</summary>
    public SearchParameterRegistry BuiltIn => _known;

    /// <summary>Looks in the database which are in force.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var inForce = await _store.QueryAsync(session => session.IndexedParameters.AllAsync(), cancel);
            if (_state.InForce.SequenceEqual(inForce))
                return;
            var stored = await _store.QueryAsync(
                session => session.WholeTypes.ReadVersionsAsync([.. inForce.Select(p => p.VersionKey)]), cancel);
            var definitions = stored.ToDictionary(s => s.Key, s => Read(s.Resource));
            Volatile.Write(ref _state, StateOf(
                inForce, Definitions(inForce, definitions), Definitions(inForce.RemoveAll(p => !p.IsReady), definitions)));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes the stored ones into use for what is written from now on, in this process at once.</summary>
    /// <returns>Keys of their versions, for <see cref="FinishAsync"/>.</returns>
    public async Task<Outcome<ImmutableArray<long>>> AdoptAsync(CancellationToken cancel)
    {
        var keys = await _store.QueryAsync(session => session.WholeTypes.CurrentVersionsAsync(Types), cancel);
        var stored = await _store.QueryAsync(session => session.WholeTypes.ReadVersionsAsync(keys), cancel);
        ImmutableArray<long> usable =
            [.. stored.Where(s => Read(s.Resource) is { Failed: false, Value: not null }).Select(s => s.Key).Order()];
        var adopted = await _store.WriteAsync<bool>(async session =>
        {
            await session.IndexedParameters.ReplaceAsync(usable);
            return true;
        }, cancel);
        if (adopted.Failed)
            return adopted.Problem;
        await RefreshAsync(cancel);
        return usable;
    }

    /// <summary>Says that all that is stored is indexed by these: they are searched by.</summary>
    public async Task<Outcome<bool>> FinishAsync(ImmutableArray<long> keys, CancellationToken cancel)
    {
        var finished = await _store.WriteAsync<bool>(async session =>
        {
            await session.IndexedParameters.MarkReadyAsync(keys);
            return true;
        }, cancel);
        if (!finished.Failed)
            await RefreshAsync(cancel);
        return finished;
    }

    /// <summary>Why stored SearchParameters that are active are not used: a warning for each.</summary>
    public async Task<ImmutableArray<Issue>> UnusableAsync(CancellationToken cancel)
    {
        var keys = await _store.QueryAsync(session => session.WholeTypes.CurrentVersionsAsync(Types), cancel);
        var stored = await _store.QueryAsync(session => session.WholeTypes.ReadVersionsAsync(keys), cancel);
        return [.. stored.Select(s => Read(s.Resource)).Where(r => r.Failed).SelectMany(r => r.Problem!.Issues)];
    }

    private Outcome<SearchParameterDefinition?> Read(StoredResource stored) =>
        StoredSearchParameter.Read(StoredNodes.Parse(stored), _known);

    private static ImmutableArray<SearchParameterDefinition> Definitions(
        ImmutableArray<IndexedParameter> parameters, Dictionary<long, Outcome<SearchParameterDefinition?>> definitions) =>
    [
        .. parameters.Select(p => definitions.TryGetValue(p.VersionKey, out var read) && !read.Failed ? read.Value : null)
            .OfType<SearchParameterDefinition>(),
    ];

    private State StateOf(
        ImmutableArray<IndexedParameter> inForce, ImmutableArray<SearchParameterDefinition> indexed,
        ImmutableArray<SearchParameterDefinition> searched)
    {
        var forSearch = searched.IsEmpty ? _known : new SearchParameterRegistry(_known.Definitions, searched);
        var forIndex = indexed.Length == searched.Length ? forSearch : new SearchParameterRegistry(_known.Definitions, indexed);
        return new State(
            inForce, forSearch, new SearchQueryParser(forSearch, _settings),
            new SearchIndexer(forIndex, baseUrl: _settings.BaseUrl, mask: _store.Identities.Mask));
    }

    private sealed record State(
        ImmutableArray<IndexedParameter> InForce, SearchParameterRegistry Searched, SearchQueryParser Parser,
        SearchIndexer Indexer);
}

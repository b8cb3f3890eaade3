using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Persistence.Upkeep;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests.Search;

/// <summary>Random resources, stored and remembered: many of them made again, some deleted.</summary>
internal sealed class SearchTown : IAsyncDisposable
{
    private static readonly SearchParameterRegistry Registry = new(R4.Definitions);

    private readonly TestStore _test;
    private readonly Random _random;
    private readonly RandomResources _resources;
    private readonly SearchIndexer _indexer = new(Registry, baseUrl: RandomResources.BaseUrl);
    private readonly SearchQueryParser _parser;

    /// <summary>What was stored last by type and id: the version that the next write replaces, or one that is outdated.</summary>
    private readonly Dictionary<(string Type, string Id), PreparedResource> _written = [];

    private SearchTown(TestStore test, int seed)
    {
        Oracle = new SearchOracle(test.Store.Dialect);
        _test = test;
        _random = new Random(seed);
        _resources = new RandomResources(_random);
        _parser = new SearchQueryParser(
            Registry, new SearchSettings { BaseUrl = RandomResources.BaseUrl, Clock = test.Clock });
        Queries = new RandomQueries(_random, Registry, Oracle);
    }

    public SearchOracle Oracle { get; }

    public RandomQueries Queries { get; }

    public ResourceStore Store => _test.Store;

    public static async Task<SearchTown> OpenAsync(DatabaseEngine engine, int seed)
    {
        var town = new SearchTown(await TestStore.OpenAsync(engine), seed);
        foreach (var type in RandomResources.Types)
            await town.PutAsync(type);
        for (var n = 0; n < 170 * RandomResources.Size; n++)
            await town.ChangeAsync();
        return town;
    }

    public string AnyType() => RandomResources.Types.ElementAt(_random.Next(RandomResources.Types.Count()));

    public int Below(int end) => _random.Next(end);

    /// <summary>A new resource or version, or a deletion.</summary>
    public async Task ChangeAsync()
    {
        var type = AnyType();
        if (_random.Next(8) == 0 && Oracle.Of(type).Skip(1).LastOrDefault() is { } old)
        {
            await _test.DeleteAsync(type, old.Id);
            Oracle.Delete(type, old.Id);
            return;
        }
        await PutAsync(type);
    }

    /// <summary>Null when the text, which is random, is no query; such are few.</summary>
    public SearchQuery? Parse(IReadOnlyList<KeyValuePair<string, string>> parameters, params string[] types)
    {
        var outcome = _parser.Parse([.. types], parameters, terminology: SearchTerms.Service(_test.Clock));
        return outcome.Failed ? null : outcome.Value;
    }

    /// <summary>What the check of the whole database says of the rows that are searched; nothing here was booked by the rules.</summary>
    public async Task<List<string>> FindingsAsync()
    {
        var findings = new List<string>();
        await Store.Upkeep.AuditAsync(_indexer, findings.Add, new Progress<long>(), default);
        return findings.FindAll(f => f.EndsWith("run reindex", StringComparison.Ordinal));
    }

    public async Task ReindexAsync()
    {
        for (var step = new ReindexStep(1, 0); step.Count > 0;)
            step = (await Store.Upkeep.ReindexAsync([], step.LastKey, _indexer, default)).Value!;
    }

    public async ValueTask DisposeAsync() => await _test.DisposeAsync();

    private async Task PutAsync(string type)
    {
        _test.Clock.Advance(TimeSpan.FromMilliseconds(_random.Next(1, 5000)));
        var node = TestStore.Prepared(_resources.Next(type).ToJsonString()).Node;
        var resource = new PreparedResource(node, _indexer.Index(node), _indexer.Rules);
        // Most writes change the rows that differ, some replace them all: what is found must not tell which.
        var before = _random.Next(4) == 0 ? null : _written.GetValueOrDefault((type, node.Id!));
        var stored = await _test.PutAsync(resource, before);
        if (_random.Next(4) != 0)
            _written[(type, stored.Id)] = resource with { Version = stored.Version };
        Oracle.Put(new IndexedResource(type, stored.Id, stored.LastUpdated, resource.Index));
    }
}

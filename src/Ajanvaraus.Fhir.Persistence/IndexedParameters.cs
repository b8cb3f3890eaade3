using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence;

/// <summary>A stored SearchParameter that writes index by.</summary>
/// <param name="VersionKey">Of its version: another version is another parameter.</param>
/// <param name="IsReady">All that is stored is indexed by it: it is searched by.</param>
public sealed record IndexedParameter(long VersionKey, bool IsReady);

/// <summary>Which stored SearchParameters are in force, the same for all processes.</summary>
public sealed class IndexedParameters
{
    private readonly SqlChannel _channel;

    internal IndexedParameters(SqlChannel channel) => _channel = channel;

    /// <summary>By their keys.</summary>
    public async ValueTask<ImmutableArray<IndexedParameter>> AllAsync() =>
    [
        .. await _channel.QueryAsync(
            "SELECT version_key, is_ready FROM indexed_parameter ORDER BY version_key",
            r => new IndexedParameter(r.GetInt64(0), r.GetInt32(1) != 0)),
    ];

    /// <summary>Says by which writes are to index from now on; those that were ready and stay are ready still.</summary>
    public async ValueTask ReplaceAsync(IReadOnlyCollection<long> versionKeys)
    {
        var known = await AllAsync();
        foreach (var gone in known.Where(k => !versionKeys.Contains(k.VersionKey)))
            await _channel.WriteAsync($"DELETE FROM indexed_parameter WHERE version_key = {P(1)}", gone.VersionKey);
        foreach (var key in versionKeys.Where(key => known.All(k => k.VersionKey != key)))
            await _channel.WriteAsync(
                $"INSERT INTO indexed_parameter (version_key, is_ready) VALUES ({P(1)}, 0)", key);
    }

    /// <summary>Says that all that is stored is indexed by these.</summary>
    public async ValueTask MarkReadyAsync(IReadOnlyCollection<long> versionKeys)
    {
        foreach (var key in versionKeys)
            await _channel.WriteAsync($"UPDATE indexed_parameter SET is_ready = 1 WHERE version_key = {P(1)}", key);
    }

    private string P(int n) => _channel.Dialect.Placeholder(n);
}

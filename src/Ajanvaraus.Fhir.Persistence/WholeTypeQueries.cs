using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence;

/// <summary>What is asked by somebody who keeps all resources of some types in memory: have they changed, what is new.</summary>
public sealed class WholeTypeQueries
{
    private readonly SqlChannel _channel;

    internal WholeTypeQueries(SqlChannel channel) => _channel = channel;

    /// <summary>How many versions of these types there are, deletions too: any write of such a type adds one.</summary>
    /// <remarks>
    /// One walk of an index. The greatest key would be found sooner but is no sign: where keys are drawn from a sequence,
    /// a transaction with a lesser key may commit later.
    /// </remarks>
    public async ValueTask<long> CountVersionsAsync(IReadOnlyCollection<string> types)
    {
        var sql = new SqlText(_channel.Dialect)
            .Append("SELECT COUNT(*) FROM resource_version v WHERE ").In("v.type", types);
        return await _channel.FirstAsync(sql.Text, r => Convert.ToInt64(r.GetValue(0)), sql.Arguments);
    }

    /// <summary>Keys of the current versions of those that are not deleted, in the order of their making.</summary>
    public async ValueTask<IReadOnlyList<long>> CurrentVersionsAsync(IReadOnlyCollection<string> types)
    {
        var sql = new SqlText(_channel.Dialect)
            .Append("SELECT r.version_key FROM resource r WHERE ").In("r.type", types)
            .Append(" AND r.deleted = 0 ORDER BY r.resource_key");
        return await _channel.QueryAsync(sql.Text, r => r.GetInt64(0), sql.Arguments);
    }

    /// <summary>The codes by which resources are found with these token parameters, each once, in order.</summary>
    /// <param name="parameters">Of <c>_tag</c>, <c>_security</c> and the like.</param>
    /// <param name="most">Not more than so many.</param>
    public async ValueTask<IReadOnlyList<(string System, string Code)>> CodesAsync(
        IReadOnlyCollection<long> parameters, int most)
    {
        var sql = new SqlText(_channel.Dialect)
            .Append("SELECT DISTINCT i.system, i.code FROM index_token i WHERE ").In("i.parameter", parameters)
            .Append(_channel.Dialect.Leading(Writing.IndexTable.Token, "i"))
            .Append(" ORDER BY i.system, i.code ").Limit(most);
        return await _channel.QueryAsync(sql.Text, r => (r.GetString(0), r.GetString(1)), sql.Arguments);
    }

    /// <summary>As <see cref="CodesAsync"/>, of parameters that are uris.</summary>
    public async ValueTask<IReadOnlyList<string>> UrisAsync(IReadOnlyCollection<long> parameters, int most)
    {
        var sql = new SqlText(_channel.Dialect)
            .Append("SELECT DISTINCT i.uri FROM index_uri i WHERE ").In("i.parameter", parameters)
            .Append(" ORDER BY i.uri ").Limit(most);
        return await _channel.QueryAsync(sql.Text, r => r.GetString(0), sql.Arguments);
    }

    /// <summary>The versions of these keys with their keys, in no order.</summary>
    public async ValueTask<IReadOnlyList<(long Key, StoredResource Resource)>> ReadVersionsAsync(
        IReadOnlyCollection<long> keys)
    {
        if (keys.Count == 0)
            return [];
        var sql = new SqlText(_channel.Dialect)
            .Append($"SELECT {StoredResourceReader.Columns}, v.version_key FROM resource_version v ")
            .Append("JOIN resource r ON r.resource_key = v.resource_key WHERE ").In("v.version_key", keys);
        return await _channel.QueryAsync(
            sql.Text, r => (r.GetInt64(7), StoredResourceReader.Read(r)), sql.Arguments);
    }
}

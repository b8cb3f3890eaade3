using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Audit;
using Ajanvaraus.Fhir.Persistence.Identities;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Upkeep;

/// <summary>Brings what is hidden under the current key, and hides what still stands in clear.</summary>
/// <remarks>Bodies of all versions and the index rows of a resource change in one transaction: the key that its bodies name
/// tells under which its rows are. A run that was interrupted is repeated; what is done is passed over.</remarks>
internal sealed class Rekeying(SqlChannel channel, StoreSql sql, SearchIndexer indexer)
{
    private static readonly ImmutableArray<(string Table, string[] Key, string Column, bool IsSecret)> Others =
    [
        ("idempotency_key", ["key_hash"], "body", false),
        ("job", ["job_id"], "request", false),
        ("job", ["job_id"], "result", false),
        ("job_file", ["job_id", "name", "part"], "body", false),
        ("audit_secret", ["secret_id"], "secret", true),
    ];

    private const int EntriesAtATime = 2000;

    private IdentityKeys Keys => channel.Dialect.Identities;

    /// <summary>One transaction over some resources.</summary>
    public async ValueTask<Outcome<ReindexStep>> RunAsync(long after)
    {
        var reindexing = new Reindexing(channel, sql, indexer);
        var keys = await reindexing.KeysAsync([], after);
        if (keys.Count == 0)
            return new ReindexStep(0, after);
        var stale = (await StaleAsync(keys)).Select(version => version.Resource).Distinct().Order().ToList();
        if (stale.Count > 0)
        {
            await reindexing.ReplaceAsync(stale);
            // Read again: until now somebody could have written other tags into a version.
            foreach (var version in await StaleAsync(stale))
                await channel.WriteAsync(
                    $"UPDATE resource_version SET body = {P(1)} WHERE version_key = {P(2)}",
                    Keys.Seal(Keys.Open(version.Body)), version.Key);
        }
        return new ReindexStep(keys.Count, keys[^1]);
    }

    /// <summary>What is kept of requests and work in the background, which is little and not for long.</summary>
    public async ValueTask<Outcome<bool>> RunOnOthersAsync()
    {
        foreach (var (table, key, column, isSecret) in Others)
        {
            var names = string.Join(", ", key);
            var rows = await channel.QueryAsync(
                $"SELECT {names} FROM {table} WHERE {column} IS NOT NULL",
                row => Enumerable.Range(0, key.Length).Select(row.GetValue).ToArray());
            var found = string.Join(" AND ", key.Select((name, n) => $"{name} = {P(n + 1)}"));
            foreach (var row in rows)
            {
                var stored = await channel.FirstAsync($"SELECT {column} FROM {table} WHERE {found}", r => r.GetBytes(0), row);
                // What came without keys is hidden where it is a secret; nobody can see that of what is packed.
                if (stored is null || IdentityKeys.NameOn(stored) == Keys.Current
                    || (!isSecret && !IdentityKeys.IsSealed(stored)))
                    continue;
                // A result that came meanwhile is under the current key already.
                await channel.WriteAsync(
                    $"UPDATE {table} SET {column} = {P(key.Length + 1)} WHERE {found} AND {column} = {P(key.Length + 2)}",
                    [.. row, Keys.Seal(Keys.Open(stored)), stored]);
            }
        }
        return true;
    }

    /// <summary>Some entries of the log; what they say, and so their hashes, stays.</summary>
    public async ValueTask<AuditStep> RunOnLogAsync(AuditPlace after)
    {
        var query = new SqlText(channel.Dialect).Append("SELECT chain, seq, body FROM audit_entry WHERE chain > ").Argument(after.Chain)
            .Append(" OR (chain = ").Argument(after.Chain).Append(" AND seq > ").Argument(after.Seq)
            .Append(") ORDER BY chain, seq ").Limit(EntriesAtATime);
        var entries = await channel.QueryAsync(
            query.Text, r => (Place: new AuditPlace(r.GetInt32(0), r.GetInt64(1)), Body: r.GetBytes(2)), query.Arguments);
        foreach (var (place, body) in entries)
            if (IdentityKeys.NameOn(body) != Keys.Current)
                await channel.WriteAsync(
                    $"UPDATE audit_entry SET body = {P(1)} WHERE chain = {P(2)} AND seq = {P(3)}",
                    Keys.Seal(Keys.Open(body)), place.Chain, place.Seq);
        return new AuditStep(entries.Count < EntriesAtATime ? null : entries[^1].Place);
    }

    private async ValueTask<List<(long Key, long Resource, byte[] Body)>> StaleAsync(List<long> resources)
    {
        var query = new SqlText(channel.Dialect);
        query.Append("SELECT v.version_key, v.resource_key, v.body FROM resource_version v WHERE ").In("v.resource_key", resources);
        var versions = await channel.QueryAsync(
            query.Text, row => (row.GetInt64(0), row.GetInt64(1), row.GetBytes(2)), query.Arguments);
        return versions.FindAll(version => IsStale(version.Item3));
    }

    private bool IsStale(byte[] body) => IdentityKeys.NameOn(body) is { } name
        ? name != Keys.Current
        : IdentityKeys.MustHide(body);

    private string P(int n) => channel.Dialect.Placeholder(n);
}

/// <param name="Last">Where to go on; null: all is done.</param>
internal sealed record AuditStep(AuditPlace? Last);

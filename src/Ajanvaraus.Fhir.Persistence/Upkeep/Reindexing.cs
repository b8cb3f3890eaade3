using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Booking;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Upkeep;

/// <summary>One transaction of making derived rows anew.</summary>
/// <param name="Count">Resources seen.</param>
/// <param name="LastKey">Where the next step goes on.</param>
public sealed record ReindexStep(int Count, long LastKey);

/// <summary>Replaces the rows that are derived from current versions; claims are no such rows and stay as they are.</summary>
internal sealed class Reindexing(SqlChannel channel, StoreSql sql, SearchIndexer indexer)
{
    /// <summary>Few enough that nobody who books waits long for their locks.</summary>
    private const int ResourcesPerStep = 200;

    /// <summary>Rows may lie in tables that the resource's own mask does not name: that is what is being repaired.</summary>
    private static readonly int EveryTable = IndexTable.All.Sum(t => t.Bit);

    public async ValueTask<Outcome<ReindexStep>> RunAsync(IReadOnlyCollection<string> types, long after)
    {
        var keys = await KeysAsync(types, after);
        if (keys.Count == 0)
            return new ReindexStep(0, after);
        await ReplaceAsync(keys);
        return new ReindexStep(keys.Count, keys[^1]);
    }

    /// <summary>Makes the rows of these anew; the resources stay locked until the transaction ends.</summary>
    public async ValueTask ReplaceAsync(List<long> keys)
    {
        var slots = new ChangedSlots(channel, sql.Booking);
        await slots.AddStoredAsync(keys);
        // A resource that somebody writes meanwhile is left out: that write made its rows anew.
        var inner = new ContainedRows(channel, sql);
        var contained = (await inner.KnownAsync(keys)).ToLookup(k => k.Container, k => k.Row);
        foreach (var (container, isDeleted, body) in await LockedAsync(keys))
        {
            var node = isDeleted ? null : FhirJson.Parse(body).Resource;
            var index = node is null ? IndexEntries.Empty : indexer.Index(node);
            var rows = node is null
                ? new DerivedRows()
                : DerivedRows.Of(new PreparedResource(node, index), container.Key);
            slots.Add(rows);
            await rows.ReplaceAsync(channel, sql.Rows, container.Key, EveryTable);
            await channel.WriteAsync(
                sql.Resources.UpdateMask, rows.Mask | (indexer.Rules << IndexTable.RulesShift), container.Key);
            await inner.ReplaceAsync(
                container, index.Contained, indexer.Rules, [.. contained[ContainedId.Of(container.Key, "")]]);
        }
        await slots.TellAsync();
    }

    /// <summary>The next resources that a step looks at.</summary>
    public async ValueTask<List<long>> KeysAsync(IReadOnlyCollection<string> types, long after)
    {
        var query = new SqlText(channel.Dialect);
        query.Append("SELECT r.resource_key FROM resource r WHERE r.resource_key > ").Argument(after)
            .Append($" AND r.deleted <> {ContainedRows.Contained}");
        if (types.Count > 0)
            query.Append(" AND ").In("r.type", types);
        query.Append(" ORDER BY r.resource_key ").Limit(ResourcesPerStep);
        return await channel.QueryAsync(query.Text, r => r.GetInt64(0), query.Arguments);
    }

    private async ValueTask<List<(ContainerRow Row, bool IsDeleted, byte[] Body)>> LockedAsync(List<long> keys)
    {
        var query = new SqlText(channel.Dialect);
        query.Append("SELECT r.resource_key, r.type, r.version, r.version_key, r.last_updated, r.deleted, v.body ")
            .Append($"FROM resource r{channel.Dialect.LockHint} ")
            .Append("JOIN resource_version v ON v.version_key = r.version_key WHERE ").In("r.resource_key", keys)
            .Append(" ORDER BY r.resource_key").Append(channel.Dialect.ForUpdate);
        return await channel.QueryAsync(query.Text, Row, query.Arguments);
    }

    private static (ContainerRow, bool, byte[]) Row(SqlRow row) => (
        new ContainerRow(row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetInt64(4)),
        row.GetInt32(5) != 0, row.GetOpened(6));
}

using System.Globalization;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Upkeep;

/// <summary>A current version with what the row says of it.</summary>
/// <param name="Node">Null for a deletion, and for a body that cannot be read; of a contained resource that of its container.</param>
/// <param name="Rows">What the index and scheduling tables should hold of it.</param>
internal sealed record AuditedResource(
    long Key, string Type, string Id, int Version, bool IsDeleted, ElementNode? Node, DerivedRows Rows)
{
    public string Name => $"{Type}/{Id}";

    /// <summary>Null for a resource with an address.</summary>
    public string? Inner { get; } = ContainedId.InnerOf(Id);

    /// <summary>How many resources it contains.</summary>
    public int Contains { get; init; }
}

/// <summary>Whether versions, derived rows, Appointments, Slots and claims say the same.</summary>
internal sealed class StoreAudit(
    SqlChannel channel, StoreSql sql, SearchIndexer indexer, long now, Action<string> finding, IProgress<long> progress)
{
    private const int PageSize = 500;

    /// <summary>
    /// Versions run from 1 to n in the order of their keys, and the last one is the current one; where all was disposed of, from
    /// the deletion (method 2) that was left.
    /// </summary>
    private const string BrokenHistories = """
        SELECT COALESCE(r.type, 'a version without resource'), COALESCE(r.id, '')
        FROM (SELECT * FROM resource WHERE deleted <> 2) r FULL OUTER JOIN (
            SELECT resource_key, COUNT(*) AS versions, MIN(version) AS earliest, MAX(version) AS latest, MAX(version_key) AS latest_key,
                MIN(CASE method WHEN 2 THEN version END) AS deletion
            FROM resource_version GROUP BY resource_key) h ON h.resource_key = r.resource_key
        WHERE r.resource_key IS NULL OR h.versions IS NULL OR h.latest <> r.version OR h.latest_key <> r.version_key
            OR h.versions <> h.latest - h.earliest + 1 OR (h.earliest <> 1 AND COALESCE(h.deletion, 0) <> h.earliest)
        """;

    public async ValueTask<long> RunAsync()
    {
        channel.MostSeconds = 0;
        if (channel.Dialect.Integrity is { } integrity)
            foreach (var line in await channel.QueryAsync(integrity, r => r.GetString(0)))
                if (line != "ok")
                    finding(line);
        await channel.EachAsync(BrokenHistories, row =>
        {
            finding($"{row.GetString(0)}/{row.GetString(1)}: its versions are not 1 to n");
            return ValueTask.CompletedTask;
        });
        var claims = new ClaimAudit(channel, now, finding);
        await claims.CheckAllAsync();
        await CheckOrphansAsync();
        return await CheckResourcesAsync(claims);
    }

    private async ValueTask CheckOrphansAsync()
    {
        foreach (var table in IndexTable.All)
            await channel.EachAsync(
                $"SELECT DISTINCT t.resource_key FROM {table.Name} t "
                + "LEFT JOIN resource r ON r.resource_key = t.resource_key WHERE r.resource_key IS NULL",
                row =>
                {
                    finding($"{table.Name}: rows of a resource that does not exist ({row.GetInt64(0)})");
                    return ValueTask.CompletedTask;
                });
    }

    private async ValueTask<long> CheckResourcesAsync(ClaimAudit claims)
    {
        var count = 0L;
        for (var page = await PageAsync(0); page.Count > 0; page = await PageAsync(page[^1].Key))
        {
            foreach (var resource in page)
                CheckBody(resource);
            foreach (var table in IndexTable.All)
                await CheckRowsAsync(table, page);
            await CheckContainedAsync(page);
            await claims.CheckAsync([.. page.Where(r => r is { Type: "Appointment", Node: not null, Inner: null })]);
            progress.Report(count += page.Count);
        }
        return count;
    }

    private async ValueTask<List<AuditedResource>> PageAsync(long after)
    {
        var query = new SqlText(channel.Dialect);
        query.Append("SELECT r.resource_key, r.type, r.id, r.version, r.deleted, v.body FROM resource r ")
            .Append("JOIN resource_version v ON v.version_key = r.version_key WHERE r.resource_key > ").Argument(after)
            .Append(" ORDER BY r.resource_key ").Limit(PageSize);
        return await channel.QueryAsync(query.Text, Resource, query.Arguments);
    }

    private AuditedResource Resource(SqlRow row)
    {
        var (key, type, id) = (row.GetInt64(0), row.GetString(1), row.GetString(2));
        var isDeleted = row.GetInt32(4) == 1;
        var node = isDeleted ? null : FhirJson.Parse(row.GetOpened(5)).Resource;
        var index = node is null ? IndexEntries.Empty : indexer.Index(node);
        return new AuditedResource(key, type, id, row.GetInt32(3), isDeleted, node, Rows(key, id, node, index))
        {
            Contains = index.Contained.Length,
        };
    }

    private static DerivedRows Rows(long key, string id, ElementNode? node, IndexEntries index)
    {
        if (node is null)
            return new DerivedRows();
        if (ContainedId.InnerOf(id) is not { } inner)
            return DerivedRows.Of(new PreparedResource(node, index), key);
        var container = long.Parse(id.AsSpan(0, id.IndexOf('#')), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return index.Contained.FirstOrDefault(c => ContainedId.Inner(c.Id) == inner) is { } contained
            ? DerivedRows.Of(contained, (node.Type.Name, container))
            : new DerivedRows();
    }

    private void CheckBody(AuditedResource resource)
    {
        if (resource.IsDeleted)
            return;
        if (resource.Node is not { } node)
            finding($"{resource.Name}: the body cannot be read");
        else if (resource.Inner is { } inner)
        {
            if (!node.All("contained").Any(c => c.Type.Name == resource.Type && c.Id is { } id && ContainedId.Inner(id) == inner))
                finding($"{resource.Name}: it is not contained any more; run reindex");
        }
        else if (node.Type.Name != resource.Type || node.Id != resource.Id
            || node["meta"]?.Text("versionId") != FormattableString.Invariant($"{resource.Version}"))
            finding($"{resource.Name}: the body has another type, id or version than the row");
    }

    private async ValueTask CheckContainedAsync(List<AuditedResource> page)
    {
        var keys = page.Where(r => r.Inner is null).Select(r => r.Key).ToList();
        var stored = keys.Count == 0
            ? []
            : (await new ContainedRows(channel, sql).KnownAsync(keys)).CountBy(k => k.Container).ToDictionary();
        foreach (var resource in page)
            if (resource.Inner is null && stored.GetValueOrDefault(ContainedId.Of(resource.Key, "")) != resource.Contains)
                finding($"{resource.Name}: what it contains is not what is searched in; run reindex");
    }

    private async ValueTask CheckRowsAsync(IndexTable table, List<AuditedResource> page)
    {
        var columns = string.Join(", ", table.Columns.Select(c => c.Name));
        var query = new SqlText(channel.Dialect);
        query.Append($"SELECT resource_key, {columns} FROM {table.Name} WHERE ")
            .In("resource_key", [.. page.Select(r => r.Key)]);
        var stored = (await channel.QueryAsync(
            query.Text, r => (Key: r.GetInt64(0), Text: RowText.Of(r, table)), query.Arguments))
            .ToLookup(r => r.Key, r => r.Text);
        foreach (var resource in page)
            if (!stored[resource.Key].Order(StringComparer.Ordinal)
                .SequenceEqual(resource.Rows.Of(table).Select(v => RowText.Of(v)).Order(StringComparer.Ordinal)))
                finding($"{resource.Name}: its rows in {table.Name} are not those of its content; run reindex");
    }
}

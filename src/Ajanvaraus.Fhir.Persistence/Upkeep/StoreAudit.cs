using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Upkeep;

/// <summary>A current version with what the row says of it.</summary>
/// <param name="Node">Null for a deletion, and for a body that cannot be read.</param>
/// <param name="Rows">What the index and scheduling tables should hold of it.</param>
internal sealed record AuditedResource(
    long Key, string Type, string Id, int Version, bool IsDeleted, ElementNode? Node, DerivedRows Rows)
{
    public string Name => $"{Type}/{Id}";
}

/// <summary>Whether versions, derived rows, Appointments, Slots and claims say the same.</summary>
internal sealed class StoreAudit(
    SqlChannel channel, SearchIndexer indexer, long now, Action<string> finding, IProgress<long> progress)
{
    private const int PageSize = 500;

    /// <summary>Versions run from 1 to n in the order of their keys, and the last one is the current one.</summary>
    private const string BrokenHistories = """
        SELECT COALESCE(r.type, 'a version without resource'), COALESCE(r.id, '')
        FROM resource r FULL OUTER JOIN (
            SELECT resource_key, COUNT(*) AS versions, MAX(version) AS latest, MAX(version_key) AS latest_key
            FROM resource_version GROUP BY resource_key) h ON h.resource_key = r.resource_key
        WHERE r.resource_key IS NULL OR h.versions IS NULL OR h.versions <> r.version OR h.latest <> r.version
            OR h.latest_key <> r.version_key
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
            await claims.CheckAsync([.. page.Where(r => r is { Type: "Appointment", Node: not null })]);
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
        var isDeleted = row.GetInt32(4) != 0;
        var node = isDeleted ? null : FhirJson.Parse(row.GetBytes(5)).Resource;
        var rows = node is null
            ? new DerivedRows()
            : DerivedRows.Of(new PreparedResource(node, indexer.Index(node)));
        return new AuditedResource(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), isDeleted, node, rows);
    }

    private void CheckBody(AuditedResource resource)
    {
        if (resource.IsDeleted)
            return;
        if (resource.Node is not { } node)
            finding($"{resource.Name}: the body cannot be read");
        else if (node.Type.Name != resource.Type || node.Id != resource.Id
            || node["meta"]?.Text("versionId") != FormattableString.Invariant($"{resource.Version}"))
            finding($"{resource.Name}: the body has another type, id or version than the row");
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

using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Writing;

/// <summary>The current version of a resource, as far as the rows of what it contains repeat it.</summary>
internal sealed record ContainerRow(long Key, string Type, int Version, long VersionKey, long LastUpdated);

/// <summary>Contained resources as rows of <c>resource</c>, so that they are searched in as all others are.</summary>
/// <remarks>
/// <para>Such a row is told by its <c>deleted</c>, has the version of its container, and its id is a
/// <see cref="ContainedId"/>: no request names it. It keeps its key while the container contains it.</para>
/// <para>Source: http://hl7.org/fhir/R4/search.html#contained ; ADR 0016.</para>
/// </remarks>
internal sealed class ContainedRows(SqlChannel channel, StoreSql sql)
{
    /// <summary>Value of <c>resource.deleted</c> of such a row.</summary>
    public const int Contained = 2;

    /// <summary>The parameter by which each of them refers to its container; no search parameter has this key.</summary>
    public const int Marker = 0;

    /// <param name="container">As it is stored now.</param>
    /// <param name="resource">Its content.</param>
    /// <param name="hadAny">The version before contained some.</param>
    public async ValueTask ReplaceAsync(ContainerRow container, PreparedResource resource, bool hadAny)
    {
        var contained = resource.Index.Contained;
        if (contained.IsEmpty && !hadAny)
            return;
        var known = hadAny ? await KnownAsync([container.Key]) : [];
        await ReplaceAsync(container, contained, resource.Rules, [.. known.Select(k => k.Row)]);
    }

    /// <param name="container">As it is stored now.</param>
    /// <param name="contained">What is found in each that it contains.</param>
    /// <param name="rules">By what rules that is found.</param>
    /// <param name="known">All rows that there are.</param>
    public async ValueTask ReplaceAsync(
        ContainerRow container, ImmutableArray<ContainedEntries> contained, int rules, ImmutableArray<KnownRow> known)
    {
        var old = known.ToDictionary(row => (row.Type, row.Id));
        foreach (var entries in contained)
        {
            var id = ContainedId.Of(container.Key, entries.Id);
            var rows = DerivedRows.Of(entries, (container.Type, container.Key));
            var mask = rows.Mask | (rules << IndexTable.RulesShift);
            var isKnown = old.Remove((entries.Type, id), out var row);
            var key = isKnown ? row!.Key : (await channel.NextKeysAsync()).Resource;
            if (isKnown)
                await channel.WriteAsync(
                    sql.Resources.Update, container.Version, container.VersionKey, container.LastUpdated, mask, key);
            else
                await channel.WriteAsync(
                    sql.Resources.InsertContained, key, entries.Type, id, container.Version, container.VersionKey,
                    container.LastUpdated, mask);
            await rows.ReplaceAsync(channel, sql.Rows, key, row?.IndexMask ?? 0);
        }
        foreach (var row in old.Values)
            await DeleteAsync(row);
    }

    /// <summary>After the deletion of the container.</summary>
    public async ValueTask DeleteAsync(long container)
    {
        foreach (var (_, row) in await KnownAsync([container]))
            await DeleteAsync(row);
    }

    /// <summary>What these resources contain, as it is stored.</summary>
    public async ValueTask<List<(string Container, KnownRow Row)>> KnownAsync(IReadOnlyCollection<long> containers)
    {
        var query = new SqlText(channel.Dialect)
            .Append("SELECT i.target_id, r.resource_key, r.type, r.id, r.index_mask FROM index_reference i ")
            .Append("JOIN resource r ON r.resource_key = i.resource_key ")
            .Append($"WHERE i.target_id <> '' AND i.parameter = {Marker} AND ")
            .In("i.target_id", [.. containers.Select(key => ContainedId.Of(key, ""))]);
        return await channel.QueryAsync(
            query.Text,
            r => (r.GetString(0), new KnownRow(r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetInt32(4))),
            query.Arguments);
    }

    private async ValueTask DeleteAsync(KnownRow row)
    {
        await new DerivedRows().ReplaceAsync(channel, sql.Rows, row.Key, row.IndexMask);
        await channel.WriteAsync(sql.Resources.DeleteContained, row.Key);
    }

    /// <summary>A contained resource as it is stored.</summary>
    public sealed record KnownRow(long Key, string Type, string Id, int IndexMask);
}

using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Upkeep;

/// <summary>Reads the current versions of all that exists.</summary>
internal static class ResourceExport
{
    /// <returns>How many there were.</returns>
    public static async ValueTask<long> RunAsync(
        SqlChannel channel, IReadOnlyCollection<string> types, long? since, Func<StoredResource, ValueTask> each)
    {
        channel.MostSeconds = 0;
        var count = 0L;
        foreach (var type in await TypesAsync(channel, types))
        {
            var sql = new SqlText(channel.Dialect);
            sql.Append($"SELECT {StoredResourceReader.Columns} FROM resource r ")
                .Append("JOIN resource_version v ON v.version_key = r.version_key WHERE r.deleted = 0 AND r.type = ")
                .Argument(type);
            if (since is { } moment)
                sql.Append(" AND r.last_updated >= ").Argument(moment);
            sql.Append(" ORDER BY r.resource_key");
            await channel.EachAsync(sql.Text, async row =>
            {
                await each(StoredResourceReader.Read(row));
                count++;
            }, sql.Arguments);
        }
        return count;
    }

    private static async ValueTask<List<string>> TypesAsync(SqlChannel channel, IReadOnlyCollection<string> wanted)
    {
        var all = await channel.QueryAsync(
            "SELECT DISTINCT type FROM resource WHERE deleted = 0 ORDER BY type", r => r.GetString(0));
        return wanted.Count == 0 ? all : all.FindAll(wanted.Contains);
    }
}

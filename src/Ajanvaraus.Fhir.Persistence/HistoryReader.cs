using Ajanvaraus.Fhir.Persistence.Search;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence;

/// <summary>Pages of versions, in the order in which they were made or the reverse, by the key of the version.</summary>
internal static class HistoryReader
{
    public static async ValueTask<HistoryPage> ReadAsync(SqlChannel channel, HistoryQuery query)
    {
        long? last = null;
        if (query.Cursor is { } text)
        {
            if (PageCursor.Parse(text) is not { Values.IsEmpty: true } cursor)
                throw new InvalidCursorException();
            last = cursor.LastKey;
        }
        var sql = Matching(channel.Dialect, query);
        var total = await channel.FirstAsync(
            $"SELECT COUNT(*) {sql.Text}", r => Convert.ToInt64(r.GetValue(0)), sql.Arguments);
        if (query.Count == 0 || total == 0)
            return new HistoryPage([], total, null);

        if (last is { } key)
            sql.Append(query.IsOldestFirst ? " AND v.version_key > " : " AND v.version_key < ").Argument(key);
        sql.Append(query.IsOldestFirst ? " ORDER BY v.version_key " : " ORDER BY v.version_key DESC ").Limit(query.Count + 1);
        var rows = await channel.QueryAsync(
            $"SELECT {StoredResourceReader.Columns}, v.version_key {sql.Text}",
            r => (Version: StoredResourceReader.Read(r), Key: r.GetInt64(7)), sql.Arguments);
        var next = rows.Count > query.Count ? new PageCursor(0, 0, rows[query.Count - 1].Key, []).ToString() : null;
        return new HistoryPage([.. rows.Take(query.Count).Select(r => r.Version)], total, next);
    }

    private static SqlText Matching(SqlDialect dialect, HistoryQuery query)
    {
        var sql = new SqlText(dialect);
        sql.Append("FROM resource_version v JOIN resource r ON r.resource_key = v.resource_key WHERE 1 = 1");
        if (query.Id is { } id)
            sql.Append(" AND r.type = ").Argument(query.Type!).Append(" AND r.id = ").Argument(id);
        else if (query.Type is { } type)
            sql.Append(" AND v.type = ").Argument(type);
        if (query.Ids is { } ids)
            sql.Append(" AND r.type = ").Argument(query.Type!).Append(" AND ").In("r.id", ids);
        WriteVisible(sql, query);
        if (query.Since is { } since)
            sql.Append(" AND v.last_updated >= ").Argument(since);
        if (query.At is { } at)
        {
            sql.Append(" AND v.last_updated < ").Argument(at.End)
                .Append(" AND NOT EXISTS (SELECT 1 FROM resource_version n WHERE n.resource_key = v.resource_key ")
                .Append("AND n.version = v.version + 1 AND n.last_updated <= ").Argument(at.Start).Append(")");
        }
        return sql;
    }

    /// <summary>Of what is deleted nobody can tell any more whose it was: it is told to those who see all of the type.</summary>
    private static void WriteVisible(SqlText sql, HistoryQuery query)
    {
        if (query.Visibility is not { } visibility)
            return;
        ImmutableArray<string> types = query.Type is { } type ? [type] : visibility.Types;
        var whole = types.Where(visibility.ReachesAll).ToImmutableArray();
        if (whole.Length == types.Length)
            return;
        sql.Append(" AND (");
        if (!whole.IsEmpty)
            sql.In("r.type", whole).Append(" OR ");
        sql.Append("(r.deleted = 0 AND ");
        new SearchSqlBuilder(sql, visibility).WriteVisible("r", types);
        sql.Append("))");
    }
}

using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Search;

/// <summary>The statements of one page of matches.</summary>
internal static class SearchStatement
{
    /// <summary>Column of the greatest resource key at the moment of the statement.</summary>
    public const int MomentColumn = 7;

    /// <summary>Column of the greatest version key then; 0 for searches that do not sort by <c>_lastUpdated</c>.</summary>
    public const int VersionsColumn = 8;

    /// <summary>Sort values follow from here.</summary>
    public const int FirstSortColumn = 9;

    /// <summary>One row more than the page, to know whether there is a next one.</summary>
    public static SqlText Page(SqlDialect dialect, SearchQuery query, ImmutableArray<SortColumn> sort, PageCursor? after)
    {
        var sql = new SqlText(dialect);
        var columns = string.Concat(sort.Select(s => $", r.{s.Name}"));
        var versions = IsByLastUpdated(query) ? "(SELECT MAX(n.version_key) FROM resource_version n)" : "CAST(0 AS bigint)";
        sql.Append($"SELECT {StoredResourceReader.Columns}, (SELECT MAX(m.resource_key) FROM resource m), {versions}{columns} ")
            .Append("FROM (");
        var starts = StartRange.Of(dialect, query);
        if (starts is not null)
            starts.WriteMatching(sql, query, after);
        else if (sort.IsEmpty)
            Matching(sql, query, sort, after, withKeyset: true);
        else
            Sorted(sql, query, sort, after);
        // The pages that follow start after their cursor: what was left out stays before it.
        sql.Append(starts is null ? Order(sort, "r") : StartRange.OrderOfIndex)
            .Limit(query.Count + 1, after is null ? query.Offset : 0).Append(") r ")
            .Append("JOIN resource_version v ON v.version_key = r.version_key").Append(Order(sort, "r"));
        return sql;
    }

    public static SqlText Total(SqlDialect dialect, SearchQuery query, PageCursor? after)
    {
        var sql = new SqlText(dialect).Append("SELECT COUNT(*) FROM resource r WHERE ");
        new SearchSqlBuilder(sql, query.Visibility).WriteMatching("r", query.ResourceTypes, query.Expression, query.Scope);
        if (after is not null)
            sql.Append(" AND r.resource_key <= ").Argument(after.Moment);
        return sql;
    }

    /// <summary>So many matches are counted for an estimate.</summary>
    public const int SampleSize = 5000;

    /// <summary>Of the first matches their number and outermost keys, and the greatest key of all resources.</summary>
    public static SqlText Sample(SqlDialect dialect, SearchQuery query, PageCursor? after)
    {
        var sql = new SqlText(dialect).Append("SELECT COUNT(*), MIN(s.resource_key), MAX(s.resource_key), ")
            .Append("(SELECT MAX(m.resource_key) FROM resource m) FROM (SELECT r.resource_key FROM resource r WHERE ");
        new SearchSqlBuilder(sql, query.Visibility).WriteMatching("r", query.ResourceTypes, query.Expression, query.Scope);
        if (after is not null)
            sql.Append(" AND r.resource_key <= ").Argument(after.Moment);
        return sql.Append(" ORDER BY r.resource_key ").Limit(SampleSize + 1).Append(") s");
    }

    private static void Sorted(SqlText sql, SearchQuery query, ImmutableArray<SortColumn> sort, PageCursor? after)
    {
        sql.Append("SELECT r.* FROM (");
        Matching(sql, query, sort, after, withKeyset: false);
        sql.Append(") r");
        if (after is null)
            return;
        sql.Append(" WHERE ");
        After(sql, sort, after, 0);
    }

    private static void Matching(
        SqlText sql, SearchQuery query, ImmutableArray<SortColumn> sort, PageCursor? after, bool withKeyset)
    {
        sql.Append("SELECT r.resource_key, r.type, r.id, r.version_key")
            .Append(string.Concat(sort.Select(s => $", {s.Sql} AS {s.Name}")))
            .Append(" FROM resource r WHERE ");
        new SearchSqlBuilder(sql, query.Visibility).WriteMatching("r", query.ResourceTypes, query.Expression, query.Scope);
        if (after is null)
            return;
        sql.Append(" AND r.resource_key <= ").Argument(after.Moment);
        if (IsByLastUpdated(query))
            sql.Append(" AND r.version_key <= ").Argument(after.Versions);
        if (withKeyset)
            sql.Append(" AND r.resource_key > ").Argument(after.LastKey);
    }

    /// <summary>Rows that come after the cursor: greater in the first key, or equal there and after in the rest.</summary>
    private static void After(SqlText sql, ImmutableArray<SortColumn> sort, PageCursor after, int n)
    {
        if (n == sort.Length)
        {
            sql.Append("r.resource_key > ").Argument(after.LastKey);
            return;
        }
        var column = $"r.{sort[n].Name}";
        if (after.Values[n] is not { } value)
        {
            sql.Append($"({column} IS NULL AND ");
            After(sql, sort, after, n + 1);
            sql.Append(")");
            return;
        }
        sql.Append($"({column} IS NULL OR {column} {(sort[n].Descending ? '<' : '>')} ").Argument(value)
            .Append($" OR ({column} = ").Argument(value).Append(" AND ");
        After(sql, sort, after, n + 1);
        sql.Append("))");
    }

    private static bool IsByLastUpdated(SearchQuery query) => query.Sort.Any(s => s.Code == "_lastUpdated");

    private static string Order(ImmutableArray<SortColumn> sort, string row) =>
        $" ORDER BY {string.Concat(sort.Select(s => s.Order(row) + ", "))}{row}.resource_key ";
}

using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Search;

internal static class SearchReader
{
    public static async ValueTask<SearchPage> ReadAsync(SqlChannel channel, SearchQuery query, string? cursor)
    {
        var sort = SortColumn.Of(channel.Dialect, query);
        var after = cursor is null ? null : Cursor(cursor, sort);
        long? total = query.Total switch
        {
            TotalMode.Estimate when query.Count > 0 => await EstimateAsync(channel, query, after),
            TotalMode.None when query.Count > 0 => null,
            _ => await TotalAsync(channel, query, after),
        };
        if (query.Count == 0)
            return new SearchPage([], [], total, null);

        var page = SearchStatement.Page(channel.Dialect, query, sort, after);
        var rows = await channel.QueryAsync(
            page.Text, r => new MatchRow(StoredResourceReader.Read(r), r.GetInt64(SearchStatement.MomentColumn),
                r.GetInt64(SearchStatement.VersionsColumn), SortValues(r, sort)), page.Arguments);
        var matches = rows.Take(query.Count).Select(r => r.Resource).ToImmutableArray();
        var next = rows.Count > query.Count ? NextCursor(rows[query.Count - 1], after) : null;

        if (query.Includes.IsEmpty && query.RevIncludes.IsEmpty)
            return new SearchPage(matches, [], total, next);
        var includes = new IncludeReader(channel, query);
        var included = await includes.ReadAsync(matches);
        return new SearchPage(matches, included, total, next) { IsIncludedTruncated = includes.IsTruncated };
    }

    private static PageCursor Cursor(string text, ImmutableArray<SortColumn> sort)
    {
        if (PageCursor.Parse(text) is not { } cursor || cursor.Values.Length != sort.Length
            || sort.Where((s, n) => !s.Accepts(cursor.Values[n])).Any())
            throw new InvalidCursorException();
        return cursor;
    }

    private static string NextCursor(MatchRow last, PageCursor? after) =>
        new PageCursor(
            after?.Moment ?? last.Moment, after?.Versions ?? last.Versions, last.Resource.Key, last.SortValues).ToString();

    private static ImmutableArray<object?> SortValues(
        SqlRow row, ImmutableArray<SortColumn> sort) =>
    [
        .. sort.Select((_, n) => SearchStatement.FirstSortColumn + n)
            .Select(c => row.GetValue(c)),
    ];

    private static async ValueTask<long> TotalAsync(SqlChannel channel, SearchQuery query, PageCursor? after)
    {
        var sql = SearchStatement.Total(channel.Dialect, query, after);
        return await channel.FirstAsync(sql.Text, r => Convert.ToInt64(r.GetValue(0)), sql.Arguments);
    }

    /// <summary>Exact up to a number that is soon counted; beyond it, as if the rest were strewn as densely as those.</summary>
    private static async ValueTask<long> EstimateAsync(SqlChannel channel, SearchQuery query, PageCursor? after)
    {
        var sql = SearchStatement.Sample(channel.Dialect, query, after);
        var (count, first, last, greatest) = await channel.FirstAsync(
            sql.Text, r => (Convert.ToInt64(r.GetValue(0)), Number(r, 1), Number(r, 2), Number(r, 3)), sql.Arguments);
        return count <= SearchStatement.SampleSize
            ? count
            : Math.Max(count, (long)(count * ((double)(greatest - first + 1) / (last - first + 1))));
    }

    private static long Number(SqlRow row, int column) => row.IsDBNull(column) ? 0 : Convert.ToInt64(row.GetValue(column));

    private sealed record MatchRow(
        StoredResource Resource, long Moment, long Versions, ImmutableArray<object?> SortValues);
}

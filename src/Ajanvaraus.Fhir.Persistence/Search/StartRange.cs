using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Search;

/// <summary>A search for what begins in a span, of all calendars: unless another order is asked it comes by its start.</summary>
/// <remarks>
/// The index gives that order as it is read, so that a page costs the same however many begin in the span; by the order of their making all of
/// them would have to be put in order first.
/// </remarks>
/// <param name="Range">The span.</param>
/// <param name="Rest">What else is asked; null: nothing.</param>
internal sealed record StartRange(InstantRangeExpression Range, SearchExpression? Rest)
{
    private static readonly SortColumn Start = new("s0", "i.start_us", ColumnType.Long, Descending: false) { IsNeverMissing = true };
    private static readonly SortColumn End = new("s1", "i.end_us", ColumnType.Long, Descending: false) { IsNeverMissing = true };

    /// <summary>What such a search is in order by, before the key.</summary>
    public static readonly ImmutableArray<SortColumn> Order = [Start, End];

    /// <summary>Of the rows that are matched; the rows of a page are in order by their columns.</summary>
    public const string OrderOfIndex = " ORDER BY i.start_us, i.end_us, i.resource_key ";

    /// <summary>Null for every other search, and for databases that plan by figures: PostgreSQL puts all in order all the same.</summary>
    public static StartRange? Of(SqlDialect dialect, SearchQuery query)
    {
        if (!dialect.PlansByForm || !query.Sort.IsEmpty || query.Scope != ResourceScope.Addressed || query.ResourceTypes.Length != 1 || query.Expression is null
            || SchedulingRewriter.Rewrite(SharedTargetRewriter.Rewrite(query.Expression)) is not AndExpression and
            || and.Operands is not [InstantRangeExpression range, ..] || IsHidden(range, query))
            return null;
        var rest = and.Operands.RemoveAt(0);
        // What leaves fewer is looked at first, and then there is little to put in order.
        return rest.Any(o => Selectivity.Rank(o) <= Selectivity.Rank(range)) ? null
            : new StartRange(range, rest.IsEmpty ? null : new AndExpression(rest));
    }

    /// <summary>Rows of the index beside those of the resources.</summary>
    public void WriteMatching(SqlText sql, SearchQuery query, PageCursor? after)
    {
        sql.Append("SELECT i.resource_key, r.type, r.id, r.version_key, i.start_us AS s0, i.end_us AS s1 FROM index_date i CROSS JOIN resource r ")
            .Append("WHERE r.resource_key = i.resource_key AND ");
        SearchSqlBuilder.WriteInstants(sql, Range);
        sql.Append(" AND ");
        new SearchSqlBuilder(sql, query.Visibility).WriteMatching("r", query.ResourceTypes, Rest);
        if (after is null)
            return;
        var (start, end) = (after.Values[0]!, after.Values[1]!);
        sql.Append(" AND i.resource_key <= ").Argument(after.Moment)
            .Append(" AND i.start_us >= ").Argument(start).Append(" AND (i.start_us > ").Argument(start)
            .Append(" OR i.end_us > ").Argument(end)
            .Append(" OR (i.end_us = ").Argument(end).Append(" AND i.resource_key > ").Argument(after.LastKey).Append("))");
    }

    private static bool IsHidden(InstantRangeExpression range, SearchQuery query) => query.Visibility is { } visibility
        && (visibility.Over(query.ResourceTypes) is not null || visibility.ExposedBy(range.Parameter) is not null);
}

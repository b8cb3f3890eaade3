using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Search;

/// <summary>Prefixes on stored intervals: http://hl7.org/fhir/R4/search.html#prefix.</summary>
/// <remarks>All intervals are half-open: stored <c>[low, high)</c>, asked <c>[start, end)</c>.</remarks>
internal static class IntervalSql
{
    /// <summary>A stored span of time against the span that the written date covers.</summary>
    public static SqlText Date(
        this SqlText sql, SearchPrefix prefix, string low, string high, long start, long end) => prefix switch
        {
            SearchPrefix.Eq => sql.Append($"{low} >= ").Argument(start).Append($" AND {high} <= ").Argument(end),
            SearchPrefix.Ne => sql.Append($"({low} < ").Argument(start).Append($" OR {high} > ").Argument(end).Append(")"),
            SearchPrefix.Gt => sql.Append($"{high} > ").Argument(end),
            SearchPrefix.Lt => sql.Append($"{low} < ").Argument(start),
            SearchPrefix.Ge => sql.Append($"({low} >= ").Argument(start).Append($" OR {high} > ").Argument(end).Append(")"),
            SearchPrefix.Le => sql.Append($"({high} <= ").Argument(end).Append($" OR {low} < ").Argument(start).Append(")"),
            SearchPrefix.Sa => sql.Append($"{low} >= ").Argument(end),
            SearchPrefix.Eb => sql.Append($"{high} <= ").Argument(start),
            _ => sql.Append($"{low} < ").Argument(end).Append($" AND {high} > ").Argument(start),
        };

    /// <summary>A bound on the low end alone that all rows of the condition meet, for an index on it; or nothing.</summary>
    public static SqlText DateBound(this SqlText sql, SearchPrefix prefix, string low, long start, long end, long longest) =>
        prefix switch
        {
            SearchPrefix.Ge or SearchPrefix.Gt => sql.Append($" AND {low} > ").Argument(start - longest),
            SearchPrefix.Le or SearchPrefix.Ap => sql.Append($" AND {low} < ").Argument(end),
            SearchPrefix.Eb => sql.Append($" AND {low} <= ").Argument(start),
            SearchPrefix.Eq => sql.Append($" AND {low} <= ").Argument(end),
            _ => sql,
        };

    /// <summary>A stored number against a number: equal by written precision, ordered by exact value.</summary>
    public static SqlText Number(
        this SqlText sql, SearchPrefix prefix, string alias, double low, double high, double value) => prefix switch
        {
            SearchPrefix.Eq => sql.Append($"{alias}.low >= ").Argument(low).Append($" AND {alias}.high <= ").Argument(high),
            SearchPrefix.Ne => sql.Append($"({alias}.low < ").Argument(low).Append($" OR {alias}.high > ").Argument(high)
                .Append(")"),
            SearchPrefix.Gt or SearchPrefix.Sa => Middle(sql, alias, ">", value),
            SearchPrefix.Lt or SearchPrefix.Eb => Middle(sql, alias, "<", value),
            SearchPrefix.Ge => Middle(sql, alias, ">=", value),
            SearchPrefix.Le => Middle(sql, alias, "<=", value),
            _ => sql.Append($"{alias}.low <= ").Argument(high).Append($" AND {alias}.high >= ").Argument(low),
        };

    private static SqlText Middle(SqlText sql, string alias, string comparison, double value) =>
        sql.Append($"({alias}.low + {alias}.high) / 2 {comparison} ").Argument(value);
}

using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Search;

/// <summary>Prefixes on stored intervals: http://hl7.org/fhir/R4/search.html#prefix.</summary>
/// <remarks>All intervals are half-open: stored <c>[low, high)</c>, asked <c>[start, end)</c>.</remarks>
internal static class IntervalSql
{
    /// <summary>A stored span of time against the span that the written date covers.</summary>
    public static SqlText Date(
        this SqlText sql, SearchPrefix prefix, string low, string high, long start, long end) =>
        Date(sql, prefix, low, high, (object)start, end);

    /// <summary>The same on columns of another kind of number.</summary>
    public static SqlText Date(
        this SqlText sql, SearchPrefix prefix, string low, string high, object start, object end) => prefix switch
        {
            SearchPrefix.Eq => sql.Append($"{low} >= ").Argument(start).Append($" AND {high} <= ").Argument(end),
            SearchPrefix.Ne => sql.Append($"({low} < ").Argument(start).Append($" OR {high} > ").Argument(end).Append(")"),
            SearchPrefix.Gt => sql.Append($"{high} > ").Argument(end),
            SearchPrefix.Lt => sql.Append($"{low} < ").Argument(start),
            SearchPrefix.Ge => sql.Append($"({low} >= ").Argument(start).Append($" OR {high} > ").Argument(end).Append(")"),
            SearchPrefix.Le => sql.Append($"({high} <= ").Argument(end).Append($" OR {low} < ").Argument(start).Append(")"),
            SearchPrefix.Sa => sql.Append($"{low} >= ").Argument(end),
            SearchPrefix.Eb => sql.Append($"{high} <= ").Argument(start),
            SearchPrefix.Co => sql.Append($"{low} <= ").Argument(start).Append($" AND {high} >= ").Argument(end),
            _ => sql.Append($"{low} < ").Argument(end).Append($" AND {high} > ").Argument(start),
        };

    /// <summary>A bound on the low end alone that all rows of the condition meet, for an index on it; or nothing.</summary>
    public static SqlText DateBound(this SqlText sql, SearchPrefix prefix, string low, long start, long end, long longest) =>
        prefix switch
        {
            SearchPrefix.Ge or SearchPrefix.Gt => sql.Append($" AND {low} > ").Argument(start - longest),
            SearchPrefix.Le or SearchPrefix.Ap or SearchPrefix.Po => sql.Append($" AND {low} < ").Argument(end),
            SearchPrefix.Eb => sql.Append($" AND {low} <= ").Argument(start),
            SearchPrefix.Eq => sql.Append($" AND {low} <= ").Argument(end),
            _ => sql,
        };

    /// <summary>A stored number against a number, as <c>RangeMatch.Number</c> does it in memory.</summary>
    /// <param name="low">Of the interval that the written digits cover; wider for <c>ap</c>.</param>
    /// <param name="value">What ordered comparisons compare with: the number as if it had all digits.</param>
    public static SqlText Number(
        this SqlText sql, SearchPrefix prefix, string alias, double low, double high, double value) => prefix switch
        {
            SearchPrefix.Eq => Within(sql, alias, low, high),
            SearchPrefix.Ne => sql.Append($"({alias}.low < ").Argument(low).Append($" OR {alias}.high > ").Argument(high)
                .Append(")"),
            SearchPrefix.Gt => sql.Append($"{alias}.high > ").Argument(value),
            SearchPrefix.Lt => sql.Append($"{alias}.low < ").Argument(value),
            SearchPrefix.Ge => Within(sql.Append($"({alias}.high > ").Argument(value).Append(" OR "), alias, low, high)
                .Append(")"),
            SearchPrefix.Le => Within(sql.Append($"({alias}.low < ").Argument(value).Append(" OR "), alias, low, high)
                .Append(")"),
            SearchPrefix.Sa => sql.Append($"{alias}.low >= ").Argument(value),
            SearchPrefix.Eb => sql.Append($"{alias}.high <= ").Argument(value),
            SearchPrefix.Co => sql.Append($"{alias}.low <= ").Argument(value).Append($" AND {alias}.high > ").Argument(value),
            _ => sql.Append($"{alias}.low < ").Argument(high).Append($" AND {alias}.high > ").Argument(low),
        };

    private static SqlText Within(SqlText sql, string alias, double low, double high) =>
        sql.Append($"{alias}.low >= ").Argument(low).Append($" AND {alias}.high <= ").Argument(high);
}

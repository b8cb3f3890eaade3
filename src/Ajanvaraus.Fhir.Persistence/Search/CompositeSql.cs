using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Search;

/// <summary>Composites: a join of the parts' rows at the same element.</summary>
internal static class CompositeSql
{
    /// <summary>Appends what follows <c>SELECT i.resource_key FROM</c>, with the condition of every part.</summary>
    /// <param name="of">Column that the resource's key must equal; null: resources are collected.</param>
    public static void Write(SqlText sql, CompositeExpression composite, string? of)
    {
        var table = IndexTable.Composite.Name;
        sql.Append($"{table} i");
        if (of is not null)
            sql.Append(sql.Dialect.ByResource(table));
        for (var n = 1; n < composite.Components.Length; n++)
        {
            sql.Append($" JOIN {table} i{n} ON i{n}.resource_key = i.resource_key AND i{n}.occurrence = i.occurrence");
            Part(sql, $"i{n}", composite.Parameter.Components[n], composite.Components[n]);
        }
        sql.Append(" WHERE ");
        if (of is not null)
            sql.Append($"i.resource_key = {of} AND ");
        sql.Append("1 = 1");
        Part(sql, "i", composite.Parameter.Components[0], composite.Components[0]);
    }

    private static void Part(SqlText sql, string alias, SearchParameter parameter, SearchExpression leaf)
    {
        sql.Append($" AND {alias}.parameter = {parameter.Key}");
        switch (leaf)
        {
            case TokenExpression e:
                LeafSql.Token(sql, alias, e.System, e.Code);
                break;
            case StringExpression e:
                // In words as long as the searched one: there is no index to begin with.
                sql.Append($" AND SUBSTRING({alias}.text, 1, ").Argument(LeafSql.CodePoints(sql, e.Value)).Append(") = ")
                    .Argument(e.Value);
                break;
            case DateExpression e:
                sql.Append(" AND ").Date(
                    e.Prefix, $"{alias}.low", $"{alias}.high", DerivedRows.Finite(e.Start), DerivedRows.Finite(e.End));
                break;
            case NumberExpression e:
                sql.Append(" AND ").Number(e.Prefix, alias, e.Low, e.High, e.Value);
                break;
            case QuantityExpression e:
                LeafSql.Quantity(sql, alias, e);
                break;
            case ReferenceExpression e:
                LeafSql.Token(sql, alias, e.TargetType, e.TargetId);
                break;
            case ReferenceUriExpression e:
                LeafSql.Token(sql, alias, null, e.Uri);
                break;
            case UriExpression e:
                LeafSql.Token(sql, alias, null, e.Uri);
                break;
            default:
                throw new InvalidOperationException($"No SQL for {leaf.GetType().Name} in a composite");
        }
    }
}

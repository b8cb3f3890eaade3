using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Search;

/// <summary>A sort key as a column: the least value of each resource ascending, the greatest descending.</summary>
/// <param name="Sql">A scalar on the row <c>r</c> of <c>resource</c>; null where the resource has no value.</param>
internal sealed record SortColumn(string Name, string Sql, ColumnType Type, bool Descending)
{
    /// <summary>Every row has a value.</summary>
    public bool IsNeverMissing { get; init; }

    public static ImmutableArray<SortColumn> Of(SqlDialect dialect, SearchQuery query) =>
        StartRange.Of(dialect, query) is not null ? StartRange.Order : [.. query.Sort.Select((key, n) => Of(dialect, key, $"s{n}", query.ResourceTypes))];

    private static SortColumn Of(SqlDialect dialect, SortKey key, string name, ImmutableArray<string> types)
    {
        if (key.Parameter is not { } parameter)
            return key.Code == "_id"
                ? new SortColumn(name, "r.id", ColumnType.Text, key.Descending)
                : new SortColumn(name, "r.last_updated", ColumnType.Long, key.Descending);
        var (table, column, type) = Source(parameter.Type);
        var extreme = key.Descending ? "MAX" : "MIN";
        // Over several types the parameter of that name in each; keys of (type, name) do not meet.
        var keys = types.Length <= 1 ? [parameter.Key] : types.Select(t => SearchParameter.KeyOf(t, parameter.Code));
        var which = $"i.parameter IN ({string.Join(", ", keys)})";
        return new SortColumn(
            name, $"(SELECT {extreme}({column}) FROM {table} i{dialect.ByResource(table)} WHERE i.resource_key = r.resource_key AND {which})",
            type, key.Descending);
    }

    private static (string Table, string Column, ColumnType Type) Source(SearchParameterType type) => type switch
    {
        SearchParameterType.Date => ("index_date", "i.start_us", ColumnType.Long),
        SearchParameterType.String => ("index_string", "i.prefix", ColumnType.Text),
        SearchParameterType.Reference => (
            "index_reference", "CONCAT(i.target_type, '/', i.target_id, i.uri)", ColumnType.Text),
        SearchParameterType.Number => ("index_number", "i.low", ColumnType.Double),
        SearchParameterType.Quantity => ("index_quantity", "i.low", ColumnType.Double),
        SearchParameterType.Uri => ("index_uri", "i.uri", ColumnType.Text),
        _ => ("index_token", "i.code", ColumnType.Text),
    };

    /// <summary>Missing values last, whichever the direction.</summary>
    public string Order(string row) => IsNeverMissing ? $"{row}.{Name}" :
        $"CASE WHEN {row}.{Name} IS NULL THEN 1 ELSE 0 END, {row}.{Name}{(Descending ? " DESC" : "")}";

    /// <summary>Whether a value read back from a cursor is of the column's type.</summary>
    public bool Accepts(object? value) => value switch
    {
        null => !IsNeverMissing,
        long => Type == ColumnType.Long,
        double => Type == ColumnType.Double,
        _ => Type == ColumnType.Text,
    };
}

using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Upkeep;

/// <summary>A derived row as text, to compare what is stored with what should be.</summary>
internal static class RowText
{
    /// <summary>Stands in no text that FHIR allows.</summary>
    private const char Separator = '\u0001';

    /// <param name="row">The key of the resource, then the columns of the table.</param>
    public static string Of(SqlRow row, IndexTable table)
    {
        var text = new StringBuilder();
        for (var i = 0; i < table.Columns.Length; i++)
            Append(text, row.IsDBNull(i + 1) ? null : Value(row, i + 1, table.Columns[i].Type));
        return text.ToString();
    }

    public static string Of(object?[] values)
    {
        var text = new StringBuilder();
        foreach (var value in values)
            Append(text, value);
        return text.ToString();
    }

    private static object Value(SqlRow row, int column, ColumnType type) => type switch
    {
        ColumnType.Int => row.GetInt32(column),
        ColumnType.Long => row.GetInt64(column),
        ColumnType.Double => row.GetDouble(column),
        _ => row.GetString(column),
    };

    private static void Append(StringBuilder text, object? value) =>
        text.Append(value is null ? "null" : "=").Append(Convert.ToString(value, CultureInfo.InvariantCulture))
            .Append(Separator);
}

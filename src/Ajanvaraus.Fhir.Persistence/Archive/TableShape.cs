using Ajanvaraus.Fhir.Persistence.Model;
using Ajanvaraus.Fhir.Persistence.Sql;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ajanvaraus.Fhir.Persistence.Archive;

/// <summary>A table as every database of this server has it.</summary>
/// <param name="Columns">In the order of their names, so that it is the same everywhere.</param>
/// <param name="CountedKey">The column whose values the database itself counts; null when there is none.</param>
public sealed record TableShape(string Name, ImmutableArray<SqlColumn> Columns, string? CountedKey)
{
    public string ColumnList => string.Join(", ", Columns.Select(c => c.Name));

    /// <summary>Same name, columns and kinds of value.</summary>
    public bool IsLike(TableShape other) => Name == other.Name && Columns.SequenceEqual(other.Columns);
}

/// <summary>What EF's model says about the whole database.</summary>
/// <param name="Schema">Name of the newest migration, which is the same for all databases.</param>
public sealed record DatabaseShape(
    string Schema, ImmutableArray<TableShape> Tables, ImmutableArray<string> Sequences)
{
    /// <summary>Every table of the model, whoever added it.</summary>
    public static DatabaseShape Of(FhirDbContext context)
    {
        var model = context.Model.GetRelationalModel();
        return new DatabaseShape(
            SchemaOf(context.Database.GetMigrations().Last()),
            [.. model.Tables.Select(Table).OrderBy(t => t.Name, StringComparer.Ordinal)],
            [.. model.Sequences.Select(s => s.Name).Order(StringComparer.Ordinal)]);
    }

    /// <summary>A migration's id without the moment of its making: <c>20261122025759_Initial</c> is <c>Initial</c>.</summary>
    private static string SchemaOf(string migration) => migration[(migration.IndexOf('_', StringComparison.Ordinal) + 1)..];

    private static TableShape Table(ITable table) => new(
        table.Name,
        [.. table.Columns.OrderBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => new SqlColumn(c.Name, TypeOf(table, c)))],
        table.Columns.FirstOrDefault(IsCounted)?.Name);

    private static bool IsCounted(IColumn column) =>
        column.PropertyMappings.Any(m => m.Property.IsPrimaryKey() && m.Property.ValueGenerated == ValueGenerated.OnAdd);

    private static ColumnType TypeOf(ITable table, IColumn column)
    {
        var type = column.ProviderClrType;
        return Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
        {
            TypeCode.Int32 => ColumnType.Int,
            TypeCode.Int64 => ColumnType.Long,
            TypeCode.Double => ColumnType.Double,
            TypeCode.String => ColumnType.Text,
            _ when type == typeof(byte[]) => ColumnType.Bytes,
            _ => throw new InvalidOperationException($"{table.Name}.{column.Name} is of a kind no archive holds: {type}"),
        };
    }
}

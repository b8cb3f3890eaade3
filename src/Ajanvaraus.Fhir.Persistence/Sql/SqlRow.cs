using System.Data.Common;

namespace Ajanvaraus.Fhir.Persistence.Sql;

/// <summary>The row that a query stands on; columns from 0. Not to be kept beyond the mapping of the row.</summary>
public abstract class SqlRow(SqlDialect dialect)
{
    public abstract bool IsDBNull(int column);

    public abstract long GetInt64(int column);

    public virtual int GetInt32(int column) => checked((int)GetInt64(column));

    public abstract double GetDouble(int column);

    public abstract string GetString(int column);

    /// <summary>As <see cref="GetString(int)"/>; <paramref name="previous"/> itself when that is what stands there.</summary>
    /// <remarks>For a column that is mostly the same from row to row.</remarks>
    public abstract string GetString(int column, string previous);

    public abstract byte[] GetBytes(int column);

    /// <summary>Bytes that were stored by <see cref="SqlChannel.Sealed"/>, in clear.</summary>
    public byte[] GetOpened(int column) => dialect.Identities.Open(GetBytes(column));

    /// <summary>As the database gives it: <c>long</c>, <c>double</c>, <c>string</c>, <c>byte[]</c>, null.</summary>
    public abstract object? GetValue(int column);
}

/// <summary>Rows of an ADO.NET reader.</summary>
internal sealed class ReaderRow(DbDataReader reader, SqlDialect dialect) : SqlRow(dialect)
{
    public override bool IsDBNull(int column) => reader.IsDBNull(column);

    // SQL Server counts in 32 bits.
    public override long GetInt64(int column) =>
        reader.GetFieldType(column) == typeof(long) ? reader.GetInt64(column) : Convert.ToInt64(reader.GetValue(column));

    public override int GetInt32(int column) => reader.GetInt32(column);

    public override double GetDouble(int column) => reader.GetDouble(column);

    public override string GetString(int column) => reader.GetString(column);

    public override string GetString(int column, string previous) =>
        reader.GetString(column) is var text && text == previous ? previous : text;

    public override byte[] GetBytes(int column) => reader.GetFieldValue<byte[]>(column);

    public override object? GetValue(int column) => reader.IsDBNull(column) ? null : reader.GetValue(column);
}

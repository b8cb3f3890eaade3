using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Archive;

/// <summary>Rows as an archive holds them: docs/backup-format.md.</summary>
/// <remarks>
/// A row is a byte 1 and its values in the order of the table's columns; a byte 0 ends the table. A value is a byte 0
/// for null, or a byte 1 and: an Int in 4 bytes, a Long or Double in 8 (little-endian), a Text or Bytes as its length in
/// bytes (7 bits at a time, lowest first) and the bytes (UTF-8).
/// </remarks>
internal static class RowFormat
{
    public static void Write(BinaryWriter output, TableShape table, SqlRow row)
    {
        output.Write(true);
        for (var i = 0; i < table.Columns.Length; i++)
        {
            if (row.IsDBNull(i))
            {
                output.Write(false);
                continue;
            }
            output.Write(true);
            WriteValue(output, table.Columns[i].Type, row, i);
        }
    }

    public static void WriteEnd(BinaryWriter output) => output.Write(false);

    /// <summary>The values of the next row; null after the last.</summary>
    public static object?[]? Read(BinaryReader input, TableShape table)
    {
        if (!input.ReadBoolean())
            return null;
        var values = new object?[table.Columns.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = input.ReadBoolean() ? ReadValue(input, table.Columns[i].Type) : null;
        return values;
    }

    private static void WriteValue(BinaryWriter output, ColumnType type, SqlRow row, int column)
    {
        switch (type)
        {
            case ColumnType.Int:
                output.Write(row.GetInt32(column));
                break;
            case ColumnType.Long:
                output.Write(row.GetInt64(column));
                break;
            case ColumnType.Double:
                output.Write(row.GetDouble(column));
                break;
            case ColumnType.Text:
                output.Write(row.GetString(column));
                break;
            case ColumnType.Bytes:
                var bytes = row.GetBytes(column);
                output.Write7BitEncodedInt(bytes.Length);
                output.Write(bytes);
                break;
        }
    }

    private static object ReadValue(BinaryReader input, ColumnType type) => type switch
    {
        ColumnType.Int => input.ReadInt32(),
        ColumnType.Long => input.ReadInt64(),
        ColumnType.Double => input.ReadDouble(),
        ColumnType.Text => input.ReadString(),
        _ => ReadBytes(input, input.Read7BitEncodedInt()),
    };

    private static byte[] ReadBytes(BinaryReader input, int length)
    {
        var bytes = input.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }
}

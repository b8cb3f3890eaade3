using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Archive;

/// <summary>Inserts rows into one table: many in a statement where the database takes columns, else one by one.</summary>
internal sealed class TableLoad
{
    private readonly SqlChannel _channel;
    private readonly TableShape _table;
    private readonly string? _insertMany;
    private readonly string _insert;
    private readonly List<object?[]> _rows = [];

    public TableLoad(SqlChannel channel, TableShape table)
    {
        _channel = channel;
        _table = table;
        _insertMany = channel.Dialect.InsertColumns(table.Name, table.Columns);
        var places = Enumerable.Range(1, table.Columns.Length).Select(channel.Dialect.Placeholder);
        _insert = $"INSERT INTO {table.Name} ({table.ColumnList}) VALUES ({string.Join(", ", places)})";
    }

    /// <summary>Rows that wait.</summary>
    public int Rows => _rows.Count;

    /// <summary>Roughly what waits, by its texts and bytes.</summary>
    public int Bytes { get; private set; }

    public async ValueTask AddAsync(object?[] row)
    {
        if (_insertMany is null)
        {
            await _channel.ExecuteAsync(_insert, row);
            return;
        }
        _rows.Add(row);
        foreach (var value in row)
            Bytes += value switch { byte[] bytes => bytes.Length, string text => text.Length, _ => 8 };
    }

    public async ValueTask SendAsync()
    {
        if (_rows.Count == 0)
            return;
        var columns = new object?[_table.Columns.Length];
        for (var c = 0; c < columns.Length; c++)
            columns[c] = Column(_table.Columns[c].Type, c);
        await _channel.ExecuteAsync(_insertMany!, columns);
        _rows.Clear();
        Bytes = 0;
    }

    private Array Column(ColumnType type, int c) => type switch
    {
        ColumnType.Int => Fill<int?>(c),
        ColumnType.Long => Fill<long?>(c),
        ColumnType.Double => Fill<double?>(c),
        ColumnType.Text => Fill<string?>(c),
        _ => Fill<byte[]?>(c),
    };

    private T[] Fill<T>(int c)
    {
        var values = new T[_rows.Count];
        for (var r = 0; r < values.Length; r++)
            values[r] = (T)_rows[r][c]!;
        return values;
    }
}

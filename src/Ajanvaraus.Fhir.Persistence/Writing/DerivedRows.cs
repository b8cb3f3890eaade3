using System.Collections.Concurrent;

using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Writing;

/// <summary>The rows of one resource in the index and scheduling tables, collected to be written together.</summary>
internal sealed class DerivedRows
{
    private readonly Dictionary<IndexTable, List<object?[]>> _rows = [];

    /// <summary>Bits of the tables that get rows.</summary>
    public int Mask { get; private set; }

    /// <param name="resource">The content.</param>
    /// <param name="key">Of the resource, by which those that it contains are known.</param>
    public static DerivedRows Of(PreparedResource resource, long key)
    {
        var rows = new DerivedRows();
        rows.Add(resource.Index, key);
        SchedulingRows.Add(rows, resource.Node, resource.Index, key);
        if (!resource.Index.Contained.IsEmpty)
            rows.Mask |= IndexTable.ContainsBit;
        return rows;
    }

    /// <summary>Rows of a contained resource: it is searched in, and nothing else.</summary>
    /// <param name="contained">What is found in it.</param>
    /// <param name="container">Type and key of the resource that contains it.</param>
    public static DerivedRows Of(ContainedEntries contained, (string Type, long Key) container)
    {
        var rows = new DerivedRows();
        rows.Add(contained.Entries, container.Key);
        rows.Add(
            IndexTable.Reference, ContainedRows.Marker, container.Type, ContainedId.Of(container.Key, ""), "", "", "");
        return rows;
    }

    /// <summary>Adds a row; values in the order of the table's columns.</summary>
    public void Add(IndexTable table, params object?[] values)
    {
        if (!_rows.TryGetValue(table, out var rows))
        {
            _rows.Add(table, rows = []);
            Mask |= table.Bit;
        }
        rows.Add(values);
    }

    /// <summary>The rows of a table, without the key of the resource.</summary>
    public IReadOnlyList<object?[]> Of(IndexTable table) => _rows.GetValueOrDefault(table) ?? [];

    private void Add(IndexEntries entries, long container)
    {
        foreach (var e in entries.Tokens)
            Add(IndexTable.Token, e.Parameter, IndexText.Key(e.System), IndexText.Key(e.Code), Prefix(e.Text));
        foreach (var e in entries.Strings)
            Add(IndexTable.String, e.Parameter, IndexText.Prefix(e.Normalized), e.Normalized, e.Exact);
        foreach (var e in entries.Dates)
            Add(IndexTable.Date, e.Parameter, e.Start, e.End);
        foreach (var e in entries.References)
            Add(IndexTable.Reference, e.Parameter, e.TargetType, Target(e, container), IndexText.Key(e.Uri),
                IndexText.Key(e.IdentifierSystem), IndexText.Key(e.IdentifierValue));
        foreach (var e in entries.Numbers)
            Add(IndexTable.Number, e.Parameter, Finite(e.Low), Finite(e.High));
        foreach (var e in entries.Quantities)
            Add(IndexTable.Quantity, e.Parameter, IndexText.Key(e.System), IndexText.Key(e.Code),
                IndexText.Key(e.Unit), Finite(e.Low), Finite(e.High));
        foreach (var e in entries.Uris)
            Add(IndexTable.Uri, e.Parameter, IndexText.Key(e.Uri));
        for (var n = 0; n < entries.Composites.Length; n++)
            foreach (var component in entries.Composites[n].Components)
                CompositeRows.Add(this, n, component);
        foreach (var e in entries.Positions)
            Add(IndexTable.Position, e.Parameter, e.Point.X, e.Point.Y, e.Point.Z);
        foreach (var e in entries.Texts)
            Add(IndexTable.Words, e.Parameter, e.IsContent ? 1 : 0, e.Words);
    }

    /// <summary>Replaces the rows that the resource had by these.</summary>
    /// <param name="oldMask">Tables that hold rows of the version before; 0 for a new resource.</param>
    public async ValueTask ReplaceAsync(SqlChannel channel, RowSql sql, long resourceKey, int oldMask)
    {
        foreach (var table in IndexTable.All)
            if ((oldMask & table.Bit) != 0)
                await channel.WriteAsync(sql.Delete(table), resourceKey);
        foreach (var (table, rows) in _rows)
            await InsertAsync(channel, sql, table, resourceKey, rows);
    }

    /// <summary>Writes only where these differ from the rows that the resource has.</summary>
    /// <param name="old">What stands in the tables, made by the same rules.</param>
    public async ValueTask ChangeAsync(SqlChannel channel, RowSql sql, long resourceKey, DerivedRows old)
    {
        foreach (var table in IndexTable.All)
        {
            var before = old._rows.GetValueOrDefault(table) ?? [];
            var after = _rows.GetValueOrDefault(table) ?? [];
            if (table.HasParameter)
                await ChangeParametersAsync(channel, sql, table, resourceKey, before, after);
            else if (before is [var oldRow] && after is [var row])
                await UpdateAsync(channel, sql, table, resourceKey, oldRow, row);
            else if (!AreEqual(before, after))
            {
                if (before.Count > 0)
                    await channel.WriteAsync(sql.Delete(table), resourceKey);
                await InsertAsync(channel, sql, table, resourceKey, after);
            }
        }
    }

    private static async ValueTask ChangeParametersAsync(
        SqlChannel channel, RowSql sql, IndexTable table, long resourceKey, List<object?[]> before,
        List<object?[]> after)
    {
        if (AreEqual(before, after))
            return;
        var old = before.ToLookup(row => (int)row[0]!);
        var changed = after.ToLookup(row => (int)row[0]!);
        foreach (var parameter in old.Concat(changed).Select(rows => rows.Key).Distinct())
        {
            List<object?[]> rows = [.. changed[parameter]];
            List<object?[]> oldRows = [.. old[parameter]];
            if (oldRows is [var oldRow] && rows is [var row] && table.IsUpdatedInPlace)
            {
                await UpdateAsync(channel, sql, table, resourceKey, oldRow, row);
                continue;
            }
            if (AreEqual(oldRows, rows))
                continue;
            if (oldRows.Count > 0)
                await channel.WriteAsync(sql.DeleteParameter(table), resourceKey, parameter);
            await InsertAsync(channel, sql, table, resourceKey, rows);
        }
    }

    /// <summary>Changes what differs in a row: indexes of other columns are not touched.</summary>
    private static async ValueTask UpdateAsync(
        SqlChannel channel, RowSql sql, IndexTable table, long resourceKey, object?[] before, object?[] after)
    {
        var changed = 0;
        List<object?> arguments = table.HasParameter ? [resourceKey, after[0]] : [resourceKey];
        for (var column = 0; column < after.Length; column++)
            if (!Equals(before[column], after[column]))
            {
                changed |= 1 << column;
                arguments.Add(after[column]);
            }
        if (changed != 0)
            await channel.WriteAsync(sql.Update(table, changed), [.. arguments]);
    }

    private static bool AreEqual(List<object?[]> before, List<object?[]> after)
    {
        if (before.Count != after.Count)
            return false;
        for (var i = 0; i < before.Count; i++)
            if (!before[i].AsSpan().SequenceEqual(after[i]))
                return false;
        return true;
    }

    private static async ValueTask InsertAsync(
        SqlChannel channel, RowSql sql, IndexTable table, long resourceKey, List<object?[]> rows)
    {
        if (rows.Count == 0)
            return;
        if (sql.InsertMany(table) is { } insertMany)
        {
            await channel.WriteAsync(insertMany, Columns(table, resourceKey, rows));
            return;
        }
        foreach (var row in rows)
            await channel.WriteAsync(sql.Insert(table), [resourceKey, .. row]);
    }

    private static object?[] Columns(IndexTable table, long resourceKey, List<object?[]> rows)
    {
        var arguments = new object?[table.Columns.Length + 1];
        var keys = new long[rows.Count];
        Array.Fill(keys, resourceKey);
        arguments[0] = keys;
        for (var c = 0; c < table.Columns.Length; c++)
            arguments[c + 1] = Column(table.Columns[c].Type, rows, c);
        return arguments;
    }

    private static Array Column(ColumnType type, List<object?[]> rows, int c) => type switch
    {
        ColumnType.Int => Fill<int?>(rows, c),
        ColumnType.Long => Fill<long?>(rows, c),
        ColumnType.Double => Fill<double?>(rows, c),
        _ => Fill<string?>(rows, c),
    };

    private static T[] Fill<T>(List<object?[]> rows, int c)
    {
        var values = new T[rows.Count];
        for (var r = 0; r < values.Length; r++)
            values[r] = (T)rows[r][c]!;
        return values;
    }

    /// <summary>SQL Server has no infinity; no number of FHIR comes near the greatest double.</summary>
    internal static double Finite(double value) => Math.Clamp(value, double.MinValue, double.MaxValue);

    /// <summary>The id of what is referred to, as it stands in the tables.</summary>
    /// <param name="container">Key of the resource that refers, or of the one that contains it.</param>
    internal static string Target(ReferenceEntry reference, long container) => reference.IsContained
        ? ContainedId.Of(container, reference.TargetId[1..])
        : IndexText.Key(reference.TargetId);

    private static string? Prefix(string? text) => text is null ? null : IndexText.Prefix(text);
}

/// <summary>The statements that write derived rows, made once per dialect.</summary>
internal sealed class RowSql(SqlDialect dialect)
{
    private readonly Dictionary<IndexTable, string> _delete = IndexTable.All.ToDictionary(
        t => t, t => $"DELETE FROM {t.Name} WHERE resource_key = {dialect.Placeholder(1)}");

    private readonly Dictionary<IndexTable, string> _deleteParameter = IndexTable.All.Where(t => t.HasParameter)
        .ToDictionary(
            t => t, t => $"DELETE FROM {t.Name} WHERE resource_key = {dialect.Placeholder(1)} "
                + $"AND parameter = {dialect.Placeholder(2)}");

    private readonly Dictionary<IndexTable, string> _insert = IndexTable.All.ToDictionary(
        t => t, t => InsertRow(dialect, t));

    private readonly ConcurrentDictionary<(IndexTable Table, int Columns), string> _update = [];

    private readonly Dictionary<IndexTable, string?> _insertMany = IndexTable.All.ToDictionary(
        t => t, t => dialect.InsertColumns(t.Name, [new SqlColumn("resource_key", ColumnType.Long), .. t.Columns]));

    public string Delete(IndexTable table) => _delete[table];

    public string DeleteParameter(IndexTable table) => _deleteParameter[table];

    /// <summary>Of the one row that a resource has there, or has of a parameter; arguments: its key, the parameter, and the values.</summary>
    /// <param name="columns">A bit for each column that changes.</param>
    public string Update(IndexTable table, int columns) => _update.GetOrAdd((table, columns), static (change, dialect) =>
    {
        var (table, columns) = change;
        var next = table.HasParameter ? 3 : 2;
        var set = table.Columns.Where((_, n) => (columns & (1 << n)) != 0).Select(c => $"{c.Name} = {dialect.Placeholder(next++)}");
        var whose = $"resource_key = {dialect.Placeholder(1)}" + (table.HasParameter ? $" AND parameter = {dialect.Placeholder(2)}" : "");
        return $"UPDATE {table.Name} SET {string.Join(", ", set)} WHERE {whose}";
    }, dialect);

    public string Insert(IndexTable table) => _insert[table];

    public string? InsertMany(IndexTable table) => _insertMany[table];

    private static string InsertRow(SqlDialect dialect, IndexTable table)
    {
        var names = string.Join(", ", table.Columns.Select(c => c.Name));
        var places = string.Join(", ", Enumerable.Range(2, table.Columns.Length).Select(dialect.Placeholder));
        return $"INSERT INTO {table.Name} (resource_key, {names}) VALUES ({dialect.Placeholder(1)}, {places})";
    }
}

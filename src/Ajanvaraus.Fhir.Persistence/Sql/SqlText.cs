using System.Text;

namespace Ajanvaraus.Fhir.Persistence.Sql;

/// <summary>A statement in the making, with its arguments; values never become text.</summary>
public sealed class SqlText(SqlDialect dialect)
{
    private readonly StringBuilder _text = new(512);
    private readonly List<object?> _arguments = [];

    public SqlDialect Dialect => dialect;

    public string Text => _text.ToString();

    public object?[] Arguments => [.. _arguments];

    public SqlText Append(string text)
    {
        _text.Append(text);
        return this;
    }

    public SqlText Argument(object value)
    {
        _text.Append(Place(value));
        return this;
    }

    public SqlText In(string column, IReadOnlyCollection<string> values) =>
        values.Count == 1
            ? Append(column).Append(" = ").Argument(values.First())
            : Append(dialect.InList(column, Place(dialect.List(values)), ColumnType.Text));

    public SqlText In(string column, IReadOnlyCollection<long> values) =>
        Append(dialect.InList(column, Place(dialect.List(values)), ColumnType.Long));

    public SqlText Contains(string column, string value) => Append(dialect.Contains(column, Place(value)));

    public SqlText Limit(int rows) => Append(dialect.Limit(Place((long)rows)));

    private string Place(object value)
    {
        _arguments.Add(value);
        return dialect.Placeholder(_arguments.Count);
    }
}

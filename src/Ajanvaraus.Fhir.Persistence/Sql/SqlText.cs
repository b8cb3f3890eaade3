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

    /// <param name="length">Of the value, as the database counts it.</param>
    public SqlText EndsWith(string column, string value, int length) =>
        Append(dialect.Ending(column, Place(length))).Append(" = ").Argument(value);

    /// <summary>The row of words under that alias has the words one after the other, by the full text index.</summary>
    public SqlText HasWords(string alias, bool isContent, ImmutableArray<string> words, bool isPrefix) => Append(dialect.HasWords(
        alias, isContent, Place(dialect.WordQuery(words, isPrefix)), words.Length < 2 ? null : Place(PhraseOf(words, isPrefix))));

    /// <summary>The words as they stand between blanks.</summary>
    private static string PhraseOf(ImmutableArray<string> words, bool isPrefix) =>
        $" {string.Join(' ', words)}{(isPrefix ? "" : " ")}";

    public SqlText Limit(int rows) => Append(dialect.Limit(Place((long)rows)));

    /// <param name="skipped">Rows before them that are not wanted.</param>
    public SqlText Limit(int rows, int skipped) => skipped == 0
        ? Limit(rows)
        : Append(dialect.Limit(Place((long)rows), Place((long)skipped)));

    private string Place(object value)
    {
        _arguments.Add(value);
        return dialect.Placeholder(_arguments.Count);
    }
}

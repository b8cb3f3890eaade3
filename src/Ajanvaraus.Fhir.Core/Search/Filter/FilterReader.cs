using System.Text.Json;

namespace Ajanvaraus.Fhir.Core.Search.Filter;

/// <summary>Reads the text of a <c>_filter</c>: http://hl7.org/fhir/R4/search_filter.html, formal grammar.</summary>
internal sealed class FilterReader
{
    private const int MaxDepth = 20;

    /// <summary>More than any query may have; so many a tree can hold in one branch.</summary>
    private const int MaxTests = 500;

    private readonly string _text;
    private int _at;
    private int _depth;
    private int _tests;

    private FilterReader(string text) => _text = text;

    /// <summary>Null when the text breaks the grammar.</summary>
    /// <param name="errorAt">Then: how many characters were understood.</param>
    public static FilterNode? Read(string text, out int errorAt)
    {
        var reader = new FilterReader(text);
        var node = reader.Filter();
        reader.Blanks();
        errorAt = reader._at;
        return reader._at == text.Length ? node : null;
    }

    private FilterNode? Filter()
    {
        if (++_depth > MaxDepth)
            return null;
        var left = Operand();
        while (left is not null && (IsWord("and") || IsWord("or")))
        {
            var isOr = Word() == "or";
            left = Operand() is { } right ? new FilterLogic(isOr, left, right) : null;
        }
        _depth--;
        return left;
    }

    private FilterNode? Operand()
    {
        if (Take('('))
            return Filter() is { } inner && Take(')') ? inner : null;
        var start = _at;
        if (IsWord("not"))
        {
            Word();
            if (Take('('))
                return Filter() is { } negated && Take(')') ? new FilterNot(negated) : null;
            _at = start;
        }
        return Test();
    }

    private FilterTest? Test()
    {
        Blanks();
        return ++_tests <= MaxTests && Path() is { } path && Word() is { Length: > 0 } comparison && Value() is { } value
            ? new FilterTest(path, comparison, value)
            : null;
    }

    private FilterPath? Path()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or ':'))
            _at++;
        var name = _text[start.._at];
        if (name.Length == 0 || !(char.IsAsciiLetter(name[0]) || name[0] == '_'))
            return null;
        FilterNode? where = null;
        if (Is('['))
        {
            _at++;
            where = Filter();
            if (where is null || !Take(']') || !Is('.'))
                return null;
        }
        if (!Is('.'))
            return new FilterPath(name, null, null);
        _at++;
        return ++_depth <= MaxDepth && Path() is { } rest ? new FilterPath(name, where, rest) : null;
    }

    /// <summary>A JSON string, or what stands until a blank or a closing bracket.</summary>
    private string? Value()
    {
        Blanks();
        if (Is('"'))
            return Quoted();
        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not (')' or ']'))
            _at++;
        return _at > start ? _text[start.._at] : null;
    }

    private string? Quoted()
    {
        var start = _at++;
        while (_at < _text.Length && _text[_at] != '"')
            _at += _text[_at] == '\\' ? 2 : 1;
        if (_at >= _text.Length)
            return null;
        _at++;
        try
        {
            using var json = JsonDocument.Parse(_text[start.._at]);
            return json.RootElement.GetString() is { Length: > 0 } value ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsWord(string word)
    {
        var start = _at;
        var isThere = Word() == word;
        _at = start;
        return isThere;
    }

    private string Word()
    {
        Blanks();
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetter(_text[_at]))
            _at++;
        return _text[start.._at];
    }

    private bool Take(char sign)
    {
        Blanks();
        if (!Is(sign))
            return false;
        _at++;
        return true;
    }

    private bool Is(char sign) => _at < _text.Length && _text[_at] == sign;

    private void Blanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }
}

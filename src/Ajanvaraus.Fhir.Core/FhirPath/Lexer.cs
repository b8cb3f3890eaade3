using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.FhirPath;

internal enum TokenKind { End, Identifier, DelimitedIdentifier, String, Number, DateTime, Special, External, Symbol }

/// <param name="Text">Identifier, decoded string, number, date text without <c>@</c>, or the symbol.</param>
/// <param name="Position">Of the first character, from 0.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    /// <summary>Characters that it takes in the text.</summary>
    public int Length { get; init; }

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Identifier && Text == word;
}

/// <summary>Cuts FHIRPath text into tokens: http://hl7.org/fhirpath/N1/#lexical-elements.</summary>
internal ref struct Lexer(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at = 0;

    /// <summary>All tokens with an end token, or the first error.</summary>
    public static FhirPathError? Read(string text, List<Token> tokens)
    {
        var lexer = new Lexer(text);
        while (true)
        {
            if (lexer.SkipBlank() is { } blankError)
                return blankError;
            var error = lexer.Next(out var token);
            if (error is not null)
                return error;
            tokens.Add(token with { Length = lexer._at - token.Position });
            if (token.Kind == TokenKind.End)
                return null;
        }
    }

    private readonly char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private FhirPathError? SkipBlank()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]))
            {
                _at++;
            }
            else if (Peek() == '/' && Peek(1) == '/')
            {
                while (_at < _text.Length && _text[_at] != '\n')
                    _at++;
            }
            else if (Peek() == '/' && Peek(1) == '*')
            {
                var close = _text[(_at + 2)..].IndexOf("*/");
                if (close < 0)
                    return FhirPathError.Syntax(FhirPathMessages.CommentNotClosed, _at);
                _at += close + 4;
            }
            else
            {
                break;
            }
        }
        return null;
    }

    private FhirPathError? Next(out Token token)
    {
        var start = _at;
        token = new Token(TokenKind.End, "", start);
        if (_at >= _text.Length)
            return null;
        var first = _text[_at];
        if (char.IsAsciiLetter(first) || first == '_')
            token = new Token(TokenKind.Identifier, Word(), start);
        else if (char.IsAsciiDigit(first))
            token = new Token(TokenKind.Number, Number(), start);
        else if (first == '\'')
            return Quoted('\'', TokenKind.String, out token);
        else if (first == '`')
            return Quoted('`', TokenKind.DelimitedIdentifier, out token);
        else if (first == '@')
            return DateTime(out token);
        else if (first == '$')
            return Special(out token);
        else if (first == '%')
            return External(out token);
        else
            return Symbol(out token);
        return null;
    }

    private string Word()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_')
            _at++;
        return _text[start.._at].ToString();
    }

    private string Number()
    {
        var start = _at;
        while (char.IsAsciiDigit(Peek()))
            _at++;
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            while (char.IsAsciiDigit(Peek()))
                _at++;
        }
        return _text[start.._at].ToString();
    }

    private FhirPathError? Quoted(char quote, TokenKind kind, out Token token)
    {
        var start = _at++;
        var content = new StringBuilder();
        token = default;
        while (_at < _text.Length && _text[_at] != quote)
        {
            if (_text[_at] != '\\')
                content.Append(_text[_at++]);
            else if (!Escape(content))
                return FhirPathError.Syntax(FhirPathMessages.UnknownEscape, _at);
        }
        if (_at >= _text.Length)
            return FhirPathError.Syntax(FhirPathMessages.QuoteNotClosed, start);
        _at++;
        token = new Token(kind, content.ToString(), start);
        return Functions.Characters.IsWhole(token.Text)
            ? null : FhirPathError.Syntax(FhirPathMessages.UnknownEscape, start);
    }

    private bool Escape(StringBuilder content)
    {
        var next = Peek(1);
        if (next == 'u')
        {
            if (_at + 6 > _text.Length
                || !ushort.TryParse(_text.Slice(_at + 2, 4), NumberStyles.AllowHexSpecifier, null, out var unit))
                return false;
            content.Append((char)unit);
            _at += 6;
            return true;
        }
        const string Names = "'\"`rntf\\/";
        const string Meanings = "'\"`\r\n\t\f\\/";
        var known = next == '\0' ? -1 : Names.IndexOf(next);
        if (known < 0)
            return false;
        content.Append(Meanings[known]);
        _at += 2;
        return true;
    }

    private FhirPathError? DateTime(out Token token)
    {
        var start = _at++;
        while (char.IsAsciiDigit(Peek()) || Peek() is 'T' or ':' or '-' or '+' or 'Z'
            || (Peek() == '.' && char.IsAsciiDigit(Peek(1))))
            _at++;
        token = new Token(TokenKind.DateTime, _text[(start + 1).._at].ToString(), start);
        return token.Text.Length == 0 ? FhirPathError.Syntax(FhirPathMessages.DateMustFollow, start) : null;
    }

    private FhirPathError? Special(out Token token)
    {
        var start = _at++;
        token = new Token(TokenKind.Special, Word(), start);
        return token.Text is "this" or "index" or "total"
            ? null
            : FhirPathError.Syntax(FhirPathMessages.UnknownSpecial, start);
    }

    private FhirPathError? External(out Token token)
    {
        var start = _at++;
        token = default;
        if (Peek() is '\'' or '`')
        {
            var error = Quoted(Peek(), TokenKind.External, out token);
            token = token with { Position = start };
            return error;
        }
        token = new Token(TokenKind.External, Word(), start);
        return token.Text.Length == 0 ? FhirPathError.Syntax(FhirPathMessages.NameMustFollow, start) : null;
    }

    private FhirPathError? Symbol(out Token token)
    {
        var start = _at;
        var two = _at + 1 < _text.Length ? _text.Slice(_at, 2) : default;
        var length = two is "<=" or ">=" or "!=" or "!~" ? 2 : 1;
        var symbol = _text.Slice(_at, length).ToString();
        token = new Token(TokenKind.Symbol, symbol, start);
        _at += length;
        return length == 2 || ".,()[]{}|+-*/&=~<>".Contains(symbol[0])
            ? null
            : FhirPathError.Syntax(FhirPathMessages.UnknownCharacter, start);
    }
}

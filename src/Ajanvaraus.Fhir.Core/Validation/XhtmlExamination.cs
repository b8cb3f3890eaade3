using Ajanvaraus.Fhir.Core.Xml;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>One pass over the text of a narrative, from tag to tag.</summary>
/// <remarks>What passes as well-formed here can stand in a document of XML as it is, in any place.</remarks>
internal ref struct XhtmlExamination
{
    private const int MaxAttributes = 32;
    private const int LongestName = 40;
    private const string Blank = " \t\r\n";

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<Range> _open;
    private int _position;
    private int _depth;
    private bool _saysSomething;
    private XhtmlFault _fault;
    private string? _name;
    private bool? _declaresXhtml;

    public XhtmlExamination(ReadOnlySpan<char> text, Span<Range> open)
    {
        _text = text;
        _open = open;
    }

    private readonly ReadOnlySpan<char> Rest => _text[_position..];

    public XhtmlFinding Run()
    {
        if (!IsWellFormed())
            return new XhtmlFinding(XhtmlFault.NotWellFormed, null, _declaresXhtml);
        if (!_saysSomething)
            Report(XhtmlFault.Empty, default);
        return new XhtmlFinding(_fault, _name, _declaresXhtml);
    }

    private bool IsWellFormed()
    {
        if (Rest is not ['<', 'd', 'i', 'v', '>' or '/' or ' ' or '\t' or '\r' or '\n', ..])
            return false;
        do
        {
            if (!TryPiece())
                return false;
        }
        while (_depth > 0 && _position < _text.Length);
        return _depth == 0 && _position == _text.Length;
    }

    private bool TryPiece()
    {
        if (Rest[0] != '<')
            return TryContent();
        if (Rest.StartsWith("<!--", StringComparison.Ordinal))
            return TryComment();
        return Rest.StartsWith("</", StringComparison.Ordinal) ? TryEndTag() : TryStartTag();
    }

    private bool TryContent()
    {
        var end = Rest.IndexOf('<');
        var content = end < 0 ? Rest : Rest[..end];
        _saysSomething |= !content.IsWhiteSpace();
        _position += content.Length;
        return IsText(content) && content.IndexOf("]]>", StringComparison.Ordinal) < 0;
    }

    private bool TryComment()
    {
        var content = Rest[4..];
        var end = content.IndexOf("--", StringComparison.Ordinal);
        if (end < 0 || !content[end..].StartsWith("-->", StringComparison.Ordinal) || !HasOnlyCharacters(content[..end]))
            return false;
        _position += end + 7;
        return true;
    }

    private bool TryEndTag()
    {
        _position += 2;
        var name = TakeName(allowsColon: false);
        SkipBlanks();
        return _text[_open[--_depth]].SequenceEqual(_text[name]) && TryTake('>');
    }

    private bool TryStartTag()
    {
        _position++;
        var range = TakeName(allowsColon: false);
        var name = _text[range];
        if (name.IsEmpty || !char.IsAsciiLetter(name[0]) || !TryAttributes(name is "img"))
            return false;
        if (!XhtmlVocabulary.HasElement(name))
            Report(XhtmlFault.ForbiddenElement, name);
        if (_depth == 0 && _declaresXhtml is null)
            Report(XhtmlFault.WrongNamespace, default);
        if (TryTake('/'))
            return TryTake('>');
        if (_depth == _open.Length)
            return false;
        _open[_depth++] = range;
        return TryTake('>');
    }

    private bool TryAttributes(bool isImage)
    {
        Span<Range> names = stackalloc Range[MaxAttributes];
        for (var count = 0; ; count++)
        {
            var hasBlank = SkipBlanks();
            if (Rest is [] or ['>' or '/', ..])
                return true;
            if (!hasBlank || count == MaxAttributes)
                return false;
            names[count] = TakeName(allowsColon: true);
            var name = _text[names[count]];
            if (name.IsEmpty || IsAmong(name, names[..count]) || !TryValue(out var value) || !Take(name, value))
                return false;
            _saysSomething |= isImage && name is "src";
        }
    }

    private bool TryValue(out ReadOnlySpan<char> value)
    {
        value = default;
        SkipBlanks();
        if (!TryTake('='))
            return false;
        SkipBlanks();
        if (Rest is not ['"' or '\'', ..])
            return false;
        var length = Rest[1..].IndexOf(Rest[0]);
        if (length < 0)
            return false;
        value = Rest.Slice(1, length);
        _position += length + 2;
        return !value.Contains('<') && IsText(value);
    }

    /// <summary>Judges an attribute by what it is; false when it makes the text no XML by itself.</summary>
    private bool Take(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (name is "xmlns")
        {
            var isXhtml = value is FhirXml.XhtmlNamespace;
            if (_depth == 0)
                _declaresXhtml = isXhtml;
            if (!isXhtml)
                Report(XhtmlFault.WrongNamespace, default);
            return true;
        }
        if (name.StartsWith("xmlns:", StringComparison.Ordinal))
            return IsOrdinaryDeclaration(name[6..], value);
        if (name.Contains(':') && !name.StartsWith("xml:", StringComparison.Ordinal))
            return false;
        if (!XhtmlVocabulary.HasAttribute(name))
            Report(XhtmlFault.ForbiddenAttribute, name);
        else if (XhtmlVocabulary.IsLink(name) && IsActive(value, name))
            Report(XhtmlFault.ActiveLink, name);
        return name[^1] != ':';
    }

    /// <summary>A prefix that nothing here can use, but that word processors leave behind.</summary>
    private static bool IsOrdinaryDeclaration(ReadOnlySpan<char> prefix, ReadOnlySpan<char> value) =>
        !prefix.IsEmpty && !prefix.Contains(':') && char.IsAsciiLetter(prefix[0]) && !value.IsEmpty
        && !prefix.StartsWith("xml", StringComparison.OrdinalIgnoreCase)
        && !value.StartsWith("http://www.w3.org/XML/1998/namespace", StringComparison.Ordinal)
        && !value.StartsWith("http://www.w3.org/2000/xmlns/", StringComparison.Ordinal);

    /// <summary>Reads the scheme as a browser does: references resolved, case and white space passed over.</summary>
    private static bool IsActive(ReadOnlySpan<char> value, ReadOnlySpan<char> attribute)
    {
        Span<char> scheme = stackalloc char[16];
        var length = 0;
        for (var i = 0; i < value.Length && length < scheme.Length; i++)
        {
            int c = value[i];
            if (c == '&' && XhtmlReference.TryRead(value[i..], out var width, out c))
                i += width - 1;
            if (c is '/' or '?' or '#')
                return false;
            if (c == ':')
                return XhtmlVocabulary.IsScript(scheme[..length], attribute);
            if (c > ' ')
                scheme[length++] = c < 128 ? char.ToLowerInvariant((char)c) : '?';
        }
        return false;
    }

    private static bool IsText(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('&'); at >= 0; at = text.IndexOf('&'))
        {
            if (!HasOnlyCharacters(text[..at]) || !XhtmlReference.TryRead(text[at..], out var length, out _))
                return false;
            text = text[(at + length)..];
        }
        return HasOnlyCharacters(text);
    }

    private static bool HasOnlyCharacters(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (XhtmlReference.IsCharacter(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }
        return true;
    }

    private readonly bool IsAmong(ReadOnlySpan<char> name, ReadOnlySpan<Range> names)
    {
        foreach (var other in names)
            if (_text[other].SequenceEqual(name))
                return true;
        return false;
    }

    /// <summary>Letters, digits, point, hyphen and underscore; empty when there is no name.</summary>
    private Range TakeName(bool allowsColon)
    {
        var start = _position;
        while (_position < _text.Length
            && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] is '_'
                || (_position > start && _text[_position] is '-' or '.')
                || (allowsColon && _position > start && _text[_position] == ':')))
            _position++;
        return char.IsAsciiDigit(_position > start ? _text[start] : '0') ? start..start : start.._position;
    }

    private bool SkipBlanks()
    {
        var length = Rest.Length - Rest.TrimStart(Blank).Length;
        _position += length;
        return length > 0;
    }

    private bool TryTake(char c)
    {
        if (Rest is [] || Rest[0] != c)
            return false;
        _position++;
        return true;
    }

    private void Report(XhtmlFault fault, ReadOnlySpan<char> name)
    {
        if (_fault != XhtmlFault.None)
            return;
        _fault = fault;
        _name = name.IsEmpty ? null : name[..Math.Min(name.Length, LongestName)].ToString();
    }
}

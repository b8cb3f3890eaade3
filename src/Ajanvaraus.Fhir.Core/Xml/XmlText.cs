using System.Text;

using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Xml;

/// <summary>The characters of a document, and where its lines begin.</summary>
/// <remarks>
/// <para>Decoded here and not by the XML reader: the encoding is settled once, from the first bytes, and a declaration
/// that says otherwise is refused, so that no other reader can see other text in the same bytes.</para>
/// <para>Source: https://www.w3.org/TR/xml/#sec-guessing .</para>
/// </remarks>
internal sealed class XmlText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding LittleEndian = new(bigEndian: false, byteOrderMark: false, true);
    private static readonly UnicodeEncoding BigEndian = new(bigEndian: true, byteOrderMark: false, true);

    private int _line = 1;
    private int _lineStart;

    private XmlText(string text) => Text = text;

    public string Text { get; }

    public static Outcome<XmlText> Decode(ReadOnlySpan<byte> bytes, int maxCharacters)
    {
        var (encoding, markLength) = Detect(bytes);
        string text;
        try
        {
            text = encoding.GetString(bytes[markLength..]);
        }
        catch (DecoderFallbackException fault)
        {
            return XmlMessages.BadText.As(ProblemKind.Invalid, null, $"{fault.Index + markLength}");
        }
        if (text.Length > maxCharacters)
            return XmlMessages.TooLong.As(ProblemKind.TooLarge, null, $"{maxCharacters}");
        if (!Agrees(DeclaredEncoding(text), isUtf8: ReferenceEquals(encoding, Utf8)))
            return XmlMessages.WrongEncoding.As(ProblemKind.Invalid);
        return CrowdedTags.AreIn(text)
            ? XmlMessages.TooManyAttributes.As(ProblemKind.Invalid, null, $"{CrowdedTags.MaxAttributes}")
            : new XmlText(text);
    }

    /// <summary>Place in <see cref="Text"/> of a line and column, both from 1; asked for in rising order.</summary>
    public int OffsetOf(int line, int column)
    {
        while (_line < line)
        {
            var end = Text.AsSpan(_lineStart).IndexOfAny('\r', '\n');
            if (end < 0)
                break;
            _lineStart += end + 1;
            if (Text[_lineStart - 1] == '\r' && _lineStart < Text.Length && Text[_lineStart] == '\n')
                _lineStart++;
            _line++;
        }
        return _lineStart + column - 1;
    }

    private static (Encoding Encoding, int MarkLength) Detect(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Utf8, 3),
        [0xFF, 0xFE, ..] => (LittleEndian, 2),
        [0xFE, 0xFF, ..] => (BigEndian, 2),
        [(byte)'<', 0, ..] => (LittleEndian, 0),
        [0, (byte)'<', ..] => (BigEndian, 0),
        _ => (Utf8, 0),
    };

    private static bool Agrees(ReadOnlySpan<char> declared, bool isUtf8) => declared.IsEmpty || (isUtf8
        ? Is(declared, "utf-8") || Is(declared, "us-ascii")
        : Is(declared, "utf-16") || Is(declared, "utf-16le") || Is(declared, "utf-16be"));

    private static bool Is(ReadOnlySpan<char> declared, string name) =>
        declared.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>What <c>encoding</c> of the XML declaration says; empty where there is none.</summary>
    private static ReadOnlySpan<char> DeclaredEncoding(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("<?xml ", StringComparison.Ordinal) && !text.StartsWith("<?xml\t", StringComparison.Ordinal))
            return default;
        var end = text.IndexOf("?>", StringComparison.Ordinal);
        var declaration = end < 0 ? text : text[..end];
        var at = declaration.IndexOf("encoding", StringComparison.Ordinal);
        if (at < 0)
            return default;
        var value = declaration[(at + "encoding".Length)..].TrimStart(" \t\r\n=");
        if (value is not ['"' or '\'', ..])
            return default;
        var close = value[1..].IndexOf(value[0]);
        return close < 0 ? default : value.Slice(1, close);
    }
}

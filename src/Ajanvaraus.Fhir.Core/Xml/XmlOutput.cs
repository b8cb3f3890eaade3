using System.Buffers;
using System.Text;

namespace Ajanvaraus.Fhir.Core.Xml;

/// <summary>UTF-8 straight into a buffer writer, a large piece of it at a time.</summary>
internal ref struct XmlOutput(IBufferWriter<byte> output)
{
    private const int PieceLength = 4096;
    private const int LongestOfOneChar = 3;

    /// <summary>What cannot stand in a quoted attribute as it is: markup, white space that XML would make a blank, and
    /// what XML 1.0 has no way to write. Half a surrogate pair is replaced by the encoding itself.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(i => (char)i), '&', '<', '"', '\uFFFE', '\uFFFF']);

    private Span<byte> _piece;
    private int _used;

    public void Flush()
    {
        output.Advance(_used);
        _piece = default;
        _used = 0;
    }

    public void Append(byte one)
    {
        Reserve(1);
        _piece[_used++] = one;
    }

    public void Append(scoped ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_piece[_used..]);
        _used += bytes.Length;
    }

    public void AppendAscii(string text)
    {
        Reserve(text.Length);
        _used += Encoding.ASCII.GetBytes(text, _piece[_used..]);
    }

    /// <summary>Text that is markup already.</summary>
    public void AppendRaw(scoped ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var length = Math.Min(text.Length, PieceLength);
            if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
                length--;
            Reserve(length * LongestOfOneChar);
            _used += Encoding.UTF8.GetBytes(text[..length], _piece[_used..]);
            text = text[length..];
        }
    }

    /// <summary>Text as content or as the value of a quoted attribute, with no more escapes than needed.</summary>
    public void AppendEscaped(scoped ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAny(Special); at >= 0; at = text.IndexOfAny(Special))
        {
            AppendRaw(text[..at]);
            Append(Escape(text[at]));
            text = text[(at + 1)..];
        }
        AppendRaw(text);
    }

    private static ReadOnlySpan<byte> Escape(char c) => c switch
    {
        '&' => "&amp;"u8,
        '<' => "&lt;"u8,
        '"' => "&quot;"u8,
        '\t' => "&#x9;"u8,
        '\n' => "&#xA;"u8,
        '\r' => "&#xD;"u8,
        _ => "\uFFFD"u8,
    };

    private void Reserve(int count)
    {
        if (_piece.Length - _used >= count)
            return;
        output.Advance(_used);
        _piece = output.GetSpan(Math.Max(count, PieceLength));
        _used = 0;
    }
}

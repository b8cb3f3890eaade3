using System.Text;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>Damages texts at random, from a seed: what a fuzzing test feeds a parser.</summary>
/// <remarks>Shape: each input is one of the corpus after one to four cuts, copies, changed bytes or inserted tokens of
/// the formats; the same seed gives the same inputs.</remarks>
public sealed class ByteMutation(int seed, IReadOnlyList<byte[]> corpus)
{
    private const int MaxLength = 256 * 1024;

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "<", ">", "</", "/>", "&", ";", "&amp;", "&#0;", "&#x10FFFF;", "&x;", "\"", "'", "=", " ", "\0", "\r\n",
            "{", "}", "[", "]", ":", ",", "null", "true", "1e999", "-", "\\u0000", "\\ud800", "\\", "<!DOCTYPE a [", "<!ENTITY a 'b'>",
            "<![CDATA[", "]]>", "<!--", "-->", "<?a", "?>", "xmlns=''", "xmlns:a='b'", "<div>", "</div>", "id='a'",
            "<extension url='a'>", "\"extension\":[{", "\"_id\":", "\"resourceType\":\"Patient\"", "\U0001F600", "\uFEFF",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80],
    ];

    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var bytes = new List<byte>(corpus[_random.Next(corpus.Count)]);
        for (var times = _random.Next(1, 5); times > 0; times--)
            Damage(bytes);
        return [.. bytes];
    }

    private void Damage(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(_random.Next(1, 1 << _random.Next(1, 10)), bytes.Count - at);
        switch (_random.Next(5))
        {
            case 0:
                bytes.RemoveRange(at, length);
                break;
            case 1 when bytes.Count + length < MaxLength:
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 2 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 3 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            default:
                bytes.InsertRange(at, Tokens[_random.Next(Tokens.Length)]);
                break;
        }
    }
}

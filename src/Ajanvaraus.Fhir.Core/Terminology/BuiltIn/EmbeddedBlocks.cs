namespace Ajanvaraus.Fhir.Core.Terminology.BuiltIn;

/// <summary>An embedded line file in blocks: a line with a canonical, and the indented lines below it (ADR 0002).</summary>
/// <remarks>Read once, and only a block that is asked for is taken apart.</remarks>
internal sealed class EmbeddedBlocks
{
    private readonly string _text;
    private readonly Dictionary<string, Range> _blocks = [];

    public EmbeddedBlocks(string file)
    {
        using var stream = typeof(EmbeddedBlocks).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        _text = reader.ReadToEnd();
        Index();
    }

    /// <summary>In the order of the file.</summary>
    public IEnumerable<string> Canonicals => _blocks.Keys;

    /// <summary>The columns of each line, and how far it is indented; null when there is no such block.</summary>
    public IEnumerable<(int Depth, string[] Columns)>? Find(string canonical) =>
        _blocks.TryGetValue(canonical, out var block) ? Lines(block) : null;

    /// <summary>Lines end without their empty last columns. Null for an empty column.</summary>
    public static string? Column(string[] columns, int index) =>
        index < columns.Length && columns[index].Length > 0 ? columns[index] : null;

    private void Index()
    {
        string? canonical = null;
        var (start, at) = (0, 0);
        while (at < _text.Length)
        {
            if (_text[at] is not ('\t' or '#'))
            {
                if (canonical is not null)
                    _blocks.Add(canonical, start..at);
                canonical = _text[at.._text.IndexOfAny(['\t', '\n'], at)];
                start = at;
            }
            at = _text.IndexOf('\n', at) + 1;
        }
        if (canonical is not null)
            _blocks.Add(canonical, start.._text.Length);
    }

    private IEnumerable<(int Depth, string[] Columns)> Lines(Range block)
    {
        var (at, length) = block.GetOffsetAndLength(_text.Length);
        var end = at + length;
        while (at < end)
        {
            var line = _text[at.._text.IndexOf('\n', at)];
            at += line.Length + 1;
            var depth = 0;
            while (depth < line.Length && line[depth] == '\t')
                depth++;
            yield return (depth, line[depth..].Split('\t'));
        }
    }
}

namespace Ajanvaraus.Fhir.Server.Import;

/// <summary>Lines of a stream as bytes, one at a time.</summary>
/// <param name="input">Read to its end; stays open.</param>
/// <param name="mostBytes">A longer line is told as too long and not kept.</param>
internal sealed class LineReader(Stream input, int mostBytes)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The line that was read, without its line feed; empty when it was too long.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Number of the line, from 1.</summary>
    public int Number { get; private set; }

    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line; false after the last.</summary>
    public bool Read()
    {
        IsTooLong = false;
        var searched = 0;
        while (true)
        {
            var waiting = _buffer.AsSpan(_start + searched, _end - _start - searched);
            var feed = waiting.IndexOf((byte)'\n');
            if (feed >= 0)
                return Take(searched + feed, skip: 1);
            searched = _end - _start;
            if (_isAtEnd)
                return searched > 0 && Take(searched, skip: 0);
            if (searched > mostBytes)
            {
                // The rest of the line is read to be forgotten.
                IsTooLong = true;
                _start = _end = searched = 0;
            }
            Fill();
        }
    }

    private bool Take(int length, int skip)
    {
        Number++;
        IsTooLong |= length > mostBytes;
        Line = IsTooLong ? default : _buffer.AsMemory(_start, length);
        _start += length + skip;
        return true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = input.Read(_buffer, _end, _buffer.Length - _end);
        _isAtEnd = read == 0;
        _end += read;
    }
}

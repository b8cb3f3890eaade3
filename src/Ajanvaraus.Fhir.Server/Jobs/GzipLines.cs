using System.IO.Compression;

namespace Ajanvaraus.Fhir.Server.Jobs;

/// <summary>Lines of NDJSON, gzipped as they come: several of these one after another are gzip as well.</summary>
internal sealed class GzipLines : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly GZipStream _gzip;

    public GzipLines() => _gzip = new GZipStream(_output, CompressionLevel.Fastest, leaveOpen: true);

    public int Count { get; private set; }

    /// <summary>Before compression.</summary>
    public long Bytes { get; private set; }

    public void Add(ReadOnlySpan<byte> line)
    {
        _gzip.Write(line);
        _gzip.WriteByte((byte)'\n');
        Count++;
        Bytes += line.Length + 1;
    }

    /// <summary>Ends it.</summary>
    public byte[] ToArray()
    {
        _gzip.Dispose();
        return _output.ToArray();
    }

    public void Dispose()
    {
        _gzip.Dispose();
        _output.Dispose();
    }

    /// <summary>Bytes of a body as one piece, whatever their lines are.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return output.ToArray();
    }
}

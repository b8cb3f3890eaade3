using System.IO.Compression;

using Microsoft.Net.Http.Headers;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Brotli or gzip for bodies that are worth it; the body is whole in memory, so its length is told.</summary>
public static class Compression
{
    private const int WorthBytes = 1024;
    private const int BrotliQuality = 3;
    private const int BrotliWindow = 20;

    /// <summary>The compressed body, with the headers set; null when it goes as it is.</summary>
    public static PooledBuffer? Compress(HttpContext context, ReadOnlySpan<byte> body)
    {
        if (body.Length < WorthBytes)
            return null;
        var headers = context.Response.Headers;
        string? accepted = context.Request.Headers.AcceptEncoding;
        if (string.IsNullOrEmpty(accepted))
            return null;
        if (Accepts(accepted, "br") && Brotli(body) is { } brotli)
        {
            headers.ContentEncoding = "br";
            return brotli;
        }
        if (!Accepts(accepted, "gzip"))
            return null;
        headers.ContentEncoding = "gzip";
        return Gzip(body);
    }

    /// <summary>Whether the caller takes that encoding.</summary>
    public static bool Accepts(HttpContext context, string encoding) =>
        context.Request.Headers.AcceptEncoding.ToString() is { Length: > 0 } accepted && Accepts(accepted, encoding);

    private static bool Accepts(string header, string encoding)
    {
        if (!header.Contains(encoding, StringComparison.OrdinalIgnoreCase))
            return false;
        if (!StringWithQualityHeaderValue.TryParseList([header], out var wanted))
            return false;
        foreach (var one in wanted)
            if (one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0)
                return true;
        return false;
    }

    private static PooledBuffer? Brotli(ReadOnlySpan<byte> body)
    {
        var buffer = new PooledBuffer(BrotliEncoder.GetMaxCompressedLength(body.Length));
        var target = buffer.GetSpan(BrotliEncoder.GetMaxCompressedLength(body.Length));
        if (BrotliEncoder.TryCompress(body, target, out var count, BrotliQuality, BrotliWindow))
        {
            buffer.Advance(count);
            return buffer;
        }
        buffer.Dispose();
        return null;
    }

    private static PooledBuffer Gzip(ReadOnlySpan<byte> body)
    {
        var buffer = new PooledBuffer(body.Length / 2);
        using (var output = new BufferStream(buffer))
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
            gzip.Write(body);
        return buffer;
    }

    /// <summary>Lets a stream encoder write into a buffer.</summary>
    private sealed class BufferStream(PooledBuffer buffer) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => buffer.Length;

        public override long Position
        {
            get => buffer.Length;
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
            // Everything is in the buffer already.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] bytes, int offset, int count) => buffer.Write(bytes.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);
    }
}

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Reads a request body into a pooled buffer, within a limit that holds after decompression.</summary>
public static class RequestBody
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The buffer is the caller's to dispose of.</summary>
    public static async Task<Outcome<PooledBuffer>> ReadAsync(HttpRequest request, int limit, CancellationToken cancel)
    {
        // Decompression takes the header away when it knows the encoding; what is left is not known.
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
            return RestIssues.UnsupportedEncoding();
        if (request.ContentLength > limit)
            return RestIssues.BodyTooLarge(limit);

        var buffer = new PooledBuffer((int)(request.ContentLength ?? 4096) + 1);
        try
        {
            return await FillAsync(buffer, request.Body, limit, cancel)
                ? buffer
                : Refuse(buffer, RestIssues.BodyTooLarge(limit));
        }
        catch (Exception broken) when (IsOfTheClient(broken))
        {
            return Refuse(buffer, RestIssues.MalformedRequest());
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>JSON or XML without the byte order mark of UTF-8 that some clients send.</summary>
    public static ReadOnlyMemory<byte> Content(PooledBuffer buffer) =>
        buffer.WrittenSpan.StartsWith(ByteOrderMark) ? buffer.WrittenMemory[3..] : buffer.WrittenMemory;

    private static async Task<bool> FillAsync(PooledBuffer buffer, Stream body, int limit, CancellationToken cancel)
    {
        while (true)
        {
            var count = await body.ReadAsync(buffer.GetMemory(), cancel);
            if (count == 0)
                return true;
            buffer.Advance(count);
            if (buffer.Length > limit)
                return false;
        }
    }

    /// <summary>Bytes that are not of the encoding named, and chunks whose length no number can tell.</summary>
    /// <remarks>Each decompressor has a word of its own for it. What Kestrel tells with a status goes to the fault handler.</remarks>
    private static bool IsOfTheClient(Exception broken) => broken
        is InvalidDataException
        or InvalidOperationException { Source: "System.IO.Compression.Brotli" }
        or IOException and not BadHttpRequestException;

    private static Problem Refuse(PooledBuffer buffer, Problem problem)
    {
        buffer.Dispose();
        return problem;
    }
}

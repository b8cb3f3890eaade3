using System.IO.Compression;
using System.Text.Json;

using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Turns an answer into status, headers and body of the HTTP response.</summary>
public static class ResponseSender
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static async Task SendAsync(HttpContext context, FhirResponse response, Presentation presentation, string baseUrl)
    {
        var http = context.Response;
        http.StatusCode = response.Status;
        SetHeaders(http.Headers, response, baseUrl);
        if (response.Pieces is { } pieces)
        {
            http.ContentType = response.MediaType;
            await SendPiecesAsync(context, pieces(context.RequestAborted));
            return;
        }
        if (response.Body.IsEmpty)
        {
            // 204 and 304 carry no length; an empty 200 or 201 says so.
            if (response.Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
                http.ContentLength = 0;
            return;
        }
        http.ContentType = response.MediaType ?? ContentNegotiation.MediaTypeOf(presentation.Format);
        if (presentation == default || response.MediaType is not null)
        {
            await SendBodyAsync(context, response.Body);
            return;
        }
        using var presented = presentation.Format == FhirFormat.Xml
            ? XmlBody.Of(response.Body.Span, presentation.IsPretty)
            : Indent(response.Body);
        await SendBodyAsync(context, presented.WrittenMemory);
    }

    /// <summary>As the pieces are, to those who take gzip; unpacked to others.</summary>
    private static async Task SendPiecesAsync(HttpContext context, IAsyncEnumerable<byte[]> pieces)
    {
        var isGzip = Compression.Accepts(context, "gzip");
        if (isGzip)
            context.Response.Headers.ContentEncoding = "gzip";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        await foreach (var piece in pieces)
        {
            if (isGzip)
            {
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
                continue;
            }
            await using var unpacked = new GZipStream(new MemoryStream(piece), CompressionMode.Decompress);
            await unpacked.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private static async Task SendBodyAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        using var compressed = Compression.Compress(context, body.Span);
        if (compressed is not null)
            body = compressed.WrittenMemory;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    private static void SetHeaders(IHeaderDictionary headers, FhirResponse response, string baseUrl)
    {
        headers.Vary = "Accept, Accept-Encoding";
        if (response.Version is { } version)
            headers.ETag = EntityTags.Of(version);
        else if (response.EntityTag is not null)
            headers.ETag = response.EntityTag;
        if (response.LastUpdated is { } microseconds)
            headers.LastModified = EntityTags.HttpDate(microseconds);
        if (response.Location is not null)
            headers.Location = $"{baseUrl}/{response.Location}";
        if (response.ContentLocation is not null)
            headers.ContentLocation = $"{baseUrl}/{response.ContentLocation}";
        foreach (var (name, value) in response.Headers)
            headers.Append(name, value);
    }

    private static PooledBuffer Indent(ReadOnlyMemory<byte> body)
    {
        var buffer = new PooledBuffer(body.Length * 2);
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 256 });
        using var writer = new Utf8JsonWriter(buffer, Indented);
        document.WriteTo(writer);
        writer.Flush();
        return buffer;
    }
}

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>The answer to one interaction, before it becomes an HTTP response or a Bundle entry.</summary>
/// <remarks>
/// Whoever sends it disposes of it: the body may lie in a pooled buffer. A copy made by <c>with</c> takes the place of
/// its original: dispose of one of them.
/// </remarks>
public sealed record FhirResponse : IDisposable
{
    private PooledBuffer? _buffer;

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>JSON; empty when the answer has no body.</summary>
    public ReadOnlyMemory<byte> Body { get; private init; }

    /// <summary>Of a body that is no resource, and so is sent as it is; null: the format of the caller's choice.</summary>
    public string? MediaType { get; init; }

    /// <summary>A body that is too long for memory, gzipped, piece by piece; null: <see cref="Body"/>.</summary>
    public Func<CancellationToken, IAsyncEnumerable<byte[]>>? Pieces { get; private init; }

    /// <summary>True when the body is the OperationOutcome of a failure.</summary>
    public Problem? Problem { get; private init; }

    /// <summary>True when the body is an OperationOutcome that was asked for by <c>Prefer</c>.</summary>
    public bool IsOutcome { get; init; }

    /// <summary>The resources, whole, of which the body tells a part or nothing; empty where it tells them whole.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> MadeOf { get; init; } = [];

    /// <summary>For <c>ETag: W/"n"</c>; null: none.</summary>
    public int? Version { get; init; }

    /// <summary>Microseconds since 1970 UTC, for <c>Last-Modified</c>; null: none.</summary>
    public long? LastUpdated { get; init; }

    /// <summary>Relative to the base: <c>Patient/1/_history/1</c>; null: none.</summary>
    public string? Location { get; init; }

    /// <summary>Relative to the base, of the version that the body shows; null: none.</summary>
    public string? ContentLocation { get; init; }

    /// <summary>A strong or weak entity tag as written, where it is not a version id.</summary>
    public string? EntityTag { get; init; }

    /// <summary>Further headers, for example <c>Expires</c>.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static FhirResponse Empty(int status) => new() { Status = status };

    public static FhirResponse OfBytes(int status, ReadOnlyMemory<byte> body) => new() { Status = status, Body = body };

    /// <param name="gzip">Each piece is gzip by itself.</param>
    public static FhirResponse OfPieces(
        int status, string mediaType, Func<CancellationToken, IAsyncEnumerable<byte[]>> gzip) =>
        new() { Status = status, MediaType = mediaType, Pieces = gzip };

    /// <summary>The response owns the buffer from here on.</summary>
    public static FhirResponse OfBuffer(int status, PooledBuffer buffer) =>
        new() { Status = status, Body = buffer.WrittenMemory, _buffer = buffer };

    public static FhirResponse OfResource(
        int status, ElementNode resource, ImmutableArray<KeyValuePair<string, string>> headers = default)
    {
        var buffer = new PooledBuffer();
        FhirJson.Write(buffer, resource);
        return new FhirResponse
        {
            Status = status,
            Body = buffer.WrittenMemory,
            _buffer = buffer,
            Headers = headers.IsDefault ? [] : headers,
        };
    }

    /// <summary>A stored version with its ETag and Last-Modified; no Location.</summary>
    public static FhirResponse OfStored(int status, StoredResource stored) => new()
    {
        Status = status,
        Body = stored.Body,
        Version = stored.Version,
        LastUpdated = stored.LastUpdated,
    };

    /// <summary>The answer to a write, with the body that was preferred; empty: none.</summary>
    /// <param name="isOutcome">The body is an OperationOutcome, not the resource.</param>
    public static FhirResponse OfWrite(int status, StoredResource stored, ReadOnlyMemory<byte> body, bool isOutcome) =>
        new()
        {
            Status = status,
            Body = body,
            IsOutcome = isOutcome,
            Version = stored.Version,
            LastUpdated = stored.LastUpdated,
            Location = status == StatusCodes.Status201Created ? VersionUrl(stored) : null,
            ContentLocation = body.IsEmpty || isOutcome || stored.IsDeleted ? null : VersionUrl(stored),
        };

    public static FhirResponse Of(Problem problem, string language)
    {
        var buffer = new PooledBuffer();
        OutcomeBody.Write(buffer, problem.Issues, language);
        return new FhirResponse
        {
            Status = ProblemStatus.Of(problem.Kind),
            Body = buffer.WrittenMemory,
            _buffer = buffer,
            Problem = problem,
            Headers = problem.RetryAfterSeconds is { } seconds ? [new("Retry-After", seconds.ToString())] : [],
        };
    }

    /// <summary>Another body under the same status and headers.</summary>
    public FhirResponse WithBody(ReadOnlyMemory<byte> body) => this with { Body = body };

    public FhirResponse With(string header, string value) => this with { Headers = Headers.Add(new(header, value)) };

    public void Dispose()
    {
        _buffer?.Dispose();
        _buffer = null;
    }

    private static string VersionUrl(StoredResource stored) => $"{stored.Type}/{stored.Id}/_history/{stored.Version}";
}

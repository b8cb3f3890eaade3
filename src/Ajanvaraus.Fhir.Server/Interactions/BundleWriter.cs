using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>Writes a Bundle around resources that are JSON already: their bytes are copied, not parsed.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/bundle.html. Elements come in the order of the definition.</remarks>
public sealed class BundleWriter
{
    private readonly PooledBuffer _output;
    private readonly byte[] _base;
    private bool _hasEntries;
    private bool _hasLinks;

    public BundleWriter(PooledBuffer output, string baseUrl)
    {
        _output = output;
        _base = JsonEncodedText.Encode(baseUrl, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.ToArray();
    }

    public void Start(ReadOnlySpan<byte> type, long? total = null)
    {
        _output.Write("{\"resourceType\":\"Bundle\",\"type\":\""u8);
        _output.Write(type);
        _output.Write("\""u8);
        if (total is { } count)
        {
            _output.Write(",\"total\":"u8);
            WriteNumber(count);
        }
    }

    /// <summary>A link, before the first entry.</summary>
    public void Link(ReadOnlySpan<byte> relation, string relativeUrl)
    {
        _output.Write(_hasLinks ? ",{\"relation\":\""u8 : ",\"link\":[{\"relation\":\""u8);
        _hasLinks = true;
        _output.Write(relation);
        _output.Write("\",\"url\":\""u8);
        _output.Write(_base);
        if (relativeUrl.Length > 0 && relativeUrl[0] != '?')
            _output.Write("/"u8);
        WriteText(relativeUrl);
        _output.Write("\"}"u8);
    }

    /// <summary>A resource with its fullUrl, left open for what follows it in the entry.</summary>
    private void StartEntry(string type, string id, ReadOnlySpan<byte> resource)
    {
        OpenEntry();
        _output.Write("\"fullUrl\":\""u8);
        _output.Write(_base);
        _output.Write("/"u8);
        WriteAscii(type);
        _output.Write("/"u8);
        WriteAscii(id);
        _output.Write("\""u8);
        if (!resource.IsEmpty)
        {
            _output.Write(",\"resource\":"u8);
            _output.Write(resource);
        }
    }

    /// <summary>A match of a search, or a resource included with the matches.</summary>
    public void Found(StoredResource resource, ReadOnlySpan<byte> body, bool isMatch)
    {
        StartEntry(resource.Type, resource.Id, body);
        _output.Write(isMatch ? ",\"search\":{\"mode\":\"match\"}}"u8 : ",\"search\":{\"mode\":\"include\"}}"u8);
    }

    /// <summary>A match that another resource contains.</summary>
    /// <param name="type">Of the container.</param>
    /// <param name="id">Of the container, and within it: <c>23#m1</c>.</param>
    /// <param name="body">Of the contained resource.</param>
    public void FoundInside(string type, string id, ReadOnlySpan<byte> body)
    {
        StartEntry(type, id, body);
        _output.Write(",\"search\":{\"mode\":\"match\"}}"u8);
    }

    /// <summary>A match that is not stored; without an id it has no address either.</summary>
    public void Proposed(string type, string? id, ReadOnlySpan<byte> body)
    {
        if (id is not null)
            StartEntry(type, id, body);
        else
        {
            OpenEntry();
            _output.Write("\"resource\":"u8);
            _output.Write(body);
        }
        _output.Write(",\"search\":{\"mode\":\"match\"}}"u8);
    }

    /// <summary>An OperationOutcome about the search.</summary>
    public void Outcome(ReadOnlySpan<byte> outcome)
    {
        OpenEntry();
        _output.Write("\"resource\":"u8);
        _output.Write(outcome);
        _output.Write(",\"search\":{\"mode\":\"outcome\"}}"u8);
    }

    /// <summary>A version of a history: http://hl7.org/fhir/R4/http.html#history.</summary>
    public void Version(StoredResource version)
    {
        StartEntry(version.Type, version.Id, version.Body.Span);
        _output.Write(",\"request\":{\"method\":\""u8);
        _output.Write(MethodName(version.Method));
        _output.Write("\",\"url\":\""u8);
        WriteAscii(version.Type);
        if (version.Method != WriteMethod.Post)
        {
            _output.Write("/"u8);
            WriteAscii(version.Id);
        }
        _output.Write("\"},\"response\":{\"status\":\""u8);
        _output.Write(version switch
        {
            { IsDeleted: true } => "204 No Content"u8,
            { Version: 1 } => "201 Created"u8,
            _ => "200 OK"u8,
        });
        _output.Write("\",\"etag\":\"W/\\\""u8);
        WriteNumber(version.Version);
        _output.Write("\\\"\",\"lastModified\":\""u8);
        WriteInstant(version.LastUpdated);
        _output.Write("\"}}"u8);
    }

    private static ReadOnlySpan<byte> MethodName(WriteMethod method) => method switch
    {
        WriteMethod.Post => "POST"u8,
        WriteMethod.Put => "PUT"u8,
        WriteMethod.Patch => "PATCH"u8,
        _ => "DELETE"u8,
    };

    /// <summary>The answer to one entry of a batch or transaction.</summary>
    public void Response(FhirResponse response)
    {
        OpenEntry();
        var isOutcome = response.Problem is not null || response.IsOutcome;
        if (!isOutcome && !response.Body.IsEmpty)
        {
            _output.Write("\"resource\":"u8);
            _output.Write(response.Body.Span);
            _output.Write(","u8);
        }
        _output.Write("\"response\":{\"status\":\""u8);
        WriteNumber(response.Status);
        WriteText($" {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(response.Status)}");
        _output.Write("\""u8);
        if ((response.Location ?? (response.Status == 202 ? response.ContentLocation : null)) is { } location)
            WriteProperty(",\"location\":\""u8, location);
        if (response.Version is { } version)
            WriteProperty(",\"etag\":\""u8, EntityTags.Of(version));
        if (response.LastUpdated is { } moment)
        {
            _output.Write(",\"lastModified\":\""u8);
            WriteInstant(moment);
            _output.Write("\""u8);
        }
        if (isOutcome && !response.Body.IsEmpty)
        {
            _output.Write(",\"outcome\":"u8);
            _output.Write(response.Body.Span);
        }
        _output.Write("}}"u8);
    }

    public void End()
    {
        if (_hasLinks && !_hasEntries)
            _output.Write("]"u8);
        _output.Write(_hasEntries ? "]}"u8 : "}"u8);
    }

    private void OpenEntry()
    {
        if (!_hasEntries && _hasLinks)
            _output.Write("]"u8);
        _output.Write(_hasEntries ? ",{"u8 : ",\"entry\":[{"u8);
        _hasEntries = true;
    }

    private void WriteProperty(ReadOnlySpan<byte> start, string value)
    {
        _output.Write(start);
        WriteText(value);
        _output.Write("\""u8);
    }

    private void WriteText(string text) =>
        _output.Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);

    private void WriteAscii(string text) =>
        _output.Advance(Encoding.ASCII.GetBytes(text, _output.GetSpan(text.Length)));

    private void WriteNumber(long number)
    {
        number.TryFormat(_output.GetSpan(20), out var count, default, CultureInfo.InvariantCulture);
        _output.Advance(count);
    }

    private void WriteInstant(long microseconds)
    {
        var moment = DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);
        moment.TryFormat(
            _output.GetSpan(40), out var count, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        _output.Advance(count);
    }
}

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Xml;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>One interaction that is asked for: an HTTP request, or one entry of a batch or transaction.</summary>
public sealed record FhirRequest
{
    /// <summary>GET, POST, PUT, PATCH or DELETE; HEAD comes as GET.</summary>
    public required string Method { get; init; }

    public required FhirTarget Target { get; init; }

    /// <summary>Query and form parameters in order, without those of the format and of the page.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Where a page of a search or history goes on: the opaque <c>_cursor</c> of its link; or null.</summary>
    public string? Cursor { get; init; }

    public RequestConditions Conditions { get; init; } = RequestConditions.None;

    public Preferences Prefer { get; init; } = Preferences.None;

    /// <summary>The body in <see cref="BodyFormat"/>, valid while the request runs; empty: none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public FhirFormat BodyFormat { get; init; }

    /// <summary>The body is a JSON Patch, which no <see cref="BodyFormat"/> is.</summary>
    public bool IsJsonPatch { get; init; }

    /// <summary>The body is NDJSON, which no <see cref="BodyFormat"/> is.</summary>
    public bool IsLines { get; init; }

    /// <summary>Resource of a Bundle entry, already read; null for an HTTP request.</summary>
    public ElementNode? Resource { get; init; }

    /// <summary>Absolute, without a slash at the end: <c>http://127.0.0.1:8080/fhir</c>.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>Other addresses by which this server is known: of its other processes, behind a proxy.</summary>
    public ImmutableArray<string> OtherBaseUrls { get; init; } = [];

    public required Caller Caller { get; init; }

    /// <summary>The one resource of the request, read from its body.</summary>
    /// <remarks>Errors: no body; everything that the reader finds wrong with it.</remarks>
    public Outcome<ElementNode> ReadResource()
    {
        var read = ReadFaultyResource();
        if (read.Failed)
            return read.Problem;
        return read.Value.HasErrors ? new Problem(ProblemKind.Invalid, read.Value.Issues) : read.Value.Resource!;
    }

    /// <summary>As <see cref="ReadResource"/>, with what the reader found wrong beside the resource.</summary>
    /// <remarks>Errors: no body; a body that is no resource at all.</remarks>
    public Outcome<ParseResult> ReadFaultyResource()
    {
        if (Resource is not null)
            return new ParseResult(Resource, []);
        if (Body.IsEmpty)
            return RestIssues.BodyMissing();
        var parsed = ParseBody();
        return parsed.Resource is null ? new Problem(ProblemKind.Invalid, parsed.Issues) : parsed;
    }

    /// <summary>What the reader of the body's format makes of it.</summary>
    public ParseResult ParseBody() =>
        BodyFormat == FhirFormat.Xml ? FhirXml.Parse(Body.Span) : FhirJson.Parse(Body.Span);

    /// <summary>The value of the first parameter of that name, or null.</summary>
    public string? Parameter(string name)
    {
        foreach (var (key, value) in Parameters)
            if (key == name)
                return value;
        return null;
    }
}

/// <summary>Preconditions as written: headers of the request, or elements of <c>Bundle.entry.request</c>.</summary>
public sealed record RequestConditions(
    string? IfMatch = null, string? IfNoneMatch = null, string? IfModifiedSince = null, string? IfNoneExist = null)
{
    public static readonly RequestConditions None = new();
}

public enum ReturnPreference { Default, Minimal, Representation, OperationOutcome }

/// <summary>The <c>Prefer</c> header: http://hl7.org/fhir/R4/http.html#ops and search.html#lenient.</summary>
public sealed record Preferences(ReturnPreference Return = ReturnPreference.Default, bool IsStrict = false, bool IsAsync = false)
{
    public static readonly Preferences None = new();

    /// <summary>Reads the header; what is not known is passed over, as RFC 7240 asks.</summary>
    public static Preferences Parse(string? header)
    {
        if (string.IsNullOrEmpty(header))
            return None;
        var result = None;
        foreach (var part in header.AsSpan().Split(','))
            foreach (var item in header.AsSpan(part).Split(';'))
                result = header.AsSpan(part)[item].Trim() switch
                {
                    "return=minimal" => result with { Return = ReturnPreference.Minimal },
                    "return=representation" => result with { Return = ReturnPreference.Representation },
                    "return=OperationOutcome" => result with { Return = ReturnPreference.OperationOutcome },
                    "respond-async" => result with { IsAsync = true },
                    "handling=strict" => result with { IsStrict = true },
                    "handling=lenient" => result with { IsStrict = false },
                    _ => result,
                };
        return result;
    }
}

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Interactions;

using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Which format a caller wants, and in which format a body is.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#mime-type: <c>_format</c> wins over <c>Accept</c>.</remarks>
public static class ContentNegotiation
{
    public const string JsonPatchType = "application/json-patch+json";

    /// <summary>Media types of patches, as <c>Accept-Patch</c> lists them.</summary>
    public const string PatchTypes = JsonPatchType + ", application/fhir+json, application/fhir+xml";

    private const int LongestType = 200;

    /// <summary>The media type of answers in that format.</summary>
    public static string MediaTypeOf(FhirFormat format) => format == FhirFormat.Xml
        ? "application/fhir+xml; charset=utf-8"
        : "application/fhir+json; charset=utf-8";

    /// <summary>The format of the answer; null when the caller accepts neither JSON nor XML.</summary>
    /// <remarks>A caller who says nothing, or takes anything, is answered in the format of its body, else in JSON; of
    /// two that are liked alike JSON is taken.</remarks>
    public static FhirFormat? Choose(HttpRequest request, string? format)
    {
        if (format is not null)
            return Named(format);
        var accept = request.Headers.Accept;
        return accept.Count switch
        {
            0 => FormatOf(request.ContentType) ?? FhirFormat.Json,
            1 => accept[0] switch
            {
                "*/*" or "" => FormatOf(request.ContentType) ?? FhirFormat.Json,
                "application/fhir+json" => FhirFormat.Json,
                "application/fhir+xml" => FhirFormat.Xml,
                _ => ByQuality(accept),
            },
            _ => ByQuality(accept),
        };
    }

    /// <summary>The format of a body with a resource.</summary>
    /// <remarks>Errors: another media type, or an encoding that is not read.</remarks>
    public static Outcome<FhirFormat> BodyFormat(string? contentType) =>
        FormatOf(contentType) is { } format && HasEncoding(contentType, format) && HasOurVersion(contentType)
            ? format
            : RestIssues.UnsupportedMediaType();

    /// <summary>RFC 6902, 6: the media type of a JSON Patch.</summary>
    public static bool IsJsonPatch(string? contentType) =>
        MediaType(contentType).Equals(JsonPatchType, StringComparison.OrdinalIgnoreCase);

    /// <summary>A resource on each line: http://hl7.org/fhir/R4/nd-json.html .</summary>
    public static bool IsLines(string? contentType) =>
        MediaType(contentType) is var type
        && (Is(type, "application/fhir+ndjson") || Is(type, "application/ndjson") || Is(type, "application/x-ndjson"));

    public static bool IsForm(string? contentType) =>
        MediaType(contentType).Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static FhirFormat? ByQuality(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var wanted))
            return null;
        var json = QualityOf(FhirFormat.Json, wanted);
        var xml = QualityOf(FhirFormat.Xml, wanted);
        if (xml > json)
            return FhirFormat.Xml;
        return json > 0 ? FhirFormat.Json : null;
    }

    /// <summary>What the most precise range that covers the format says of it: RFC 9110, 12.5.1. Zero: not wanted.</summary>
    private static double QualityOf(FhirFormat format, IList<MediaTypeHeaderValue> wanted)
    {
        var (precision, quality) = (-1, 0.0);
        foreach (var range in wanted)
        {
            var found = Precision(range, format);
            if (found < precision || found < 0 || !HasOurVersion(range))
                continue;
            quality = found > precision ? range.Quality ?? 1 : Math.Max(quality, range.Quality ?? 1);
            precision = found;
        }
        return quality;
    }

    /// <summary>2 for the type itself, 1 for <c>application/*</c>, 0 for anything; -1 where it is not covered.</summary>
    private static int Precision(MediaTypeHeaderValue range, FhirFormat format)
    {
        if (range.MatchesAllTypes)
            return 0;
        if (range.MatchesAllSubTypes)
            return range.Type.Equals("application", StringComparison.OrdinalIgnoreCase) ? 1 : -1;
        return Named(range.MediaType.AsSpan()) == format ? 2 : -1;
    }

    // http://hl7.org/fhir/R4/http.html#version-parameter: an unsupported version is not acceptable.
    private static bool HasOurVersion(MediaTypeHeaderValue type)
    {
        foreach (var parameter in type.Parameters)
            if (parameter.Name.Equals("fhirVersion", StringComparison.OrdinalIgnoreCase))
                return parameter.GetUnescapedValue().AsSpan().StartsWith("4.0", StringComparison.Ordinal);
        return true;
    }

    private static bool HasOurVersion(ReadOnlySpan<char> type)
    {
        const string name = "fhirVersion=";
        var at = type.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at < 0 || type[(at + name.Length)..].TrimStart('"').StartsWith("4.0", StringComparison.Ordinal);
    }

    private static FhirFormat? FormatOf(string? contentType) =>
        contentType is { Length: > 0 and < LongestType } ? Named(contentType) : null;

    private static FhirFormat? Named(ReadOnlySpan<char> type)
    {
        var media = MediaType(type);
        return IsAny(media, "application/fhir+json", "application/json", "application/fhir json", "text/json", "json")
            ? FhirFormat.Json
            : IsAny(media, "application/fhir+xml", "application/xml", "application/fhir xml", "text/xml", "xml")
                ? FhirFormat.Xml
                : null;
    }

    // A plus sign in a query that was not escaped arrives as a space.
    private static bool IsAny(
        ReadOnlySpan<char> media, string own, string plain, string unescaped, string text, string shortName) =>
        Is(media, own) || Is(media, plain) || Is(media, unescaped) || Is(media, text) || Is(media, shortName);

    private static bool Is(ReadOnlySpan<char> media, string name) =>
        media.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>JSON is UTF-8; XML says itself which of the two it is, which must not be called a third.</summary>
    private static bool HasEncoding(ReadOnlySpan<char> type, FhirFormat format)
    {
        var at = type.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return true;
        var charset = type[(at + 8)..].Trim('"');
        return charset.StartsWith("utf-8", StringComparison.OrdinalIgnoreCase)
            || (format == FhirFormat.Xml && charset.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase));
    }

    private static ReadOnlySpan<char> MediaType(ReadOnlySpan<char> type)
    {
        var end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim();
    }
}

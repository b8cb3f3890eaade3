using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Interactions;

using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Which format a caller wants, and whether a body is in one that is read here.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#mime-type: <c>_format</c> wins over <c>Accept</c>.</remarks>
public static class ContentNegotiation
{
    public const string FhirJsonType = "application/fhir+json; charset=utf-8";

    /// <summary>A problem when JSON will not do; null when it will.</summary>
    public static Problem? CheckAccept(StringValues accept, string? format)
    {
        if (format is not null)
            return IsJson(format) ? null : RestIssues.NotAcceptable();
        if (accept.Count == 0 || (accept.Count == 1 && accept[0] is "*/*" or "application/fhir+json" or ""))
            return null;
        return AcceptsJson(accept) ? null : RestIssues.NotAcceptable();
    }

    /// <summary>A problem when a body with a resource is not in JSON; null when it is.</summary>
    public static Problem? CheckResourceType(string? contentType) =>
        contentType is not null && contentType.Length < 200 && IsJson(contentType) && HasUtf8(contentType)
            ? null
            : RestIssues.UnsupportedMediaType();

    public static bool IsForm(string? contentType) =>
        MediaType(contentType).Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static bool AcceptsJson(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var wanted))
            return false;
        foreach (var type in wanted)
            if (type.Quality is not 0 && IsAcceptedRange(type) && HasOurVersion(type))
                return true;
        return false;
    }

    private static bool IsAcceptedRange(MediaTypeHeaderValue range) =>
        range.MatchesAllTypes
        || (range.MatchesAllSubTypes && range.Type.Equals("application", StringComparison.OrdinalIgnoreCase))
        || IsJson(range.MediaType.AsSpan());

    // http://hl7.org/fhir/R4/http.html#version-parameter: an unsupported version is not acceptable.
    private static bool HasOurVersion(MediaTypeHeaderValue type)
    {
        foreach (var parameter in type.Parameters)
            if (parameter.Name.Equals("fhirVersion", StringComparison.OrdinalIgnoreCase))
                return parameter.GetUnescapedValue().AsSpan().StartsWith("4.0", StringComparison.Ordinal);
        return true;
    }

    // A plus sign in a query that was not escaped arrives as a space.
    private static bool IsJson(ReadOnlySpan<char> type)
    {
        var media = MediaType(type);
        return media.Equals("application/fhir+json", StringComparison.OrdinalIgnoreCase)
            || media.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || media.Equals("application/fhir json", StringComparison.OrdinalIgnoreCase)
            || media.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || media.Equals("json", StringComparison.OrdinalIgnoreCase);
    }

    private static bool HasUtf8(ReadOnlySpan<char> type)
    {
        var at = type.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        return at < 0 || type[(at + 8)..].Trim('"').StartsWith("utf-8", StringComparison.OrdinalIgnoreCase);
    }

    private static ReadOnlySpan<char> MediaType(ReadOnlySpan<char> type)
    {
        var end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim();
    }
}

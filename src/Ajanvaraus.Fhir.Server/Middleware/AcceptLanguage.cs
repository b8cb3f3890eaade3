using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>The language of messages: Finnish, Swedish or, where neither is wanted, English.</summary>
public static class AcceptLanguage
{
    private const string Default = "en";

    /// <summary><c>fi</c>, <c>sv</c> or <c>en</c>, by the qualities of the header.</summary>
    public static string Choose(StringValues header)
    {
        if (header.Count == 0 || !StringWithQualityHeaderValue.TryParseList(header, out var wanted))
            return Default;
        var (best, bestQuality) = (Default, 0.0);
        foreach (var one in wanted)
            if (Known(one.Value.AsSpan()) is { } language && (one.Quality ?? 1) > bestQuality)
                (best, bestQuality) = (language, one.Quality ?? 1);
        return best;
    }

    private static string? Known(ReadOnlySpan<char> tag)
    {
        var end = tag.IndexOf('-');
        return (end < 0 ? tag : tag[..end]) switch
        {
            "fi" => "fi",
            "sv" => "sv",
            "en" => "en",
            _ => null,
        };
    }
}

using System.Globalization;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Versions and times as HTTP writes them: <c>W/"3"</c> and RFC 9110 dates.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#versioning.</remarks>
public static class EntityTags
{
    private const long MicrosecondsPerSecond = 1_000_000;

    // Most resources have few versions: their tags need no allocation.
    private static readonly ImmutableArray<string> Small = [.. Enumerable.Range(0, 64).Select(Format)];

    public static string Of(int version) =>
        (uint)version < (uint)Small.Length ? Small[version] : Format(version);

    /// <summary>The version that a tag names: <c>W/"3"</c>, <c>"3"</c> or <c>3</c>; null when it names none of ours.</summary>
    public static int? Version(ReadOnlySpan<char> tag)
    {
        tag = tag.Trim();
        if (tag.StartsWith("W/", StringComparison.Ordinal))
            tag = tag[2..];
        if (tag is ['"', .., '"'] && tag.Length >= 2)
            tag = tag[1..^1];
        return int.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }

    /// <summary>True when a list of tags, as in If-None-Match, has the version or <c>*</c>.</summary>
    public static bool Contains(string list, int version)
    {
        foreach (var range in list.AsSpan().Split(','))
        {
            var tag = list.AsSpan(range).Trim();
            if (tag is "*" || Version(tag) == version)
                return true;
        }
        return false;
    }

    public static string HttpDate(long microseconds) =>
        DateTimeOffset.FromUnixTimeSeconds(FloorSeconds(microseconds)).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>True when nothing changed after the HTTP date; false also when it cannot be read (RFC 9110 13.1.3).</summary>
    public static bool IsUnchangedSince(string httpDate, long microseconds) =>
        DateTimeOffset.TryParseExact(
            httpDate, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
        && FloorSeconds(microseconds) <= since.ToUnixTimeSeconds();

    private static long FloorSeconds(long microseconds) =>
        (long)Math.Floor((double)microseconds / MicrosecondsPerSecond);

    private static string Format(int version) => string.Create(CultureInfo.InvariantCulture, $"W/\"{version}\"");
}

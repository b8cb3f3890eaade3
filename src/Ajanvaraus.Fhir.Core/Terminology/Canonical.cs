namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>A canonical address taken apart: <c>url|version</c>.</summary>
/// <param name="Version">Null when none is asked for.</param>
internal readonly record struct Canonical(string Url, string? Version)
{
    public static Canonical Parse(string text)
    {
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 ? new Canonical(text, null) : new Canonical(text[..bar], text[(bar + 1)..]);
    }

    /// <summary>Whether a resource of that version is meant; a part of a version stands for all that begin with it.</summary>
    /// <remarks>Source: http://hl7.org/fhir/R4/references.html#canonical .</remarks>
    public bool Admits(string version) => Version is null
        || (version.StartsWith(Version, StringComparison.Ordinal)
            && (version.Length == Version.Length || version[Version.Length] == '.'));

    public static string Of(string url, string? version) => string.IsNullOrEmpty(version) ? url : $"{url}|{version}";
}

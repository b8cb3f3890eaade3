using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Conformance;

/// <summary>Conformance resources held in memory, over an optional source that is asked for what is not here.</summary>
public sealed class ConformanceSet : IConformanceSource
{
    private readonly FrozenDictionary<(string Type, string Url), ImmutableArray<ElementNode>> _byUrl;
    private readonly IConformanceSource? _below;

    public ConformanceSet(IEnumerable<ElementNode> resources, IConformanceSource? below = null)
    {
        _byUrl = resources.Where(resource => resource.Text("url") is not null)
            .GroupBy(resource => (resource.Type.Name, resource.Text("url")!))
            .ToFrozenDictionary(
                group => group.Key,
                group => group.OrderByDescending(IsActive).ThenByDescending(Version, VersionOrder).ToImmutableArray());
        _below = below;
    }

    public static ConformanceSet Empty { get; } = new([]);

    private static IComparer<string> VersionOrder { get; } =
        StringComparer.Create(System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.CompareOptions.NumericOrdering);

    public ElementNode? Find(string resourceType, string canonical)
    {
        var bar = canonical.IndexOf('|', StringComparison.Ordinal);
        var url = bar < 0 ? canonical : canonical[..bar];
        if (_byUrl.TryGetValue((resourceType, url), out var versions))
        {
            if (bar < 0)
                return versions[0];
            foreach (var resource in versions)
                if (Matches(Version(resource), canonical.AsSpan(bar + 1)))
                    return resource;
        }
        return _below?.Find(resourceType, canonical);
    }

    /// <inheritdoc/>
    public IEnumerable<ElementNode> All(string resourceType) => _byUrl
        .Where(pair => pair.Key.Type == resourceType).Select(pair => pair.Value[0])
        .Concat(_below?.All(resourceType).Where(r => !_byUrl.ContainsKey((resourceType, r.Text("url")!))) ?? []);

    // A reference may name a part of a version: 4.0 means the latest 4.0.x.
    private static bool Matches(string version, ReadOnlySpan<char> wanted) =>
        version.AsSpan().StartsWith(wanted, StringComparison.Ordinal)
        && (version.Length == wanted.Length || version[wanted.Length] == '.');

    private static bool IsActive(ElementNode resource) => resource.Text("status") == "active";

    private static string Version(ElementNode resource) => resource.Text("version") ?? "";
}

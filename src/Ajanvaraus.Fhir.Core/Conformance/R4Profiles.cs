using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Conformance;

/// <summary>The profiles and extensions that are part of R4 itself: vital signs, SimpleQuantity, patient-birthPlace…</summary>
/// <remarks>
/// Embedded in this assembly with their rules only. Indexed when first asked, each parsed when it is first found. A
/// version in the canonical is not looked at: there is one.
/// </remarks>
public sealed class R4Profiles : IConformanceSource
{
    private readonly Lazy<FrozenDictionary<string, string>> _lines = new(ReadLines);
    private readonly ConcurrentDictionary<string, ElementNode> _parsed = new(StringComparer.Ordinal);

    private R4Profiles()
    {
    }

    public static R4Profiles Instance { get; } = new();

    /// <summary>Every canonical.</summary>
    public ImmutableArray<string> Canonicals => _lines.Value.Keys;

    public ElementNode? Find(string resourceType, string canonical)
    {
        if (resourceType != "StructureDefinition")
            return null;
        var bar = canonical.IndexOf('|', StringComparison.Ordinal);
        var url = bar < 0 ? canonical : canonical[..bar];
        if (_parsed.TryGetValue(url, out var known))
            return known;
        return _lines.Value.TryGetValue(url, out var json)
            ? _parsed.GetOrAdd(url, _ => FhirJson.Parse(Encoding.UTF8.GetBytes(json)).Resource!)
            : null;
    }

    private static FrozenDictionary<string, string> ReadLines() =>
        EmbeddedDefinitions.Lines("r4-profiles.txt").Select(line => line.Split('\t', 2))
            .ToFrozenDictionary(columns => columns[0], columns => columns[1]);
}

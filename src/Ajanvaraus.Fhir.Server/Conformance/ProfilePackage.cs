using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;

using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Conformance;

/// <summary>The social-care profiles and terminology that the server brings along, over those of R4 itself.</summary>
/// <remarks>
/// <para>Embedded from <c>profiles/fsh-generated</c>. The index is read when something is first asked for, each resource
/// parsed when it is first found.</para>
/// <para>Definitions of other publishers that ours build on are found too, and are no part of the package.</para>
/// </remarks>
public sealed class ProfilePackage : IConformanceSource
{
    private const string Own = "Profiles/";
    private const string Foreign = "ForeignProfiles/";
    private const string Index = ".index.json";

    private readonly Lazy<FrozenDictionary<(string Type, string Url), PackageFile>> _files = new(ReadIndexes);
    private readonly ConcurrentDictionary<string, ElementNode> _parsed = new(StringComparer.Ordinal);

    private ProfilePackage()
    {
    }

    public static ProfilePackage Instance { get; } = new();

    /// <summary>The files of the package, in the order of their names.</summary>
    public ImmutableArray<PackageFile> Files =>
        [.. _files.Value.Values.Where(file => file.IsOurs).OrderBy(file => file.Name, StringComparer.Ordinal)];

    public ElementNode? Find(string resourceType, string canonical)
    {
        var bar = canonical.IndexOf('|', StringComparison.Ordinal);
        var url = bar < 0 ? canonical : canonical[..bar];
        return _files.Value.TryGetValue((resourceType, url), out var file)
            && (bar < 0 || file.Version.StartsWith(canonical[(bar + 1)..], StringComparison.Ordinal))
                ? Parse(file)
                : R4Profiles.Instance.Find(resourceType, canonical);
    }

    /// <inheritdoc/>
    public IEnumerable<ElementNode> All(string resourceType) =>
        _files.Value.Where(pair => pair.Key.Type == resourceType).Select(pair => Parse(pair.Value));

    /// <summary>The resource of a file.</summary>
    public ElementNode Parse(PackageFile file) => _parsed.GetOrAdd(file.Manifest, name =>
        FhirJson.Parse(ReadBytes(name)).Resource ?? throw new InvalidDataException($"{name} is no resource."));

    /// <summary>A file as it is in the package.</summary>
    public static byte[] ReadBytes(PackageFile file) => ReadBytes(file.Manifest);

    /// <summary>The package's own <c>.index.json</c>.</summary>
    public static byte[] ReadIndex() => ReadBytes(Own + Index);

    private static byte[] ReadBytes(string name)
    {
        using var stream = typeof(ProfilePackage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"{name} is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static FrozenDictionary<(string Type, string Url), PackageFile> ReadIndexes() =>
        ReadIndex(Own).Concat(ReadIndex(Foreign)).ToFrozenDictionary(pair => pair.Key, pair => pair.Value);

    private static IEnumerable<KeyValuePair<(string Type, string Url), PackageFile>> ReadIndex(string folder)
    {
        using var index = JsonDocument.Parse(ReadBytes(folder + Index));
        foreach (var entry in index.RootElement.GetProperty("files").EnumerateArray())
        {
            var file = new PackageFile(
                Text(entry, "filename"), Text(entry, "resourceType"), Text(entry, "id"), Text(entry, "url"),
                Text(entry, "version"), Text(entry, "type"), folder);
            // A NamingSystem has no canonical: it is found by its file alone.
            yield return new((file.ResourceType, file.Url.Length > 0 ? file.Url : file.Name), file);
        }
    }

    private static string Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) ? value.GetString()! : "";
}

/// <summary>A file of a FHIR package as its index tells it.</summary>
/// <param name="Name">Such as <c>StructureDefinition-fi-social-slot.json</c>.</param>
/// <param name="Url">Canonical; empty for a type that has none.</param>
/// <param name="Type">Of a StructureDefinition: the type that it is for.</param>
public sealed record PackageFile(
    string Name, string ResourceType, string Id, string Url, string Version, string Type, string Folder)
{
    internal string Manifest => Folder + Name;

    internal bool IsOurs => Folder == "Profiles/";
}

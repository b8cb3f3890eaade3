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
    private const string Operations = "Operations/";
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

    private static byte[] ReadBytes(string name)
    {
        using var stream = typeof(ProfilePackage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"{name} is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // A NamingSystem has no canonical: it is found by its file alone.
    private static FrozenDictionary<(string Type, string Url), PackageFile> ReadIndexes() =>
        ReadIndex(Own).Concat(ReadIndex(Foreign)).Concat(ReadOperations())
            .ToFrozenDictionary(file => (file.ResourceType, file.Url.Length > 0 ? file.Url : file.Name));

    private static IEnumerable<PackageFile> ReadIndex(string folder)
    {
        using var index = JsonDocument.Parse(ReadBytes(folder + Index));
        foreach (var entry in index.RootElement.GetProperty("files").EnumerateArray())
            yield return File(entry, Text(entry, "filename"), folder + Text(entry, "filename"), isOurs: folder == Own);
    }

    /// <summary>The OperationDefinitions, which have no index of their own.</summary>
    private static IEnumerable<PackageFile> ReadOperations()
    {
        var names = typeof(ProfilePackage).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Operations, StringComparison.Ordinal));
        foreach (var name in names)
        {
            using var operation = JsonDocument.Parse(ReadBytes(name));
            var root = operation.RootElement;
            yield return File(root, $"OperationDefinition-{Text(root, "id")}.json", name, isOurs: true);
        }
    }

    private static PackageFile File(JsonElement entry, string name, string manifest, bool isOurs) => new(
        name, Text(entry, "resourceType"), Text(entry, "id"), Text(entry, "url"), Text(entry, "version"),
        Text(entry, "type"), Text(entry, "kind"), manifest, isOurs);

    private static string Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}

/// <summary>A file of a FHIR package as its index tells it.</summary>
/// <param name="Name">Such as <c>StructureDefinition-fi-social-slot.json</c>.</param>
/// <param name="Url">Canonical; empty for a type that has none.</param>
/// <param name="Type">Of a StructureDefinition: the type that it is for.</param>
/// <param name="Manifest">Where it is embedded.</param>
/// <param name="IsOurs">False for a definition of another publisher, which is no part of the package.</param>
public sealed record PackageFile(
    string Name, string ResourceType, string Id, string Url, string Version, string Type, string Kind, string Manifest,
    bool IsOurs);

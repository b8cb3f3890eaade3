using System.Text.Json;

namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>The unpacked npm package: a manifest and Bundles of conformance resources.</summary>
internal sealed class Package
{
    private readonly string _folder;

    public Package(string folder)
    {
        _folder = folder;
        var manifest = Read(Path.Combine(folder, "package.json"));
        Name = manifest.GetProperty("name").GetString()!;
        Version = manifest.GetProperty("version").GetString()!;
    }

    public string Name { get; }

    public string Version { get; }

    public JsonElement Resource(string file) => Read(Path.Combine(_folder, "dist", "fhir", "r4", file));

    /// <summary>The resources of one type in a Bundle.</summary>
    public IEnumerable<JsonElement> Resources(string file, string type) =>
        Resource(file).GetProperty("entry").EnumerateArray()
            .Select(entry => entry.GetProperty("resource"))
            .Where(resource => resource.Text("resourceType") == type);

    private static JsonElement Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }
}

/// <summary>Reading optional members of a JSON object.</summary>
internal static class JsonMembers
{
    /// <summary>A text member; empty when absent.</summary>
    public static string Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    public static bool Flag(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.GetBoolean();

    /// <summary>The items of an array member; none when absent.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.EnumerateArray() : [];

    public static IEnumerable<string> Texts(this JsonElement element, string name) =>
        element.Items(name).Select(item => item.GetString()!);
}

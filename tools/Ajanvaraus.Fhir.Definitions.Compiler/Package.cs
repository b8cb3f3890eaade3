using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>The npm package, a manifest and Bundles of conformance resources: as packed (.tgz) or unpacked (folder).</summary>
internal sealed class Package
{
    /// <summary>The files with HL7's own code systems and value sets.</summary>
    public static readonly ImmutableArray<string> TerminologyFiles =
        ["valuesets.json", "v3-codesystems.json", "v2-tables.json"];

    private readonly Func<string, byte[]> _read;

    public Package(string path)
    {
        _read = Directory.Exists(path) ? file => File.ReadAllBytes(Path.Combine(path, file)) : Unpacked(path);
        var manifest = Read("package.json");
        Name = manifest.GetProperty("name").GetString()!;
        Version = manifest.GetProperty("version").GetString()!;
    }

    public string Name { get; }

    public string Version { get; }

    public JsonElement Resource(string file) => Read("dist/fhir/r4/" + file);

    /// <summary>The resources of one type in a Bundle.</summary>
    public IEnumerable<JsonElement> Resources(string file, string type) =>
        Resource(file).GetProperty("entry").EnumerateArray()
            .Select(entry => entry.GetProperty("resource"))
            .Where(resource => resource.Text("resourceType") == type);

    /// <summary>Files of an npm archive, where each name begins with <c>package/</c>.</summary>
    private static Func<string, byte[]> Unpacked(string archive)
    {
        var files = new Dictionary<string, byte[]>();
        using var tar = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null)
                continue;
            using var content = new MemoryStream();
            entry.DataStream.CopyTo(content);
            files[entry.Name] = content.ToArray();
        }

        return file => files["package/" + file];
    }

    private JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(_read(file));
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

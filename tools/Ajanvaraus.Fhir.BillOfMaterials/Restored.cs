using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.BillOfMaterials;

/// <summary>What NuGet restored for one project, as its project.assets.json tells.</summary>
/// <param name="Name">Of the project.</param>
/// <param name="Version">Of the project.</param>
/// <param name="Packages">By name, then version.</param>
/// <param name="Direct">Names of the packages and projects that the project itself refers to.</param>
public sealed record Restored(string Name, string Version, IReadOnlyList<RestoredPackage> Packages, IReadOnlySet<string> Direct)
{
    /// <param name="path">Of the project.assets.json.</param>
    public static Restored Read(string path)
    {
        var assets = JsonNode.Parse(File.ReadAllText(path))!;
        var folders = assets["packageFolders"]!.AsObject().Select(f => f.Key).ToList();
        var target = assets["targets"]!.AsObject().First().Value!.AsObject();
        var packages = assets["libraries"]!.AsObject()
            .Where(library => (string?)library.Value!["type"] == "package")
            .Select(library => Package(library.Key, library.Value!, target[library.Key], folders))
            .OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Version, StringComparer.Ordinal).ToList();
        var direct = assets["projectFileDependencyGroups"]!.AsObject().SelectMany(group => group.Value!.AsArray())
            .Select(text => ((string)text!).Split(' ')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new Restored(
            (string)assets["project"]!["restore"]!["projectName"]!, (string)assets["project"]!["version"]!, packages, direct);
    }

    private static RestoredPackage Package(string key, JsonNode library, JsonNode? target, IEnumerable<string> folders)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var folder = folders.Select(f => Path.Combine(f, (string)library["path"]!)).FirstOrDefault(Directory.Exists);
        var nuspec = library["files"]!.AsArray().Select(f => (string)f!).First(f => f.EndsWith(".nuspec", StringComparison.Ordinal));
        var runs = target is not null && ((string[])["runtime", "native", "runtimeTargets", "resource"]).Any(kind => target[kind] is JsonObject { Count: > 0 });
        return new RestoredPackage(
            key[..slash], key[(slash + 1)..], Convert.FromBase64String((string)library["sha512"]!), runs,
            [.. target?["dependencies"]?.AsObject().Select(d => d.Key) ?? []],
            folder is null ? null : Path.Combine(folder, nuspec));
    }
}

/// <param name="Sha512">Of the package file.</param>
/// <param name="Runs">It brings something that is there when the program runs; else it only takes part in the build.</param>
/// <param name="DependsOn">Names of packages.</param>
/// <param name="Nuspec">Its description; null where the package folder is not on this machine.</param>
public sealed record RestoredPackage(
    string Name, string Version, byte[] Sha512, bool Runs, IReadOnlyList<string> DependsOn, string? Nuspec);

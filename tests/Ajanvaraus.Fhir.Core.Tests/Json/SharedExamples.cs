using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Json;

/// <summary>Every JSON resource of the shared data, as theory rows of paths below it.</summary>
public static class SharedExamples
{
    private static readonly string[] Folders = ["hl7-fi/examples", "fhir-test-cases/r4"];

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        if (SharedData.Root is not { } root)
            return files;
        foreach (var file in Folders.SelectMany(f => Directory.EnumerateFiles(
            Path.Combine(root, f), "*.json", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
            files.Add(Path.GetRelativePath(root, file).Replace('\\', '/'));
        return files;
    }

    public static byte[] Read(string file) => File.ReadAllBytes(SharedData.Find(file.Split('/')));
}

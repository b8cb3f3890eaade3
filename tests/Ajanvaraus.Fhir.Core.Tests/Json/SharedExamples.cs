using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Json;

/// <summary>Every resource of the shared data, as theory rows of paths below it.</summary>
public static class SharedExamples
{
    private static readonly string[] Folders = ["hl7-fi/examples", "fhir-test-cases/r4"];

    /// <summary>Holds cases, not a resource.</summary>
    private const string SuiteFile = "/fhirpath/tests-";

    public static TheoryData<string> Files() => Files("*.json");

    public static TheoryData<string> XmlFiles() => Files("*.xml");

    public static byte[] Read(string file) => File.ReadAllBytes(SharedData.Find(file.Split('/')));

    private static TheoryData<string> Files(string pattern)
    {
        var files = new TheoryData<string>();
        if (SharedData.Root is not { } root)
            return files;
        foreach (var path in Folders.SelectMany(f => Directory.EnumerateFiles(
            Path.Combine(root, f), pattern, SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
        {
            var file = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (!file.Contains(SuiteFile, StringComparison.Ordinal))
                files.Add(file);
        }
        return files;
    }
}

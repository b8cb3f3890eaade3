namespace Ajanvaraus.Fhir.Testing;

/// <summary>The checkout that the running tests were built from.</summary>
public static class Repository
{
    /// <summary>The directory that holds the solution, found upwards from the test assembly.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>A path inside the checkout.</summary>
    public static string Find(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot(string from)
    {
        for (var directory = new DirectoryInfo(from); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Ajanvaraus.Fhir.sln")))
                return directory.FullName;
        throw new InvalidOperationException($"No Ajanvaraus.Fhir.sln above {from}");
    }
}

namespace Ajanvaraus.Fhir.Server;

/// <summary>Embedded data files: fields parted by semicolons, one record a line, # before a comment.</summary>
internal static class DataFile
{
    /// <summary>The records in order.</summary>
    /// <param name="name">With its room: <c>Demo/county.csv</c>.</param>
    public static IEnumerable<string[]> Records(string name)
    {
        using var stream = typeof(DataFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#')
                yield return line.Split(';');
    }
}

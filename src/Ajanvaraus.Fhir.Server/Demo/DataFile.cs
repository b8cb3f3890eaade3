namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>The data files of the demo: fields parted by semicolons, one record a line, # before a comment.</summary>
internal static class DataFile
{
    /// <summary>The records of an embedded file of <c>Demo/Data</c>, in order.</summary>
    public static IEnumerable<string[]> Records(string name)
    {
        using var stream = typeof(DataFile).Assembly.GetManifestResourceStream("Demo/" + name)
            ?? throw new InvalidOperationException($"Demo/{name} is not embedded");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#')
                yield return line.Split(';');
    }
}

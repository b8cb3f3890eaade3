using System.Runtime.CompilerServices;

using FluentAssertions.Execution;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>Compares text with a file that was reviewed: <c>Golden/</c> in the project of the calling test.</summary>
/// <remarks><c>AJANVARAUS_REWRITE_GOLDEN=1</c> writes the files anew; the diff is reviewed like code.</remarks>
public static class Golden
{
    /// <summary>Fails with the first differing line when <paramref name="text"/> is not the file's content.</summary>
    /// <param name="name">File name below <c>Golden/</c>, with extension; folders allowed.</param>
    /// <param name="text">Compared line by line; the kind of line end does not matter.</param>
    public static void Match(string name, string text, [CallerFilePath] string caller = "")
    {
        MatchFile(Path.Combine(ProjectOf(caller), "Golden", name), text);
    }

    /// <summary>The same for a file that stands elsewhere: a document that is generated.</summary>
    public static void MatchFile(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("AJANVARAUS_REWRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Normalized(text));
            return;
        }
        if (Difference(path, text) is { } difference)
            Execute.Assertion.FailWith("{0}", difference + "; AJANVARAUS_REWRITE_GOLDEN=1 writes it anew");
    }

    /// <summary>Says where the text departs from the file; null when it does not.</summary>
    public static string? Difference(string path, string text)
    {
        if (!File.Exists(path))
            return $"{path} does not exist";
        var expected = Normalized(File.ReadAllText(path));
        var actual = Normalized(text);
        if (expected == actual)
            return null;
        var old = expected.Split('\n');
        var now = actual.Split('\n');
        var line = 0;
        while (line < old.Length && line < now.Length && old[line] == now[line])
            line++;
        return $"{path} differs at line {line + 1}: expected \"{old.ElementAtOrDefault(line)}\", "
            + $"found \"{now.ElementAtOrDefault(line)}\"";
    }

    private static string Normalized(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    private static string ProjectOf(string sourceFile)
    {
        for (var directory = Path.GetDirectoryName(sourceFile); directory is not null;
             directory = Path.GetDirectoryName(directory))
            if (Directory.Exists(directory) && Directory.EnumerateFiles(directory, "*.csproj").Any())
                return directory;
        throw new InvalidOperationException($"No project above {sourceFile}");
    }
}

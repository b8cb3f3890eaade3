namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Files that hold secrets: read only while not everybody on the machine can.</summary>
internal static class SecretFile
{
    private const UnixFileMode Others =
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    /// <summary>Its lines.</summary>
    /// <exception cref="InvalidDataException">Others than its owner and group can read it, or than its owner change it; Windows is not asked.</exception>
    public static string[] ReadLines(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            throw new InvalidDataException($"{path} holds secrets, and others can read or change it: chmod 600 (or 640) first.");
        return File.ReadAllLines(path);
    }
}

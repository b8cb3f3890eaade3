using System.Security.Cryptography;
using System.Text;

namespace Ajanvaraus.Fhir.DevelopmentIssuer;

/// <summary>Names that may be used once by all processes together: a file for each, in a folder that they share.</summary>
/// <remarks>The operating system makes a file for one of several who ask at once. A file is deleted once its name could not be
/// used any more.</remarks>
internal sealed class SpentNames(string folder, TimeProvider clock)
{
    /// <returns>False when somebody has used it.</returns>
    public bool TrySpend(string name, DateTimeOffset until)
    {
        Directory.CreateDirectory(folder);
        Forget();
        var file = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        try
        {
            using var made = new StreamWriter(new FileStream(Path.Combine(folder, file), FileMode.CreateNew));
            made.Write(until.ToUnixTimeSeconds());
            return true;
        }
        catch (IOException) when (File.Exists(Path.Combine(folder, file)))
        {
            return false;
        }
    }

    private void Forget()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        foreach (var path in Directory.EnumerateFiles(folder))
            if (TryRead(path) is { } until && until < now)
                File.Delete(path);
    }

    /// <summary>Null while another process is writing it.</summary>
    private static long? TryRead(string path)
    {
        try
        {
            return long.TryParse(File.ReadAllText(path), out var until) ? until : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}

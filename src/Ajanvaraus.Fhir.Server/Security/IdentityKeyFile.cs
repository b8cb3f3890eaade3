using System.Security.Cryptography;

using Ajanvaraus.Fhir.Persistence.Identities;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>The file that holds the keys by which personal identity codes are hidden.</summary>
/// <remarks>Lines <c>NAME=SECRET</c>, the secret 256 bits in base64; the first is the one to write by. Lines that begin with
/// <c>#</c> and empty ones say nothing.</remarks>
public static class IdentityKeyFile
{
    private const string Ending = ".keys";
    private const string FirstName = "1";

    /// <summary>The keys for a database.</summary>
    /// <param name="path">As the operator named it; null: the one beside an SQLite database.</param>
    /// <param name="database">As <see cref="ServerOptions.Database"/>.</param>
    /// <param name="isMade">Make the file where none was named and none is there.</param>
    /// <exception cref="InvalidDataException">The file holds something else than keys.</exception>
    /// <exception cref="IOException">It cannot be read or made.</exception>
    public static IdentityKeys Of(string? path, string database, bool isMade)
    {
        if (!string.IsNullOrEmpty(path))
            return Read(path);
        var beside = (Database.FileOf(database) ?? "ajanvaraus") + Ending;
        if (isMade && !File.Exists(beside))
            MakeOnce(beside);
        return File.Exists(beside) ? Read(beside) : IdentityKeys.None;
    }

    /// <exception cref="InvalidDataException">Others can read it, or it holds something else than keys; the text names the line and no secret.</exception>
    public static IdentityKeys Read(string path)
    {
        var keys = new List<(string, byte[])>();
        var number = 0;
        foreach (var line in SecretFile.ReadLines(path))
        {
            number++;
            if (line.AsSpan().Trim() is { IsEmpty: false } text && text[0] != '#')
                keys.Add(Parse(text) ?? throw new InvalidDataException(
                    $"{path}, line {number}: a key is NAME=SECRET, a name of letters, digits and - (up to "
                    + $"{IdentityKeys.MaxNameLength}) and {IdentityKeys.SecretLength} random bytes in base64."));
        }
        if (keys.Count == 0)
            throw new InvalidDataException($"{path} holds no key.");
        if (keys.DistinctBy(key => key.Item1).Count() < keys.Count)
            throw new InvalidDataException($"{path} holds two keys of one name.");
        return IdentityKeys.Of(keys);
    }

    /// <summary>Makes a file with one key, which its owner alone can read.</summary>
    public static void Make(string path)
    {
        using var file = PrivateFile(path);
        using var writer = new StreamWriter(file);
        writer.WriteLine($"{FirstName}={Convert.ToBase64String(RandomNumberGenerator.GetBytes(IdentityKeys.SecretLength))}");
    }

    /// <summary>Of several processes that start at once the first makes it; whoever sees the file sees all of it.</summary>
    private static void MakeOnce(string path)
    {
        var made = $"{path}.{Environment.ProcessId}";
        Make(made);
        try
        {
            File.Move(made, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(made);
        }
    }

    private static FileStream PrivateFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private static (string, byte[])? Parse(ReadOnlySpan<char> line)
    {
        var equals = line.IndexOf('=');
        var name = equals < 0 ? default : line[..equals].Trim();
        if (name.Length is 0 or > IdentityKeys.MaxNameLength)
            return null;
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                return null;
        var secret = new byte[IdentityKeys.SecretLength];
        return Convert.TryFromBase64Chars(line[(equals + 1)..].Trim(), secret, out var length) && length == secret.Length
            ? (name.ToString(), secret)
            : null;
    }
}

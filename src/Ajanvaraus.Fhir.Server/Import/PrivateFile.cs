namespace Ajanvaraus.Fhir.Server.Import;

/// <summary>A new file with personal data: only its owner reads it.</summary>
internal static class PrivateFile
{
    /// <summary>For a file that is made, or emptied when it is there.</summary>
    public static FileStreamOptions Options
    {
        get
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.ReadWrite,
                BufferSize = 1 << 16,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return options;
        }
    }

    /// <summary>Writes a file under another name and gives it its own when it is whole and on the disk.</summary>
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        var part = path + ".part";
        try
        {
            T result;
            await using (var output = new FileStream(part, Options))
            {
                result = await write(output);
                output.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: true);
            return result;
        }
        finally
        {
            File.Delete(part);
        }
    }
}

using System.Globalization;
using System.Text.Json;

using Ajanvaraus.Fhir.Persistence;

namespace Ajanvaraus.Fhir.Server.Import;

/// <summary>The files of an export: under other names until all is written, and a manifest that lists them.</summary>
/// <remarks>The manifest has the shape of http://hl7.org/fhir/uv/bulkdata/export.html, with file names for addresses.</remarks>
/// <param name="folder">Made when it is not there; only its owner can read what is written.</param>
/// <param name="moment">Everything that was committed before it is in the export.</param>
internal sealed class ExportFiles(string folder, DateTimeOffset moment) : IDisposable
{
    public const string ManifestName = "manifest.json";

    private readonly List<(string Type, long Count)> _written = [];
    private FileStream? _file;
    private string _type = "";
    private long _count;

    /// <summary>Adds a resource; those of a type come one after another.</summary>
    public async ValueTask AddAsync(StoredResource resource)
    {
        if (_file is null || _type != resource.Type)
        {
            await CloseAsync();
            _type = resource.Type;
            Directory.CreateDirectory(folder);
            _file = new FileStream(PartOf(FileOf(_type)), PrivateFile.Options);
        }
        await _file.WriteAsync(resource.Body);
        _file.WriteByte((byte)'\n');
        _count++;
    }

    /// <summary>Gives the files their names, the manifest last.</summary>
    public async Task FinishAsync()
    {
        await CloseAsync();
        Directory.CreateDirectory(folder);
        foreach (var (type, _) in _written)
            File.Move(PartOf(FileOf(type)), Path.Combine(folder, FileOf(type)), overwrite: true);
        await PrivateFile.WriteAsync(Path.Combine(folder, ManifestName), async manifest =>
        {
            await manifest.WriteAsync(Manifest());
            return true;
        });
    }

    /// <summary>Takes away what was not finished.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        foreach (var type in _written.Select(w => w.Type).Append(_type))
            File.Delete(PartOf(FileOf(type)));
    }

    private static string FileOf(string type) => $"{type}.ndjson";

    private string PartOf(string name) => Path.Combine(folder, name + ".part");

    private async ValueTask CloseAsync()
    {
        if (_file is null)
            return;
        await _file.FlushAsync();
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        _file = null;
        _written.Add((_type, _count));
        _count = 0;
    }

    private byte[] Manifest()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("transactionTime",
                moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteStartArray("output");
            foreach (var (type, count) in _written)
            {
                json.WriteStartObject();
                json.WriteString("type", type);
                json.WriteString("url", FileOf(type));
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }
}

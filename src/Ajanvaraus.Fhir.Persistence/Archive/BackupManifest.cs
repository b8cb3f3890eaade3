using System.Text.Json;

using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Archive;

/// <summary>What an archive says of itself: <c>manifest.json</c>.</summary>
/// <param name="Schema">Name of the newest migration of the database that was backed up.</param>
/// <param name="Created">The moment of the backup: <c>2026-11-22T02:24:10.000Z</c>.</param>
/// <param name="Source">The engine that it came from.</param>
public sealed record BackupManifest(
    string Schema, string Created, string Source, ImmutableArray<BackupTable> Tables)
{
    public const string Name = "manifest.json";
    public const string DigestName = "manifest.sha256";

    private const string Format = "ajanvaraus-backup";
    private const int FormatVersion = 1;

    public long Rows => Tables.Sum(t => t.Rows);

    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("formatVersion", FormatVersion);
            json.WriteString("schema", Schema);
            json.WriteString("created", Created);
            json.WriteString("source", Source);
            json.WriteStartArray("tables");
            foreach (var table in Tables)
                table.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    /// <summary>Null when the text is no manifest of this format.</summary>
    public static BackupManifest? Parse(byte[] utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            var root = document.RootElement;
            if (root.GetProperty("format").GetString() != Format
                || root.GetProperty("formatVersion").GetInt32() != FormatVersion)
                return null;
            return new BackupManifest(
                root.GetProperty("schema").GetString()!, root.GetProperty("created").GetString()!,
                root.GetProperty("source").GetString()!,
                [.. root.GetProperty("tables").EnumerateArray().Select(BackupTable.Read)]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>One table of an archive.</summary>
/// <param name="Sha256">Of the entry's bytes before compression, in lower-case hexadecimal.</param>
public sealed record BackupTable(TableShape Shape, long Rows, string Sha256)
{
    /// <summary>The entry that holds the rows.</summary>
    public string Entry => EntryOf(Shape);

    public static string EntryOf(TableShape shape) => $"tables/{shape.Name}";

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Shape.Name);
        json.WriteNumber("rows", Rows);
        json.WriteString("sha256", Sha256);
        json.WriteStartArray("columns");
        foreach (var column in Shape.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static BackupTable Read(JsonElement json) => new(
        new TableShape(
            json.GetProperty("name").GetString()!,
            [.. json.GetProperty("columns").EnumerateArray().Select(c => new SqlColumn(
                c.GetProperty("name").GetString()!,
                Enum.Parse<ColumnType>(c.GetProperty("type").GetString()!)))],
            CountedKey: null),
        json.GetProperty("rows").GetInt64(), json.GetProperty("sha256").GetString()!);
}

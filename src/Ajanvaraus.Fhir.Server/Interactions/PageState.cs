using System.IO.Compression;
using System.Text.Json;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>What a page link carries.</summary>
/// <param name="Cursor">Where the page begins; null: the first page.</param>
/// <param name="Criteria">Of a search by POST, which its links must not show; null: they stand in the link.</param>
public sealed record PageState(string? Cursor, ImmutableArray<KeyValuePair<string, string>>? Criteria)
{
    /// <summary>Compressed: a search by POST is often a long one, and a link is short.</summary>
    public byte[] ToBytes()
    {
        using var output = new MemoryStream();
        using (var packed = new BrotliStream(output, CompressionLevel.Fastest))
        using (var json = new Utf8JsonWriter(packed))
        {
            json.WriteStartArray();
            json.WriteStringValue(Cursor);
            foreach (var (name, value) in Criteria ?? [])
            {
                json.WriteStringValue(name);
                json.WriteStringValue(value);
            }
            if (Criteria is null)
                json.WriteNullValue();
            json.WriteEndArray();
        }
        return output.ToArray();
    }

    /// <param name="bytes">Made by <see cref="ToBytes"/>.</param>
    public static PageState Read(byte[] bytes)
    {
        using var packed = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var json = JsonDocument.Parse(packed);
        var items = json.RootElement.EnumerateArray().Select(item => item.GetString()).ToArray();
        if (items is [var cursor, null])
            return new PageState(cursor, null);
        return new PageState(
            items[0], [.. items.Skip(1).Chunk(2).Select(pair => KeyValuePair.Create(pair[0]!, pair[1]!))]);
    }
}

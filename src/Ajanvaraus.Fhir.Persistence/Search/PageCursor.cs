using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Ajanvaraus.Fhir.Persistence.Search;

/// <summary>Where a page ended: what the next one starts after.</summary>
/// <param name="Moment">Greatest resource key when the search began: what was made later does not appear.</param>
/// <param name="Versions">Greatest version key then, for a search by <c>_lastUpdated</c>: what was written since has
/// moved past the end, and would come twice. 0 for other searches.</param>
/// <param name="LastKey">Key of the last row.</param>
/// <param name="Values">Its sort values, one per sort key: long, double or text; null where it has none.</param>
internal sealed record PageCursor(long Moment, long Versions, long LastKey, ImmutableArray<object?> Values)
{
    public override string ToString()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            json.WriteNumberValue(Moment);
            json.WriteNumberValue(Versions);
            json.WriteNumberValue(LastKey);
            foreach (var value in Values)
                Write(json, value);
            json.WriteEndArray();
        }
        return Base64Url.EncodeToString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>Null when the text is not a cursor.</summary>
    public static PageCursor? Parse(string text)
    {
        if (!Base64Url.IsValid(text))
            return null;
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() < 3
                || !root[0].TryGetInt64(out var moment) || !root[1].TryGetInt64(out var versions)
                || !root[2].TryGetInt64(out var last))
                return null;
            return new PageCursor(moment, versions, last, [.. root.EnumerateArray().Skip(3).Select(Read)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException
            or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case double number:
                // Told from a long by the array around it; the text keeps every bit.
                json.WriteStartArray();
                json.WriteStringValue(number.ToString("R", CultureInfo.InvariantCulture));
                json.WriteEndArray();
                break;
            default:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => Text(value.GetString()!),
        JsonValueKind.Array => double.Parse(value[0].GetString()!, CultureInfo.InvariantCulture),
        _ => value.GetInt64(),
    };

    // Nothing that was stored and sorted by holds this character, and no database takes it.
    private static string Text(string value) =>
        value.Contains('\0') ? throw new FormatException("A NUL in a cursor") : value;
}

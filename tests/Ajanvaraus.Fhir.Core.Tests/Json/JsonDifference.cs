using System.Text.Json;

namespace Ajanvaraus.Fhir.Core.Tests.Json;

/// <summary>Where two JSON documents say different things: order of properties is free, numbers count as written.</summary>
/// <remarks>A <c>_name</c> array that is shorter than its values says nothing about the rest: nulls there are filling.</remarks>
internal static class JsonDifference
{
    /// <summary>The first difference as a path and both texts; null when there is none.</summary>
    public static string? Of(JsonElement expected, JsonElement actual, string path = "$") =>
        expected.ValueKind != actual.ValueKind
            ? $"{path}: {expected.GetRawText()} became {actual.GetRawText()}"
            : expected.ValueKind switch
            {
                JsonValueKind.Object => OfObjects(expected, actual, path),
                JsonValueKind.Array => OfArrays(expected, actual, path),
                JsonValueKind.String => OfTexts(expected.GetString()!, actual.GetString()!, path),
                _ => OfTexts(expected.GetRawText(), actual.GetRawText(), path),
            };

    private static string? OfObjects(JsonElement expected, JsonElement actual, string path)
    {
        var names = expected.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).ToList();
        var others = actual.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).ToList();
        return names.SequenceEqual(others)
            ? names.Select(n => Of(expected.GetProperty(n), actual.GetProperty(n), $"{path}.{n}"))
                .FirstOrDefault(d => d is not null)
            : $"{path}: {string.Join(',', names)} became {string.Join(',', others)}";
    }

    private static string? OfArrays(JsonElement expected, JsonElement actual, string path) =>
        Length(expected, path) != Length(actual, path)
            ? $"{path}: {expected.GetArrayLength()} items became {actual.GetArrayLength()}"
            : expected.EnumerateArray().Zip(actual.EnumerateArray(), (e, a) => (e, a))
                .Select((pair, i) => Of(pair.e, pair.a, $"{path}[{i}]"))
                .FirstOrDefault(d => d is not null);

    private static int Length(JsonElement array, string path)
    {
        var length = array.GetArrayLength();
        if (path.Contains("._", StringComparison.Ordinal))
            while (length > 0 && array[length - 1].ValueKind == JsonValueKind.Null)
                length--;
        return length;
    }

    private static string? OfTexts(string expected, string actual, string path) =>
        expected == actual ? null : $"{path}: {expected} became {actual}";
}

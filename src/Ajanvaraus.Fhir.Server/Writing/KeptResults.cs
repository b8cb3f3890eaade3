using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>Results of a write as text: the effect, the resource's row key and the version of each, in order.</summary>
/// <remarks><c>0 17 1;3 9 4</c>; without key and version where nothing was stored: <c>2</c>.</remarks>
internal static class KeptResults
{
    public static string Text(ImmutableArray<WriteResult> results)
    {
        var text = new StringBuilder(results.Length * 12);
        foreach (var result in results)
        {
            if (text.Length > 0)
                text.Append(';');
            text.Append((int)result.Effect);
            if (result.Stored is { } stored)
                text.Append(CultureInfo.InvariantCulture, $" {stored.Key} {stored.Version}");
        }
        return text.ToString();
    }

    /// <summary>The results again, with the versions as they were written.</summary>
    public static async ValueTask<Outcome<ImmutableArray<WriteResult>>> ReadAsync(WriteSession session, string text)
    {
        var kept = text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToList();
        var stored = await session.ReadVersionsAsync(
            [.. kept.Select(k => k.Key).OfType<long>().Distinct()],
            [.. kept.Where(k => k.Key is not null).Select(k => k.Version).Distinct()]);
        var byVersion = stored.ToDictionary(s => (s.Key, (long)s.Version));
        return kept
            .Select(k => new WriteResult(k.Key is { } key ? byVersion[(key, k.Version)] : null, k.Effect, []))
            .ToImmutableArray();
    }

    private static (WriteEffect Effect, long? Key, long Version) Parse(string result)
    {
        var parts = result.Split(' ');
        var effect = (WriteEffect)Number(parts[0]);
        return parts.Length == 1 ? (effect, null, 0) : (effect, Number(parts[1]), Number(parts[2]));
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

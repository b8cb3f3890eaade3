using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ajanvaraus.Fhir.Scheduling.Time;
using NodaTime.Text;

namespace Ajanvaraus.Fhir.Scheduling.Templates;

/// <summary>Names the origin of a Slot: template, day, time, and a digest of what else the entry says of it.</summary>
/// <remarks>The version is no part of it: a Slot that a new version asks for unchanged stays as it is.</remarks>
internal static class OriginKey
{
    public static string Of(string template, LocalDate day, TimeRange time, string digest) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{template}|{LocalDatePattern.Iso.Format(day)}|{time.Start.ToUnixTimeSeconds()}|{
                time.End.ToUnixTimeSeconds()}|{digest}");

    public static string Digest(TemplateEntry entry)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Capacity}\n{Joined(entry.Services)}\n{Joined(entry.TimeTypes)}\n{Joined(entry.ContactModes)}\n{
                entry.Audience}\n{entry.ReleaseDaysAhead}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }

    /// <summary>The day of a key of this template; null when the key is of another origin.</summary>
    public static LocalDate? DayOf(string? key, string template)
    {
        var prefix = template.Length + 1;
        if (key is null || key.Length < prefix + 10 || key[template.Length] != '|') return null;
        if (!key.StartsWith(template, StringComparison.Ordinal)) return null;
        var day = LocalDatePattern.Iso.Parse(key.Substring(prefix, 10));
        return day.Success ? day.Value : null;
    }

    private static string Joined(ImmutableArray<string> codings) => string.Join(',', codings);
}

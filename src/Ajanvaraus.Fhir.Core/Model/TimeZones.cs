using System.Collections.Concurrent;

namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>The time zones by which times are written and read: with the rules of the database, else of the operating system.</summary>
/// <remarks>
/// A process serves from one database, and all that serve from it go by the same rules, whatever zone files their machines have.
/// Source: docs/adr/0039-rules-of-time-zones.md.
/// </remarks>
public static class TimeZones
{
    public const string DefaultId = "Europe/Helsinki";

    private static readonly ConcurrentDictionary<string, ZoneRules> Known = new();

    public static ZoneRules Default => Find(DefaultId) ?? throw new TimeZoneNotFoundException($"The operating system has no zone {DefaultId}");

    /// <summary>Null for a name that nobody knows.</summary>
    /// <param name="id">IANA name.</param>
    public static ZoneRules? Find(string id)
    {
        if (Known.TryGetValue(id, out var known))
            return known;
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? Known.GetOrAdd(id, ZoneRules.Of(id, zone)) : null;
    }

    /// <summary>From now on the zone of that name has these rules.</summary>
    public static void Adopt(ZoneRules rules) => Known[rules.Id] = rules;
}

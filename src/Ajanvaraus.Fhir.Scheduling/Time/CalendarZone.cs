using System.Collections.Concurrent;

namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>The time zone of a calendar, never that of the machine.</summary>
public static class CalendarZone
{
    public const string Default = "Europe/Helsinki";

    private static readonly ConcurrentDictionary<string, (Func<long, (long From, long Until, int OffsetSeconds)> Rules, DateTimeZone Zone)> Known = new();

    private static Func<string, Func<long, (long From, long Until, int OffsetSeconds)>?>? _source;

    /// <summary>The zone of an IANA name; a name that nobody knows counts as <see cref="Default"/>.</summary>
    public static DateTimeZone Of(string zoneId) => Find(zoneId) ?? Find(Default)!;

    public static bool IsKnown(string zoneId) => Find(zoneId) is not null;

    /// <summary>From now on zones have the rules that are told here, and no longer those of Noda Time's own data.</summary>
    /// <param name="source">Null for a name that nobody knows; another function for a zone whose rules have changed.</param>
    public static void ReadFrom(Func<string, Func<long, (long From, long Until, int OffsetSeconds)>?> source) => _source = source;

    /// <summary>A zone of these rules, whatever the zone of that name is.</summary>
    public static DateTimeZone ByRules(string zoneId, Func<long, (long From, long Until, int OffsetSeconds)> rules) => new RuledZone(zoneId, rules);

    private static DateTimeZone? Find(string zoneId)
    {
        if (_source is not { } source)
            return DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId);
        if (source(zoneId) is not { } rules)
            return null;
        if (Known.TryGetValue(zoneId, out var known) && ReferenceEquals(known.Rules, rules))
            return known.Zone;
        var zone = ByRules(zoneId, rules);
        Known[zoneId] = (rules, zone);
        return zone;
    }
}

namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>The time zone of a calendar, never that of the machine.</summary>
public static class CalendarZone
{
    public const string Default = "Europe/Helsinki";

    /// <summary>The zone of an IANA name; a name that the zone data lacks counts as <see cref="Default"/>.</summary>
    public static DateTimeZone Of(string zoneId) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? DateTimeZoneProviders.Tzdb[Default];

    public static bool IsKnown(string zoneId) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) is not null;
}

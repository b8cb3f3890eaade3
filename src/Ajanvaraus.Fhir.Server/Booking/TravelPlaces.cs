using System.Globalization;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Operations;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Reads how calendars go by journeys, and the places between which they are: docs/adr/0024-travel.md.</summary>
internal static class TravelPlaces
{
    private static readonly ImmutableDictionary<string, Duration> NoRows = ImmutableDictionary<string, Duration>.Empty;

    private const double UsualKilometresAnHour = 40;
    private const double UsualDetour = 1.3;
    private const double MostKilometresAnHour = 300;
    private const double MostDetour = 10;

    /// <summary>What a Schedule or HealthcareService says in the extension <c>travel</c>; empty: nothing.</summary>
    public static ImmutableArray<TravelRule> RulesOf(ElementNode resource)
    {
        if (resource.Extension(Canonicals.Travel) is not { } said)
            return [];
        if (said.ExtensionText("distance") != "true")
            return [TravelRule.Matrix];
        var speed = Number(said.Extension("speed")?["value"]?.Text("value"), MostKilometresAnHour) ?? UsualKilometresAnHour;
        var detour = Number(said.ExtensionText("detour"), MostDetour) ?? UsualDetour;
        return [new TravelRule(speed / 3.6, Math.Max(detour, 1))];
    }

    /// <summary>Between the places of the calendars, of their bookings, and those asked for; nothing is read where nobody travels.</summary>
    public static async ValueTask<Journeys> ReadAsync(
        ReadMany read, IReadOnlyCollection<ScheduleState> schedules, IEnumerable<Claim> claims, IEnumerable<string> asked)
    {
        if (!schedules.Any(s => !s.Travel.IsEmpty))
            return Journeys.None;
        var places = schedules.Select(s => s.Place).Concat(claims.Select(c => c.Place)).Concat(asked)
            .Select(p => LocalReference.IdOf(p, "Location")).OfType<string>().ToHashSet();
        return new Journeys((await read("Location", places)).Select(l => Place(StoredNodes.Parse(l))));
    }

    /// <summary>Whether a Location tells the same ways as before; null: it is not there.</summary>
    public static bool TellTheSame(ElementNode? before, ElementNode? after)
    {
        var (one, other) = (before is null ? null : Place(before), after is null ? null : Place(after));
        var (times, others) = (one?.Times ?? NoRows, other?.Times ?? NoRows);
        return one?.Position == other?.Position && times.Count == others.Count
            && times.All(t => others.TryGetValue(t.Key, out var time) && time == t.Value);
    }

    private static PlaceState Place(ElementNode location) => new(
        $"Location/{location.Id}", PositionOf(location["position"]),
        location.All("extension").Where(e => e.Text("url") == Canonicals.TravelTime).Select(Row).OfType<(string To, Duration Time)>()
            .DistinctBy(r => r.To).ToImmutableDictionary(r => r.To, r => r.Time));

    private static (string To, Duration Time)? Row(ElementNode row)
    {
        var to = LocalReference.IdOf(row.Extension("to")?["value"]?.Text("reference"), "Location");
        return to is not null && row.Extension("time")?["value"] is { } time && ParameterValues.Minutes(time) is { } minutes and >= 0
            ? ($"Location/{to}", Duration.FromMinutes((double)Math.Min(minutes, (decimal)Journeys.Longest.TotalMinutes)))
            : null;
    }

    private static (double Latitude, double Longitude)? PositionOf(ElementNode? position) =>
        Degrees(position?.Text("latitude"), 90) is { } latitude && Degrees(position?.Text("longitude"), 180) is { } longitude
            ? (latitude, longitude)
            : null;

    private static double? Degrees(string? text, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most
            ? degrees
            : null;

    private static double? Number(string? text, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0
            ? Math.Min(number, most)
            : null;
}

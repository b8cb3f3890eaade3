namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>A Location as journeys know it.</summary>
/// <param name="Reference"><c>Location/a</c>.</param>
/// <param name="Position">Latitude and longitude in degrees (WGS 84); null: not told.</param>
/// <param name="Times">Its rows of the matrix: how long the way to other Locations takes.</param>
public sealed record PlaceState(
    string Reference, (double Latitude, double Longitude)? Position, ImmutableDictionary<string, Duration> Times);

/// <summary>How long it takes from one place to another.</summary>
/// <remarks>
/// <para>A row of the matrix holds for its direction, and for the way back unless the other place has a row of its own. Where no row
/// says anything the distance along the great circle does, if the calendar goes by it and both places tell their position. A Location
/// that is a kind of place (a client's home) may have a row to itself: from one such place to another.</para>
/// <para>Shape: whole minutes, rounded up; four hours at most. Nobody travels from or to what is not known.</para>
/// </remarks>
public sealed class Journeys
{
    /// <summary>What takes longer counts as this.</summary>
    public static readonly Duration Longest = Duration.FromHours(4);

    public static readonly Journeys None = new([]);

    private const double EarthRadius = 6_371_008.8;

    private readonly Dictionary<string, PlaceState> _places;

    public Journeys(IEnumerable<PlaceState> places) =>
        _places = places.DistinctBy(p => p.Reference).ToDictionary(p => p.Reference);

    /// <summary>By the rule that takes longest; zero without rules.</summary>
    public Duration Between(string? from, string? to, ImmutableArray<TravelRule> rules)
    {
        var longest = Duration.Zero;
        if (from is null || to is null || rules.IsDefaultOrEmpty
            || !_places.TryGetValue(from, out var start) || !_places.TryGetValue(to, out var end)) return longest;
        if (Row(start, end) is { } said) return Whole(said);
        if (from == to) return longest;
        foreach (var rule in rules)
            if (rule.MetresPerSecond is > 0 and var speed && Distance(start, end) is { } metres)
                longest = Duration.Max(longest, Whole(Duration.FromSeconds(Math.Min(metres * rule.Detour / speed, Longest.TotalSeconds))));
        return longest;
    }

    private static Duration? Row(PlaceState start, PlaceState end) =>
        start.Times.TryGetValue(end.Reference, out var there) ? there
        : end.Times.TryGetValue(start.Reference, out var back) ? back
        : null;

    /// <summary>In metres, by the haversine formula.</summary>
    private static double? Distance(PlaceState start, PlaceState end)
    {
        if (start.Position is not { } a || end.Position is not { } b) return null;
        var (latitude, longitude) = (Radians(b.Latitude - a.Latitude) / 2, Radians(b.Longitude - a.Longitude) / 2);
        var chord = Math.Pow(Math.Sin(latitude), 2)
            + (Math.Cos(Radians(a.Latitude)) * Math.Cos(Radians(b.Latitude)) * Math.Pow(Math.Sin(longitude), 2));
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(chord)));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    private static Duration Whole(Duration time) =>
        Duration.Min(Duration.FromMinutes(Math.Ceiling(time.TotalMinutes)), Longest);
}

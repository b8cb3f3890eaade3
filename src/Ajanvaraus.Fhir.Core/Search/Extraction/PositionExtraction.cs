using System.Globalization;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search.Extraction;

/// <summary><c>Location.position</c>: http://hl7.org/fhir/R4/location.html#positional.</summary>
internal static class PositionExtraction
{
    public static void Add(int key, ElementNode position, EntryList<PositionEntry> entries)
    {
        if (Degrees(position, "latitude", 90) is { } latitude && Degrees(position, "longitude", 180) is { } longitude)
            entries.Add(new PositionEntry(key, GeoPoint.Of(latitude, longitude)));
    }

    private static double? Degrees(ElementNode position, string name, double most) =>
        double.TryParse(position.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees)
        && Math.Abs(degrees) <= most
            ? degrees
            : null;
}

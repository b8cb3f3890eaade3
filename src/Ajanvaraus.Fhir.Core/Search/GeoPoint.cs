namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>A place as a point of the unit sphere.</summary>
/// <remarks>
/// Between such points distance is a sum of squares, which every database can calculate, at the poles and at the date
/// line as well. The Earth is taken as a sphere: off by half a per cent at the most.
/// </remarks>
public readonly record struct GeoPoint(double X, double Y, double Z)
{
    private const double EarthRadiusMetres = 6_371_008.8;

    /// <param name="latitude">Degrees, -90 to 90.</param>
    /// <param name="longitude">Degrees, -180 to 180.</param>
    public static GeoPoint Of(double latitude, double longitude)
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(double.DegreesToRadians(latitude));
        var (sinLongitude, cosLongitude) = Math.SinCos(double.DegreesToRadians(longitude));
        return new GeoPoint(cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude);
    }

    /// <summary>Length of the straight line through the sphere between points that far apart on its surface.</summary>
    public static double Chord(double metres)
    {
        var angle = metres / EarthRadiusMetres;
        return angle >= Math.PI ? 2 : 2 * Math.Sin(angle / 2);
    }

    /// <summary>Whether the straight line to the other point is no longer than that.</summary>
    public bool IsWithin(double chord, GeoPoint other) =>
        ((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y)) + ((Z - other.Z) * (Z - other.Z))
        <= chord * chord;
}

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>How a calendar tells the time between two places of which no matrix says it.</summary>
/// <param name="MetresPerSecond">Of the way there; null: distances say nothing, the matrix alone does.</param>
/// <param name="Detour">The way is so many times as long as the straight line.</param>
public sealed record TravelRule(double? MetresPerSecond, double Detour)
{
    /// <summary>Only what the matrix says.</summary>
    public static readonly TravelRule Matrix = new(null, 1);
}

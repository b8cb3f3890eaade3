namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>How much one search for times may ask.</summary>
/// <param name="HorizonDays">How far it looks when no end is given.</param>
/// <param name="MaximumDays">The longest window.</param>
/// <param name="MaximumCalendars">More calendars than this in one search are refused.</param>
/// <param name="DefaultCount">Offers on a page when the caller does not say.</param>
public sealed record FindLimits(
    int HorizonDays = 28, int MaximumDays = 366, int MaximumCalendars = 2000, int DefaultCount = 20)
{
    /// <summary>The most offers that a page has.</summary>
    public const int MaximumCount = 1000;
}

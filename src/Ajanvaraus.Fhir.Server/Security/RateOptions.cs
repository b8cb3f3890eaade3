namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>How much callers may ask in a minute; 0: as much as they like.</summary>
/// <remarks>They hold for callers with tokens; a server without issuers counts nothing.</remarks>
/// <param name="Requests">Of one person, in all of their tokens of one program.</param>
/// <param name="SystemRequests">Of one program without a person.</param>
/// <param name="Bookings">Bookings and holds that one citizen asks for, whomever they are for.</param>
/// <param name="LookUps">Identifiers of clients that one person searches by.</param>
/// <param name="Failures">Requests without an accepted token, of one address.</param>
/// <param name="LookedUp">Searches by the same identifier of a client, of all callers together.</param>
public sealed record RateOptions(
    int Requests = 0, int SystemRequests = 0, int Bookings = 0, int LookUps = 0, int Failures = 0, int LookedUp = 0)
{
    /// <summary>Nothing is counted.</summary>
    public static readonly RateOptions None = new();

    /// <summary>What <c>serve</c> keeps to unless it is told otherwise.</summary>
    public static readonly RateOptions Usual = new(600, 12_000, 100, 30, 120, 60);
}

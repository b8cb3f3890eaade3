using System.Security.Cryptography;
using System.Text;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Holds callers to their rates: 429 with the seconds until the next request may come.</summary>
/// <remarks>Counted in this process alone: of several processes each allows as much. ADR 0029.</remarks>
public sealed class RequestRates(RateOptions options, TimeProvider clock)
{
    private readonly RateWindows _windows = new(clock);
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>An HTTP request of a caller whose token was accepted; null when it may go on.</summary>
    public Problem? OfRequest(Identity caller) => caller.IsUnlimited || caller.Principal.Length == 0
        ? null
        : Told(caller.Kind == CallerKind.System
            ? _windows.Take("s" + caller.Principal, options.SystemRequests)
            : _windows.Take("r" + caller.Principal, options.Requests));

    /// <summary>A request, or an entry of a Bundle, by what it asks for; null when it may go on.</summary>
    public Problem? OfInteraction(FhirRequest request)
    {
        var caller = request.Caller.Identity;
        if (caller.IsUnlimited || caller.Principal.Length == 0)
            return null;
        // Whom they act for makes no second allowance.
        var person = $"{caller.Issuer}\n{caller.Subject}";
        if (caller.Kind == CallerKind.Citizen && IsBooking(request))
            return Told(_windows.Take("b" + person, options.Bookings));
        var looked = ClientLookUps.In(request);
        return (caller.Kind == CallerKind.System ? null : Told(_windows.Take("l" + person, options.LookUps, looked.Count)))
            ?? OfLookedUp(looked);
    }

    /// <summary>One client whom many look for at once: many workers, or one with many names.</summary>
    /// <remarks>Of a list the identifiers before one that is over its limit stay counted.</remarks>
    private Problem? OfLookedUp(IReadOnlyList<string> identifiers)
    {
        if (options.LookedUp == 0)
            return null;
        foreach (var identifier in identifiers)
            if (Told(_windows.Take("i" + Digest(identifier), options.LookedUp)) is { } tooMany)
                return tooMany;
        return null;
    }

    /// <summary>By a key of this process alone: what callers looked for is not kept.</summary>
    private string Digest(string identifier) => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(identifier)));

    /// <summary>A request without an accepted token; the problem to tell instead, or null.</summary>
    public Problem? OfFailure(string address) => Told(_windows.Take("f" + address, options.Failures));

    private static Problem? Told(int? seconds) => seconds is null
        ? null
        : TokenMessages.TooMany.As(ProblemKind.Throttled) with { RetryAfterSeconds = seconds };

    private static bool IsBooking(FhirRequest request) => request.Method == HttpMethods.Post && request.Target switch
    {
        { Kind: TargetKind.Type, Type: "Appointment" } => true,
        { Kind: TargetKind.Operation, Operation: "book" or "confirm" or "hold" } => true,
        _ => false,
    };
}

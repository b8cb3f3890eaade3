using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Holds callers to their rates: 429 with the seconds until the next request may come.</summary>
/// <remarks>Counted in this process alone: of several processes each allows as much. ADR 0029.</remarks>
public sealed class RequestRates(RateOptions options, TimeProvider clock)
{
    private readonly RateWindows _windows = new(clock);

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
        return caller.Kind == CallerKind.System ? null : Told(_windows.Take("l" + person, options.LookUps, LookUps(request)));
    }

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

    /// <summary>How many identifiers of clients a search tries: one that may be guessed at would tell who is a client.</summary>
    private static int LookUps(FhirRequest request)
    {
        var isOfClients = request.Target.Type is "Patient" or "Person" or "RelatedPerson";
        var count = 0;
        foreach (var (name, value) in request.Parameters)
            if (Asks(name, isOfClients) || (name == "_filter" && value.Contains("identifier", StringComparison.Ordinal)))
                count += 1 + value.AsSpan().Count(',');
        return count;
    }

    /// <summary><c>identifier</c> of clients, chains and <c>_has</c> that end in it, and references by identifier.</summary>
    private static bool Asks(string name, bool isOfClients) =>
        (isOfClients && (name == "identifier" || name.StartsWith("identifier:", StringComparison.Ordinal)))
        || name.Contains(".identifier", StringComparison.Ordinal) || name.Contains(":identifier", StringComparison.Ordinal);
}

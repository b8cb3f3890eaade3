using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Who makes one request, in which language, and why.</summary>
/// <param name="Identity">What the token told; the same instance for every request with that token.</param>
/// <param name="Language">Of messages: fi, sv or en.</param>
public sealed record Caller(Identity Identity, string Language)
{
    /// <summary>Identifies the holder of holds and the owner of work in the background; empty without tokens.</summary>
    public string Principal => Identity.Principal;

    /// <summary>Of a request that is to be done once; null for one that came without.</summary>
    public RequestKey? Key { get; init; }

    /// <summary>Which request it is, and from where; null for work of the server itself.</summary>
    public RequestOrigin? Origin { get; init; }

    /// <summary>For whom the server writes, where labels and registers are theirs to set or not; null: the caller's own right counts.</summary>
    public Identity? WritesFor { get; init; }

    /// <summary>Where what is done for the caller is written down; null: nowhere.</summary>
    internal AuditTrail? Trail { get; init; }

    /// <summary>A caller of a server without issuers, who may do everything.</summary>
    public static Caller Open(string language) => new(Identity.Open, language);

    /// <summary>The server itself, at its own work.</summary>
    public static Caller Server { get; } = new(Identity.Server, "en");
}

/// <param name="RequestId">As X-Request-Id tells it; of work in the background the name of the job.</param>
/// <param name="Address">Network address of the caller; null where it is not known any more.</param>
public sealed record RequestOrigin(string RequestId, string? Address);

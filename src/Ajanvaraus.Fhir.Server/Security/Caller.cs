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

    /// <summary>A caller of a server without issuers, who may do everything.</summary>
    public static Caller Open(string language) => new(Identity.Open, language);

    /// <summary>The server itself, at its own work.</summary>
    public static Caller Server { get; } = new(Identity.Server, "en");
}

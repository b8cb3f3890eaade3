using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Ajanvaraus.Fhir.DevelopmentIssuer;

/// <summary>What was asked at the login page, until its code is exchanged.</summary>
internal sealed record Login(
    DemoRole Role, Person Person, string Client, string RedirectUri, string Scope, string Challenge, string? Nonce,
    DateTimeOffset Until);

/// <summary>Codes of logins: each is exchanged once, within a minute, by whoever knows the verifier of its challenge.</summary>
/// <remarks>Source: RFC 6749, 4.1; RFC 7636, S256 alone.</remarks>
internal sealed class LoginCodes(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Login> _waiting = new();

    public DateTimeOffset Until => clock.GetUtcNow() + Lifetime;

    public string Add(Login login)
    {
        foreach (var (old, waiting) in _waiting)
            if (waiting.Until <= clock.GetUtcNow())
                _waiting.TryRemove(old, out _);
        var code = TokenMint.NewId();
        _waiting[code] = login;
        return code;
    }

    /// <summary>The login of a code, which is spent by that whatever comes of it; null when it is not to be had.</summary>
    public Login? Take(string code, string client, string redirectUri, string verifier) =>
        _waiting.TryRemove(code, out var login) && clock.GetUtcNow() < login.Until && login.Client == client
        && login.RedirectUri == redirectUri && IsMet(login.Challenge, verifier) ? login : null;

    private static bool IsMet(string challenge, string verifier) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == challenge;
}

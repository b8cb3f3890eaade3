using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.DevelopmentIssuer;

/// <summary>Makes tokens: for a role at one FHIR server, for a quarter of an hour.</summary>
/// <param name="issuer">The name of the issuer, which is its address.</param>
/// <param name="audience">Base address of the FHIR server.</param>
internal sealed class TokenMint(string issuer, string audience, SigningKey key, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const int IdBytes = 16;

    public string Issuer => issuer;

    public string Audience => audience;

    public SigningKey Key => key;

    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <param name="scope">What the client asks for; empty: all that the role has.</param>
    public string AccessToken(DemoRole role, Person person, string client, string scope) =>
        key.Sign(Dated(role.Claims(person), audience, client, scope.Length > 0 ? scope : role.Scope), "at+jwt");

    /// <summary>For a client itself, which acts without person.</summary>
    public string ClientToken(string client, string scope)
    {
        var claims = new JsonObject { ["sub"] = client };
        return key.Sign(Dated(claims, audience, client, scope), "at+jwt");
    }

    public string IdToken(DemoRole role, Person person, string client, string? nonce)
    {
        var claims = Dated(role.Claims(person), client, client, "openid");
        if (nonce is not null)
            claims["nonce"] = nonce;
        return key.Sign(claims, "JWT");
    }

    private JsonObject Dated(JsonObject claims, string forWhom, string client, string scope)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        claims["iss"] = issuer;
        claims["aud"] = forWhom;
        claims["client_id"] = client;
        claims["scope"] = scope;
        claims["iat"] = now;
        claims["nbf"] = now;
        claims["exp"] = now + (long)Lifetime.TotalSeconds;
        claims["jti"] = NewId();
        return claims;
    }
}

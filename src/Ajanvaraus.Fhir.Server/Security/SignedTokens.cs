using System.Text.Json;

using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Checks access tokens that are signed JWTs.</summary>
/// <remarks>
/// <para>The key comes from the issuer's own JWK set and never from the token: <c>jku</c>, <c>jwk</c>, <c>x5u</c> and
/// <c>x5c</c> in a header are not looked at, and <c>crit</c> is refused. What is read twice is refused as well, so that no
/// two readers can see different tokens.</para>
/// <para>Source: RFC 7515, RFC 8725, RFC 9068; SMART App Launch 2.2.</para>
/// </remarks>
internal sealed class SignedTokens(
    ImmutableArray<IssuerKeys> issuers, ImmutableArray<string> audiences, TimeProvider clock)
{
    private static readonly ImmutableArray<string> Algorithms = ["RS256", "RS384", "PS256", "PS384", "ES256", "ES384"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>Claims of tokens for the client itself, which an access token has not.</summary>
    private static readonly ImmutableArray<string> IdTokenClaims = ["nonce", "at_hash", "c_hash", "s_hash"];

    /// <summary>Whether the text has the shape of a JWT; any other is opaque.</summary>
    public static bool IsJwt(string token) => token.AsSpan().Count('.') >= 2;

    public async Task<TokenCheck> CheckAsync(string token, CancellationToken cancel)
    {
        if (token.Split('.') is not [var head, var body, { Length: > 0 } _] || Read(head) is not { } header || Read(body) is not { } claims)
            return TokenCheck.Refused(TokenFault.Malformed);
        if (FaultOf(header, claims) is var fault and not TokenFault.None)
            return TokenCheck.Refused(fault);
        if (issuers.FirstOrDefault(known => known.Issuer.Name == Text(claims, "iss")) is not { } issuer)
            return TokenCheck.Refused(TokenFault.Issuer);
        // Before the key is looked for: a token that is for another, or over, makes nobody ask the issuer.
        if (!ClaimRules.IsFor(claims, audiences))
            return TokenCheck.Refused(TokenFault.Audience);
        if (!ClaimRules.IsInTime(claims, clock.GetUtcNow(), out var expires))
            return TokenCheck.Refused(TokenFault.Lifetime);
        var algorithm = Text(header, "alg")!;
        var keys = await issuer.FindAsync(Text(header, "kid"), algorithm, cancel);
        if (keys is null)
            return TokenCheck.Refused(TokenFault.IssuerAway);
        if (keys is not { Length: > 0 } found)
            return TokenCheck.Refused(TokenFault.Key);
        return await IsSignedAsync(token, algorithm, found)
            ? new TokenCheck(claims, issuer.Issuer.Name, expires, TokenFault.None)
            : TokenCheck.Refused(TokenFault.Signature);
    }

    private static TokenFault FaultOf(JsonElement header, JsonElement claims)
    {
        if (header.TryGetProperty("crit", out _) || header.TryGetProperty("b64", out _)
            || (header.TryGetProperty("kid", out _) && Text(header, "kid") is null))
            return TokenFault.Header;
        if (Text(header, "alg") is not { } algorithm || !Algorithms.Contains(algorithm))
            return TokenFault.Algorithm;
        return IsAccessToken(header, claims) ? TokenFault.None : TokenFault.Type;
    }

    /// <summary>Not an ID token, refresh token, assertion or logout token of the same issuer.</summary>
    private static bool IsAccessToken(JsonElement header, JsonElement claims)
    {
        if (header.TryGetProperty("typ", out _)
            && Text(header, "typ")?.ToLowerInvariant() is not ("jwt" or "at+jwt" or "application/at+jwt"))
            return false;
        // Some issuers say in the claims which of their tokens it is.
        if (claims.TryGetProperty("typ", out _) && Text(claims, "typ") is not "Bearer")
            return false;
        if (claims.TryGetProperty("token_use", out _) && Text(claims, "token_use") is not "access")
            return false;
        return !claims.TryGetProperty("events", out _) && !IdTokenClaims.Any(name => claims.TryGetProperty(name, out _));
    }

    /// <summary>By any of the keys; several share a name only while the issuer changes them.</summary>
    private async Task<bool> IsSignedAsync(string token, string algorithm, ImmutableArray<IssuerKey> keys)
    {
        foreach (var key in keys)
        {
            // Issuer, audience and times are checked above, by the server's own clock.
            var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
            {
                IssuerSigningKey = key.Key,
                ValidAlgorithms = [algorithm],
                RequireSignedTokens = true,
                TryAllIssuerSigningKeys = true,
                ValidateIssuer = false,
                ValidateAudience = false,
                ValidateLifetime = false,
                ValidateIssuerSigningKey = false,
            });
            if (result.IsValid)
                return true;
        }
        return false;
    }

    private static JsonElement? Read(string part)
    {
        try
        {
            // A name that is no text throws as none of the parser's own errors.
            using var json = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(part), Strict);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (Exception reason) when (reason is FormatException or JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) => ClaimText.Of(json, name);
}

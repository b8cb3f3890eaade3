using System.Text.Json;
using System.Text.Json.Nodes;

using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ajanvaraus.Fhir.DevelopmentIssuer;

/// <summary>Programs that show who they are by a signature: <c>private_key_jwt</c>.</summary>
/// <remarks>Source: http://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html ; RFC 7523.</remarks>
/// <param name="clients">JWK set of each client.</param>
/// <param name="spent">Assertions are used once, by all processes together.</param>
internal sealed class ClientAssertions(
    IReadOnlyDictionary<string, string> clients, string tokenUrl, SpentNames spent, TimeProvider clock)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>An assertion lives no longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <returns>The client; null when the assertion is not good.</returns>
    public async Task<string?> FindAsync(string assertion)
    {
        if (ClaimsOf(assertion) is not { } claims || Text(claims, "sub") is not { } client || Text(claims, "iss") != client
            || !clients.TryGetValue(client, out var keys) || Text(claims, "aud") != tokenUrl
            || Text(claims, "jti") is not { Length: > 0 } id)
            return null;
        var now = clock.GetUtcNow();
        if (claims["exp"] is not JsonValue end || !end.TryGetValue<long>(out var seconds)
            || seconds <= now.ToUnixTimeSeconds() || seconds > (now + Longest + Skew).ToUnixTimeSeconds())
            return null;
        var result = await _handler.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            IssuerSigningKeys = new JsonWebKeySet(keys).GetSigningKeys(),
            ValidAlgorithms = ["RS384", "ES384"],
            TryAllIssuerSigningKeys = false,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        // After the signature: nobody else can spend a client's names.
        return result.IsValid && spent.TrySpend($"{client}\n{id}", DateTimeOffset.FromUnixTimeSeconds(seconds) + Skew) ? client : null;
    }

    private static JsonObject? ClaimsOf(string assertion)
    {
        try
        {
            return assertion.Split('.') is [_, var claims, _]
                ? JsonNode.Parse(Base64UrlEncoder.DecodeBytes(claims), documentOptions: Strict) as JsonObject
                : null;
        }
        catch (Exception reason) when (reason is FormatException or JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Null also for an escape that names half a character.</summary>
    private static string? Text(JsonObject claims, string name)
    {
        try
        {
            return claims[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

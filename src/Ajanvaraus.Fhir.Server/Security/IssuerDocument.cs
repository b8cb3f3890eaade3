using System.Text.Json;

using Microsoft.IdentityModel.Tokens;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>What an issuer publishes of itself.</summary>
/// <remarks>Source: OpenID Connect Discovery 1.0, 3; RFC 8414.</remarks>
/// <param name="KeysUrl"><c>jwks_uri</c>.</param>
public sealed record IssuerDocument(
    string KeysUrl, string? AuthorizationUrl, string? TokenUrl, string? IntrospectionUrl)
{
    /// <summary>Null when it names another issuer, or an address that is not safe to ask.</summary>
    public static IssuerDocument? Read(JsonElement json, string issuer)
    {
        if (Text(json, "issuer") != issuer || Text(json, "jwks_uri") is not { } keys || !TokenOptions.IsSafe(keys))
            return null;
        return new IssuerDocument(
            keys, Safe(json, "authorization_endpoint"), Safe(json, "token_endpoint"), Safe(json, "introspection_endpoint"));
    }

    private static string? Safe(JsonElement json, string name) =>
        Text(json, name) is { } url && TokenOptions.IsSafe(url) ? url : null;

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object ? ClaimText.Of(json, name) : null;
}

/// <summary>A public key of an issuer, and the algorithms that it may be used with.</summary>
/// <param name="Id"><c>kid</c>; null when the issuer names none.</param>
public sealed record IssuerKey(string? Id, JsonWebKey Key, ImmutableArray<string> Algorithms)
{
    private const int LeastRsaBits = 2048;

    /// <summary>The keys of a JWK set that signatures can be checked with; others are passed over.</summary>
    /// <remarks>RSA of 2048 bits or more, and the curves P-256 and P-384. A key that says what it is for (<c>use</c>,
    /// <c>alg</c>) is used for nothing else; keys that are no public ones are no keys here.</remarks>
    /// <exception cref="ArgumentException">It is no JWK set.</exception>
    public static ImmutableArray<IssuerKey> ReadAll(string set) =>
        [.. new JsonWebKeySet(set).Keys.Select(Of).OfType<IssuerKey>()];

    private static IssuerKey? Of(JsonWebKey key)
    {
        if (key.Use is { Length: > 0 } use && use != "sig")
            return null;
        ImmutableArray<string> algorithms = (key.Kty, key.Crv) switch
        {
            ("RSA", _) when key.KeySize >= LeastRsaBits => ["RS256", "RS384", "PS256", "PS384"],
            ("EC", "P-256") => ["ES256"],
            ("EC", "P-384") => ["ES384"],
            _ => [],
        };
        if (key.Alg is { Length: > 0 } only)
            algorithms = algorithms.Contains(only) ? [only] : [];
        return algorithms.IsEmpty ? null : new IssuerKey(key.Kid, key, algorithms);
    }
}

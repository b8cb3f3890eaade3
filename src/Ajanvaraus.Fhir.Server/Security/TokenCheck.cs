using System.Text.Json;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Why a token is not taken. Callers are told no more than that; the log has the word.</summary>
public enum TokenFault
{
    None, Malformed, Header, Algorithm, Type, Issuer, Key, Signature, Audience, Lifetime, Claims, Inactive,
    /// <summary>Whether it is good cannot be said now.</summary>
    IssuerAway,
}

/// <summary>The claims of a checked token, or why it is not taken.</summary>
/// <param name="Claims">A JSON object; null when refused.</param>
public readonly record struct TokenCheck(JsonElement? Claims, string Issuer, DateTimeOffset Expires, TokenFault Fault)
{
    public static TokenCheck Refused(TokenFault fault) => new(null, "", default, fault);
}

/// <summary>Rules about claims that hold for signed and for introspected tokens alike.</summary>
internal static class ClaimRules
{
    /// <summary>By how much the clocks of issuer and server may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private const long LastSecond = 253_402_300_799;

    /// <summary>Whether the times of a token stand around now; the end must be told.</summary>
    /// <remarks>Source: RFC 7519, 4.1.4 and 4.1.5: it is not taken at or after its end, here with the skew added.</remarks>
    public static bool IsInTime(JsonElement claims, DateTimeOffset now, out DateTimeOffset expires)
    {
        expires = default;
        if (!TryTime(claims, "exp", out var end) || end is not { } ends)
            return false;
        expires = ends;
        if (!TryTime(claims, "nbf", out var begin) || !TryTime(claims, "iat", out var issued))
            return false;
        return now - Skew < ends && (begin is null || begin <= now + Skew) && (issued is null || issued <= now + Skew);
    }

    /// <summary>Whether <c>aud</c>, one text or several, names one of these.</summary>
    public static bool IsFor(JsonElement claims, ImmutableArray<string> audiences)
    {
        if (!claims.TryGetProperty("aud", out var aud))
            return false;
        return aud.ValueKind switch
        {
            JsonValueKind.String => IsOne(aud),
            JsonValueKind.Array => aud.EnumerateArray().Any(IsOne),
            _ => false,
        };

        bool IsOne(JsonElement item) => ClaimText.Of(item) is { } name && audiences.Contains(name);
    }

    /// <summary>False for a claim that is there and is no time.</summary>
    private static bool TryTime(JsonElement claims, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!claims.TryGetProperty(name, out var value))
            return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds)
            || seconds is not (>= 0 and <= LastSecond))
            return false;
        time = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(Math.Floor(seconds));
        return true;
    }
}

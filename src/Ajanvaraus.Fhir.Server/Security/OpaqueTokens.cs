using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Checks opaque access tokens by asking their issuer.</summary>
/// <remarks>
/// <para>An answer must be active and tell <c>exp</c>; <c>iss</c> and <c>aud</c> need not be told, but may tell nothing
/// else than this issuer and this server. The issuers that have a client for it are asked in their order.</para>
/// <para>Source: RFC 7662; SMART App Launch 2.2, token introspection.</para>
/// </remarks>
internal sealed class OpaqueTokens(
    ImmutableArray<IssuerKeys> issuers, ImmutableArray<string> audiences, HttpClient http, TimeProvider clock)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly ImmutableArray<IssuerKeys> _asked = issuers.RemoveAll(i => i.Issuer.IntrospectionClient is null);

    public async Task<TokenCheck> CheckAsync(string token, CancellationToken cancel)
    {
        var fault = TokenFault.Inactive;
        foreach (var issuer in _asked)
        {
            var check = await AskAsync(issuer, token, cancel);
            if (check.Fault == TokenFault.None)
                return check;
            if (check.Fault != TokenFault.Inactive)
                fault = check.Fault;
        }
        return TokenCheck.Refused(fault);
    }

    private async Task<TokenCheck> AskAsync(IssuerKeys issuer, string token, CancellationToken cancel)
    {
        if (await issuer.DocumentAsync(cancel) is not { IntrospectionUrl: { } url })
            return TokenCheck.Refused(TokenFault.IssuerAway);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url)
            {
                Content = new FormUrlEncodedContent([new("token", token), new("token_type_hint", "access_token")]),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Credentials(issuer.Issuer));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await http.SendAsync(request, cancel);
            if (!response.IsSuccessStatusCode)
                return TokenCheck.Refused(TokenFault.IssuerAway);
            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancel), Strict);
            return Judge(json.RootElement.Clone(), issuer.Issuer.Name);
        }
        catch (Exception reason) when (IssuerKeys.IsAway(reason) && !cancel.IsCancellationRequested)
        {
            return TokenCheck.Refused(TokenFault.IssuerAway);
        }
    }

    private TokenCheck Judge(JsonElement answer, string issuer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("active", out var active)
            || active.ValueKind != JsonValueKind.True)
            return TokenCheck.Refused(TokenFault.Inactive);
        if (answer.TryGetProperty("iss", out var iss) && ClaimText.Of(iss) != issuer)
            return TokenCheck.Refused(TokenFault.Issuer);
        if (answer.TryGetProperty("aud", out _) && !ClaimRules.IsFor(answer, audiences))
            return TokenCheck.Refused(TokenFault.Audience);
        if (answer.TryGetProperty("token_type", out var type)
            && !string.Equals(ClaimText.Of(type), "Bearer", StringComparison.OrdinalIgnoreCase))
            return TokenCheck.Refused(TokenFault.Type);
        return ClaimRules.IsInTime(answer, clock.GetUtcNow(), out var expires)
            ? new TokenCheck(answer, issuer, expires, TokenFault.None)
            : TokenCheck.Refused(TokenFault.Lifetime);
    }

    /// <summary>Source: RFC 6749, 2.3.1: name and secret are form-encoded before they are joined.</summary>
    private static string Credentials(IssuerOptions issuer) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        $"{Uri.EscapeDataString(issuer.IntrospectionClient!)}:{Uri.EscapeDataString(issuer.IntrospectionSecret)}"));
}

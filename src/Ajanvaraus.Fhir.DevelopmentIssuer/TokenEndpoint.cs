using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.DevelopmentIssuer;

/// <summary>The token endpoint: codes of logins, and programs with a key.</summary>
internal static class TokenEndpoint
{
    public static async Task<IResult> AnswerAsync(
        IFormCollection form, TokenMint mint, LoginCodes codes, ClientAssertions assertions) =>
        form["grant_type"].ToString() switch
        {
            "authorization_code" => ForCode(form, mint, codes),
            "client_credentials" => await ForClientAsync(form, mint, assertions),
            _ => Refused("unsupported_grant_type"),
        };

    private static IResult ForCode(IFormCollection form, TokenMint mint, LoginCodes codes)
    {
        var client = form["client_id"].ToString();
        if (codes.Take(form["code"].ToString(), client, form["redirect_uri"].ToString(), form["code_verifier"].ToString())
            is not { } login)
            return Refused("invalid_grant");
        var scope = login.Scope.Length > 0 ? login.Scope : login.Role.Scope;
        var answer = Answer(mint.AccessToken(login.Role, login.Person, client, scope), scope);
        if (scope.Split(' ').Contains("openid"))
            answer["id_token"] = mint.IdToken(login.Role, login.Person, client, login.Nonce);
        var claims = login.Role.Claims(login.Person);
        foreach (var name in (string[])["patient", "fhirContext"])
            if (claims[name] is { } told)
                answer[name] = told.DeepClone();
        return Told(answer);
    }

    private static async Task<IResult> ForClientAsync(IFormCollection form, TokenMint mint, ClientAssertions assertions)
    {
        if (form["client_assertion_type"].ToString() != ClientAssertions.Type
            || await assertions.FindAsync(form["client_assertion"].ToString()) is not { } client)
            return Refused("invalid_client");
        var scope = string.Join(
            ' ', form["scope"].ToString().Split(' ').Where(s => s.StartsWith("system/", StringComparison.Ordinal)));
        return scope.Length > 0 ? Told(Answer(mint.ClientToken(client, scope), scope)) : Refused("invalid_scope");
    }

    private static JsonObject Answer(string token, string scope) => new()
    {
        ["access_token"] = token, ["token_type"] = "Bearer", ["expires_in"] = (int)TokenMint.Lifetime.TotalSeconds, ["scope"] = scope,
    };

    private static IResult Told(JsonObject answer) => new Unstored(IssuerApplication.Json(answer));

    private static IResult Refused(string error) =>
        IssuerApplication.Json(new JsonObject { ["error"] = error }, StatusCodes.Status400BadRequest);

    /// <summary>Tokens are kept by nobody on the way: RFC 6749, 5.1.</summary>
    private sealed class Unstored(IResult result) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            return result.ExecuteAsync(httpContext);
        }
    }
}

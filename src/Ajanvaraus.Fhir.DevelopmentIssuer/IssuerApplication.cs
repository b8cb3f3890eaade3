using System.Net.Mime;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.DevelopmentIssuer;

/// <summary>How a development issuer is started.</summary>
/// <param name="Url">Where it listens, on loopback; that is its name, too.</param>
/// <param name="Audience">Base address of the FHIR server that its tokens are for.</param>
/// <param name="Folder">Where its key and its spent names are.</param>
internal sealed record IssuerSettings(string Url, string Audience, string Folder)
{
    public string KeyPath => Path.Combine(Folder, "development-issuer.pem");

    /// <summary>JWK set of each client of <c>client_credentials</c>.</summary>
    public IReadOnlyDictionary<string, string> Clients { get; init; } = new Dictionary<string, string>();

    /// <summary>Why it must not start like this; null when it may.</summary>
    public string? Refusal() =>
        Uri.TryCreate(Url, UriKind.Absolute, out var address) && address is { IsLoopback: true, Scheme: "http", PathAndQuery: "/" }
            ? null
            : $"The development issuer listens on loopback only, not on {Url}.";
}

/// <summary>An OpenID issuer for development and tests: it believes whoever asks.</summary>
internal static class IssuerApplication
{
    public static WebApplication Build(IssuerSettings settings, TimeProvider clock)
    {
        if (settings.Refusal() is { } refusal)
            throw new InvalidOperationException(refusal);
        Directory.CreateDirectory(settings.Folder);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(settings.Url);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_ => SigningKey.Open(settings.KeyPath));
        var app = builder.Build();
        var mint = new TokenMint(settings.Url, settings.Audience, app.Services.GetRequiredService<SigningKey>(), clock);
        var codes = new LoginCodes(clock);
        var assertions = new ClientAssertions(
            settings.Clients, settings.Url + "/token", new SpentNames(Path.Combine(settings.Folder, "spent"), clock), clock);
        app.MapGet("/.well-known/openid-configuration", () => Json(Discovery(settings.Url)));
        app.MapGet("/keys", () => Json(new JsonObject { ["keys"] = new JsonArray(mint.Key.Public()) }));
        app.MapGet("/authorize", (HttpRequest request) => Authorization.Ask(request.Query, settings.Audience));
        app.MapPost("/authorize", async (HttpRequest request) =>
            Authorization.Answer(await request.ReadFormAsync(), codes, settings.Audience));
        app.MapPost("/token", async (HttpRequest request) =>
            await TokenEndpoint.AnswerAsync(await request.ReadFormAsync(), mint, codes, assertions));
        app.MapPost("/introspect", async (HttpRequest request) =>
            Json(Introspection(await request.ReadFormAsync(), mint.Key, clock)));
        return app;
    }

    public static IResult Json(JsonObject json, int status = StatusCodes.Status200OK) =>
        Results.Text(json.ToJsonString(), MediaTypeNames.Application.Json, statusCode: status);

    private static JsonObject Discovery(string url) => new()
    {
        ["issuer"] = url,
        ["jwks_uri"] = url + "/keys",
        ["authorization_endpoint"] = url + "/authorize",
        ["token_endpoint"] = url + "/token",
        ["introspection_endpoint"] = url + "/introspect",
        ["response_types_supported"] = new JsonArray("code"),
        ["grant_types_supported"] = new JsonArray("authorization_code", "client_credentials"),
        ["code_challenge_methods_supported"] = new JsonArray("S256"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("none", "private_key_jwt"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("ES384"),
    };

    private static JsonObject Introspection(IFormCollection form, SigningKey key, TimeProvider clock)
    {
        if (key.Read(form["token"].ToString()) is not { } claims || (long?)claims["exp"] <= clock.GetUtcNow().ToUnixTimeSeconds())
            return new JsonObject { ["active"] = false };
        claims["active"] = true;
        return claims;
    }
}

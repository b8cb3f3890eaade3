using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>An issuer that signs whatever a test wants, changes its keys, and goes away when told.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "https://fhir.test/fhir";

    /// <summary>Lets whoever is no citizen do with everything what their scopes say.</summary>
    public static readonly string PolicyOfScopesAlone = "version;test\n" + string.Join('\n',
        from workTask in (string[])["ohjaus", "program"]
        from type in (string[])["offer", "wording", "record", "equipment", "audit", "other", "Basic", "Patient", "RelatedPerson", "Appointment",
            "AppointmentResponse"]
        select $"{workTask};*;*;{type};cruds;any;set") + "\ncitizen;*;*;offer;rs;any;hide\ncitizen;*;*;Patient;rs;self;show\ncitizen;*;*;Appointment;crus;self;show";

    private readonly WebApplication _app;

    private TestIssuer(WebApplication app, TimeProvider clock)
    {
        _app = app;
        Clock = clock;
        Keys = [Rsa("rsa", "RS256"), Ec("ec", "ES384")];
    }

    public TimeProvider Clock { get; }

    /// <summary>Published; the first signs unless a test says otherwise.</summary>
    public List<TestKey> Keys { get; }

    /// <summary>Further entries of the key set, as they are.</summary>
    public List<JsonObject> OtherKeys { get; } = [];

    public bool IsAway { get; set; }

    /// <summary>How often the key set was fetched.</summary>
    public int Fetched { get; private set; }

    /// <summary>How often a token was introspected.</summary>
    public int Asked { get; private set; }

    /// <summary>What introspection says of a token; null: it is not active.</summary>
    public Func<string, JsonObject?> Introspect { get; set; } = _ => null;

    /// <summary>The issuer that discovery tells; null: its own name.</summary>
    public string? ToldName { get; set; }

    /// <summary>Where discovery says that the keys are; null: where they are.</summary>
    public string? KeysUrl { get; set; }

    public string Name => _app.Urls.Single();

    public static async Task<TestIssuer> StartAsync(TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var issuer = new TestIssuer(app, clock);
        app.Run(issuer.AnswerAsync);
        await app.StartAsync();
        return issuer;
    }

    public static TestKey Rsa(string id, string algorithm, int bits = 2048) => new(id, algorithm, RSA.Create(bits));

    public static TestKey Ec(string id, string algorithm) => new(id, algorithm, ECDsa.Create(
        algorithm == "ES256" ? ECCurve.NamedCurves.nistP256 : algorithm == "ES384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP521));

    /// <summary>Of a professional at work, good for five minutes.</summary>
    public JsonObject Claims(string scope = "user/*.cruds")
    {
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = Name, ["aud"] = Audience, ["sub"] = "worker-1", ["client_id"] = "desk", ["jti"] = "t1",
            ["iat"] = now, ["nbf"] = now, ["exp"] = now + 300, ["scope"] = scope,
            ["fhirUser"] = "Practitioner/1", ["work_task"] = "ohjaus",
            ["fhirContext"] = new JsonArray(new JsonObject { ["reference"] = "Organization/1" }),
        };
    }

    /// <summary>Of a citizen, surely identified, about themselves.</summary>
    public JsonObject Citizen(string scope = "patient/*.cruds")
    {
        var claims = Claims(scope);
        claims.Remove("work_task");
        claims.Remove("fhirContext");
        (claims["fhirUser"], claims["patient"], claims["acr"], claims["sub"]) = ("Patient/1", "1", "substantial", "citizen-1");
        return claims;
    }

    /// <summary>Of a program.</summary>
    public JsonObject Program(string scope = "system/*.cruds")
    {
        var claims = Claims(scope);
        foreach (var name in (string[])["fhirUser", "work_task", "fhirContext"])
            claims.Remove(name);
        return claims;
    }

    public string Sign(JsonObject claims, TestKey? key = null, Action<JsonObject>? header = null)
    {
        key ??= Keys[0];
        var head = new JsonObject { ["alg"] = key.Algorithm, ["typ"] = "at+jwt", ["kid"] = key.Id };
        header?.Invoke(head);
        return Sign(head.ToJsonString(), claims.ToJsonString(), key);
    }

    public static string Sign(string header, string claims, TestKey key)
    {
        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (IsAway)
        {
            context.Response.StatusCode = 503;
            return;
        }
        switch (context.Request.Path.Value)
        {
            case "/.well-known/openid-configuration":
                await TellAsync(context, new JsonObject
                {
                    ["issuer"] = ToldName ?? Name, ["jwks_uri"] = KeysUrl ?? Name + "/keys", ["introspection_endpoint"] = Name + "/introspect",
                    ["authorization_endpoint"] = Name + "/authorize", ["token_endpoint"] = Name + "/token",
                });
                break;
            case "/keys":
                Fetched++;
                await TellAsync(context, new JsonObject
                {
                    ["keys"] = new JsonArray([.. Keys.Select(k => (JsonNode)k.Public()), .. OtherKeys.Select(k => k.DeepClone())]),
                });
                break;
            case "/introspect":
                Asked++;
                var form = await context.Request.ReadFormAsync();
                var isKnown = context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String("fhir:secret"u8);
                await TellAsync(context, isKnown && Introspect(form["token"]!) is { } told ? told : new JsonObject { ["active"] = false });
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    private static Task TellAsync(HttpContext context, JsonObject json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.ToJsonString());
    }
}

/// <summary>A key of an issuer, or of one who would like to be one.</summary>
internal sealed record TestKey(string Id, string Algorithm, AsymmetricAlgorithm Key)
{
    private HashAlgorithmName Hash => new("SHA" + Algorithm[2..]);

    public byte[] Sign(byte[] text) => Key switch
    {
        RSA rsa => rsa.SignData(text, Hash, Algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1),
        _ => ((ECDsa)Key).SignData(text, Hash),
    };

    public JsonObject Public()
    {
        if (Key is RSA rsa)
        {
            var numbers = rsa.ExportParameters(false);
            return new JsonObject
            {
                ["kty"] = "RSA", ["kid"] = Id, ["use"] = "sig",
                ["n"] = Base64Url.EncodeToString(numbers.Modulus), ["e"] = Base64Url.EncodeToString(numbers.Exponent),
            };
        }
        var point = ((ECDsa)Key).ExportParameters(false);
        return new JsonObject
        {
            ["kty"] = "EC", ["kid"] = Id, ["crv"] = $"P-{(point.Q.X!.Length == 66 ? 521 : point.Q.X.Length * 8)}",
            ["x"] = Base64Url.EncodeToString(point.Q.X), ["y"] = Base64Url.EncodeToString(point.Q.Y),
        };
    }
}

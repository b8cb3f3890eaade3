using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>Tokens that nobody should have, each by its name; all ask for appointments.</summary>
internal static class Forgeries
{
    public static Dictionary<string, string> Of(TestIssuer issuer, TestKey enemy)
    {
        var all = new Dictionary<string, string>();
        AddAlgorithms(all, issuer, enemy);
        AddKeys(all, issuer, enemy);
        AddShapes(all, issuer);
        AddKinds(all, issuer);
        AddClaims(all, issuer);
        AddTimes(all, issuer);
        AddScopes(all, issuer);
        AddUnreadable(all, issuer);
        return all;
    }

    private static void AddAlgorithms(Dictionary<string, string> all, TestIssuer issuer, TestKey enemy)
    {
        var claims = issuer.Claims().ToJsonString();
        foreach (var none in (string[])["none", "None", "NONE", "nOnE"])
        {
            var text = $"{TestIssuer.Encode($$"""{"alg":"{{none}}"}""")}.{TestIssuer.Encode(claims)}.";
            all[$"alg {none} without signature"] = text;
            all[$"alg {none} with a signature"] = text + issuer.Sign(issuer.Claims()).Split('.')[2];
        }
        var modulus = ((RSA)issuer.Keys[0].Key).ExportParameters(false).Modulus!;
        var pem = Encoding.ASCII.GetBytes(issuer.Keys[0].Key.ExportSubjectPublicKeyInfoPem());
        foreach (var (algorithm, secret) in ((string, byte[])[])[("HS256", modulus), ("HS256", pem), ("HS384", pem), ("HS512", pem)])
        {
            var text = $"{TestIssuer.Encode($$"""{"alg":"{{algorithm}}","kid":"rsa"}""")}.{TestIssuer.Encode(claims)}";
            var mac = algorithm switch
            {
                "HS256" => HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text)),
                "HS384" => HMACSHA384.HashData(secret, Encoding.ASCII.GetBytes(text)),
                _ => HMACSHA512.HashData(secret, Encoding.ASCII.GetBytes(text)),
            };
            all[$"{algorithm} with the public key of {secret.Length} bytes as secret"] = $"{text}.{Base64Url.EncodeToString(mac)}";
        }
        foreach (var (name, alg) in ((string, JsonNode?)[])[
            ("alg missing", null), ("alg a number", 256), ("alg an array", new JsonArray("RS256")), ("alg empty", ""),
            ("alg in small letters", "rs256"), ("alg RS512", "RS512"), ("alg RS1", "RS1"), ("alg EdDSA", "EdDSA"),
            ("alg of the other key", "ES384"), ("alg PS256 over RS256", "PS256"), ("alg RS384 over RS256", "RS384")])
            all[name] = issuer.Sign(issuer.Claims(), header: head => head["alg"] = alg?.DeepClone());
        all["ES256 with a key of P-384"] = issuer.Sign(issuer.Claims(), new TestKey("ec", "ES256", issuer.Keys[1].Key));
        all["ES512"] = issuer.Sign(issuer.Claims(), TestIssuer.Ec("ec", "ES512"));
        all["signed by another"] = issuer.Sign(issuer.Claims(), enemy);
    }

    private static void AddKeys(Dictionary<string, string> all, TestIssuer issuer, TestKey enemy)
    {
        foreach (var (name, value) in ((string, JsonNode)[])[
            ("jwk", enemy.Public()), ("jku", "http://127.0.0.1:9/keys"), ("x5u", "http://127.0.0.1:9/cert"), ("x5c", new JsonArray("MIIB"))])
        {
            all[$"own key by {name}"] = issuer.Sign(issuer.Claims(), enemy, head => head[name] = value.DeepClone());
            all[$"own key by {name}, without kid"] = issuer.Sign(issuer.Claims(), enemy, head =>
            {
                head.Remove("kid");
                head[name] = value.DeepClone();
            });
        }
        foreach (var (name, kid) in ((string, JsonNode?)[])[
            ("kid unknown", "other"), ("kid a path", "../../../../dev/null"), ("kid a number", 1), ("kid of the other kind", "ec"),
            ("kid of the key for encryption", "enc"), ("kid of the short key", "short"), ("kid of the symmetric key", "oct")])
            all[name] = issuer.Sign(issuer.Claims(), header: head => head["kid"] = kid?.DeepClone());
        all["crit"] = issuer.Sign(issuer.Claims(), header: head => head["crit"] = new JsonArray("exp"));
        all["b64"] = issuer.Sign(issuer.Claims(), header: head => head["b64"] = false);
    }

    private static void AddShapes(Dictionary<string, string> all, TestIssuer issuer)
    {
        var good = issuer.Sign(issuer.Claims()).Split('.');
        var other = issuer.Claims();
        other["sub"] = "another";
        all["claims exchanged"] = $"{good[0]}.{TestIssuer.Encode(other.ToJsonString())}.{good[2]}";
        all["header exchanged"] = $"{TestIssuer.Encode("""{"alg":"RS256","typ":"JWT","kid":"rsa"}""")}.{good[1]}.{good[2]}";
        all["signature cut"] = $"{good[0]}.{good[1]}.{good[2][..^4]}";
        all["signature empty"] = $"{good[0]}.{good[1]}.";
        all["signature of zeros"] = issuer.Sign(issuer.Claims(), issuer.Keys[1])[..^128] + new string('A', 128);
        all["two parts"] = $"{good[0]}.{good[1]}";
        all["four parts"] = $"{good[0]}.{good[1]}.{good[2]}.{good[2]}";
        all["five parts"] = $"{good[0]}.{good[1]}.{good[2]}.{good[1]}.{good[2]}";
        all["only points"] = "..";
        all["opaque"] = "0123456789abcdef";
        foreach (var (name, header, claims) in ((string, string, string)[])[
            ("header no JSON", "alg", "{}"), ("header an array", "[]", issuer.Claims().ToJsonString()),
            ("claims an array", """{"alg":"RS256","kid":"rsa"}""", "[]"), ("claims empty", """{"alg":"RS256","kid":"rsa"}""", "{}"),
            ("header with alg twice", """{"alg":"none","alg":"RS256","kid":"rsa"}""", issuer.Claims().ToJsonString()),
            ("claims with aud twice", """{"alg":"RS256","kid":"rsa"}""", issuer.Claims().ToJsonString().Replace("{\"iss\"", "{\"aud\":\"https://else/fhir\",\"iss\"")),
            ("claims too deep", """{"alg":"RS256","kid":"rsa"}""", Deep(issuer.Claims()))])
            all[name] = TestIssuer.Sign(header, claims, issuer.Keys[0]);
    }

    private static string Deep(JsonObject claims) =>
        claims.ToJsonString()[..^1] + ",\"x\":" + string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40)) + "}";

    private static void AddKinds(Dictionary<string, string> all, TestIssuer issuer)
    {
        foreach (var typ in (string[])["id_token+jwt", "logout+jwt", "dpop+jwt", "client-authentication+jwt", "JOSE", "secevent+jwt", ""])
            all[$"typ {typ}"] = issuer.Sign(issuer.Claims(), header: head => head["typ"] = typ);
        all["typ a number"] = issuer.Sign(issuer.Claims(), header: head => head["typ"] = 1);
        foreach (var (name, value) in ((string, JsonNode)[])[
            ("typ", "ID"), ("typ", "Refresh"), ("token_use", "id"), ("nonce", "n"), ("at_hash", "h"), ("c_hash", "h"), ("events", new JsonObject())])
            all[$"claim {name} {value}"] = With(issuer, claims => claims[name] = value.DeepClone());
    }

    private static void AddClaims(Dictionary<string, string> all, TestIssuer issuer)
    {
        foreach (var (name, iss) in ((string, JsonNode?)[])[
            ("missing", null), ("another", "https://issuer.example"), ("with a slash", issuer.Name + "/"), ("longer", issuer.Name + ".evil"),
            ("in capitals", issuer.Name.ToUpperInvariant()), ("in an array", new JsonArray(issuer.Name)), ("localhost", issuer.Name.Replace("127.0.0.1", "localhost"))])
            all[$"iss {name}"] = With(issuer, claims => claims["iss"] = iss?.DeepClone());
        foreach (var (name, aud) in ((string, JsonNode?)[])[
            ("null", null), ("another", "https://other.test/fhir"), ("with a slash", TestIssuer.Audience + "/"), ("longer", TestIssuer.Audience + "2"),
            ("shorter", "https://fhir.test"), ("empty", new JsonArray()), ("numbers", new JsonArray(1)), ("the client", "desk"),
            ("an object", new JsonObject { ["a"] = TestIssuer.Audience })])
            all[$"aud {name}"] = With(issuer, claims => claims["aud"] = aud?.DeepClone());
        all["aud missing"] = With(issuer, claims => claims.Remove("aud"));
        all["nobody"] = With(issuer, claims =>
        {
            claims.Remove("sub");
            claims.Remove("client_id");
        });
        foreach (var (name, value) in ((string, JsonNode)[])[
            ("act", "someone"), ("act", new JsonObject()), ("act", new JsonObject { ["sub"] = 1 }), ("principal", new JsonArray("Patient/2")),
            ("principal", "https://else.example/fhir/Patient/2"), ("principal", "Practitioner/1"), ("patient", 7), ("patient", "../Patient/1"),
            ("patient", "Practitioner/1"), ("patient", "")])
            all[$"claim {name} {value.ToJsonString()}"] = With(issuer, claims => claims[name] = value.DeepClone());
    }

    private static void AddTimes(Dictionary<string, string> all, TestIssuer issuer)
    {
        var now = issuer.Clock.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (name, value) in ((string, JsonNode?)[])[
            ("exp", now - 60), ("exp", now - 86400), ("exp", $"{now + 300}"), ("exp", -1), ("exp", 1e300), ("exp", null), ("exp", true),
            ("nbf", now + 61), ("nbf", $"{now}"), ("iat", now + 61), ("iat", new JsonArray())])
            all[$"{name} {(value is null ? "null" : value.ToJsonString())}"] = With(issuer, claims => claims[name] = value?.DeepClone());
        all["exp missing"] = With(issuer, claims => claims.Remove("exp"));
    }

    private static void AddScopes(Dictionary<string, string> all, TestIssuer issuer)
    {
        foreach (var scope in (string[])[
            "", "openid fhirUser", "user/Appointment.r", "user/Slot.cruds", "user/Appointment.sr", "user/appointment.rs",
            "patient/*.rs", "system/*.cruds", "admin", "*", "user/**.rs", "user/Patient.read"])
            all[$"scope '{scope}'"] = issuer.Sign(issuer.Claims(scope));
        all["scope a number"] = With(issuer, claims => claims["scope"] = 1);
        all["user/ without fhirUser"] = With(issuer, claims => claims.Remove("fhirUser"));
        all["fhirUser elsewhere"] = With(issuer, claims => claims["fhirUser"] = "https://else.example/fhir/Practitioner/1");
        all["fhirUser a Device"] = With(issuer, claims => claims["fhirUser"] = "Device/1");
        all["professional without unit"] = With(issuer, claims => claims.Remove("fhirContext"));
        all["professional with a unit elsewhere"] = With(issuer, claims => claims["fhirContext"] =
            new JsonArray(new JsonObject { ["reference"] = "https://else.example/fhir/Organization/1" }));
        all["professional without work task"] = With(issuer, claims => claims.Remove("work_task"));
        foreach (var (name, change) in ((string, Action<JsonObject>)[])[
            ("without patient", c => c.Remove("patient")), ("for another whom the token does not name", c => c["patient"] = "2"),
            ("for another than the principal", c => c["principal"] = "Patient/2"), ("without assurance", c => c.Remove("acr")),
            ("with low assurance", c => c["acr"] = "low"), ("with assurance in capitals", c => c["acr"] = "SUBSTANTIAL"),
            ("with system/ scopes", c => c["scope"] = "system/*.cruds")])
        {
            var claims = issuer.Citizen();
            change(claims);
            all[$"citizen {name}"] = issuer.Sign(claims);
        }
    }

    /// <summary>Escapes that name half a character, and bytes that are no UTF-8.</summary>
    private static void AddUnreadable(Dictionary<string, string> all, TestIssuer issuer)
    {
        const string half = "\"\\ud800\"";
        const string header = """{"alg":"RS256","kid":"rsa"}""";
        var claims = issuer.Claims().ToJsonString();
        foreach (var (name, head) in ((string, string)[])[
            ("alg", $$"""{"alg":{{half}},"kid":"rsa"}"""), ("kid", """{"alg":"RS256","kid":"\udc00"}"""),
            ("typ", $$"""{"alg":"RS256","kid":"rsa","typ":{{half}}}"""), ("name", $$"""{"alg":"RS256","kid":"rsa",{{half}}:1}""")])
            all[$"half a character in {name} of the header"] = TestIssuer.Sign(head, claims, issuer.Keys[0]);
        foreach (var name in (string[])["iss", "aud", "typ", "token_use", "scope", "patient", "principal", "act"])
            all[$"half a character in {name}"] = TestIssuer.Sign(header, Replaced(issuer, name, half), issuer.Keys[0]);
        all["half a character in an item of aud"] = TestIssuer.Sign(header, Replaced(issuer, "aud", $"[{half}]"), issuer.Keys[0]);
        all["half a character in who acts"] = TestIssuer.Sign(header, Replaced(issuer, "act", $$"""{"sub":{{half}}}"""), issuer.Keys[0]);
        all["half a character in a name"] = TestIssuer.Sign(header, claims[..^1] + $",{half}:1}}", issuer.Keys[0]);
        byte[] bytes = [.. "{\"alg\":\"RS"u8, 0xFF, .. "\"}"u8];
        all["a byte of no character in alg"] = $"{Base64Url.EncodeToString(bytes)}.{TestIssuer.Encode(claims)}.AA";
        all["the last second of the calendar, unsigned"] =
            $"{TestIssuer.Encode(header)}.{TestIssuer.Encode(Replaced(issuer, "exp", "253402300799"))}.AA";
    }

    private static string Replaced(TestIssuer issuer, string name, string json)
    {
        var claims = issuer.Claims();
        claims.Remove(name);
        return claims.ToJsonString()[..^1] + $",\"{name}\":{json}}}";
    }

    private static string With(TestIssuer issuer, Action<JsonObject> change)
    {
        var claims = issuer.Claims();
        change(claims);
        return issuer.Sign(claims);
    }

    /// <summary>Good tokens, sent in ways that do not count.</summary>
    public static IEnumerable<(string Name, Action<HttpRequestMessage> Send)> Transports(string good) =>
    [
        ("no header", _ => { }),
        ("in the address", r => r.RequestUri = new Uri($"{r.RequestUri}?access_token={good}", UriKind.Relative)),
        ("another scheme", r => r.Headers.Authorization = new AuthenticationHeaderValue("Basic", good)),
        ("twice", r => r.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {good}", $"Bearer {good}"])),
        ("empty", r => r.Headers.TryAddWithoutValidation("Authorization", "Bearer ")),
        ("two in one", r => r.Headers.TryAddWithoutValidation("Authorization", $"Bearer {good} {good}")),
        ("with a quote", r => r.Headers.TryAddWithoutValidation("Authorization", $"Bearer \"{good}\"")),
        ("too long", r => r.Headers.TryAddWithoutValidation("Authorization", "Bearer " + new string('a', 20_000))),
        ("without scheme", r => r.Headers.TryAddWithoutValidation("Authorization", good)),
    ];
}

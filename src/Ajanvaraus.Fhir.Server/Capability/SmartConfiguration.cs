using System.Text.Json;

using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Capability;

/// <summary>Tells clients where tokens are given: <c>[base]/.well-known/smart-configuration</c>, without token.</summary>
/// <remarks>The addresses are those that the first issuer publishes. Source:
/// http://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html .</remarks>
internal static class SmartConfiguration
{
    public const string Path = FhirEndpoint.BasePath + "/.well-known/smart-configuration";

    private static readonly ImmutableArray<string> Capabilities =
    [
        "launch-standalone", "client-public", "context-standalone-patient",
        "permission-patient", "permission-user", "permission-v1", "permission-v2",
    ];

    private static readonly ImmutableArray<string> ScopesSupported =
    [
        "openid", "fhirUser", "launch/patient", "offline_access", "patient/*.cruds", "user/*.cruds", "system/*.cruds",
    ];

    public static async Task AnswerAsync(HttpContext context, Authentication authentication)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        if (await authentication.FirstIssuerAsync(context.RequestAborted) is not var (issuer, document))
        {
            using var away = FhirResponse.Of(
                TokenProblems.IssuerAway, AcceptLanguage.Choose(context.Request.Headers.AcceptLanguage));
            await ResponseSender.SendAsync(context, away, new Presentation(FhirFormat.Json, false), baseUrl: "");
            return;
        }
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("issuer", issuer);
        json.WriteString("jwks_uri", document.KeysUrl);
        foreach (var (name, url) in ((string, string?)[])[
            ("authorization_endpoint", document.AuthorizationUrl), ("token_endpoint", document.TokenUrl),
            ("introspection_endpoint", document.IntrospectionUrl)])
            if (url is not null)
                json.WriteString(name, url);
        Write(json, "grant_types_supported", ["authorization_code", "client_credentials"]);
        Write(json, "response_types_supported", ["code"]);
        Write(json, "code_challenge_methods_supported", ["S256"]);
        Write(json, "scopes_supported", ScopesSupported);
        Write(json, "capabilities", Capabilities);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}

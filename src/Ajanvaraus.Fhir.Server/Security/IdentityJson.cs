using System.Globalization;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>An identity as it is kept with work that goes on after its request, in this process or another.</summary>
public static class IdentityJson
{
    public static JsonObject Write(Identity identity) => new()
    {
        ["kind"] = identity.Kind.ToString(),
        ["issuer"] = identity.Issuer,
        ["subject"] = identity.Subject,
        ["client"] = identity.ClientId,
        ["token"] = identity.TokenId,
        ["fhirUser"] = identity.FhirUser,
        ["patient"] = identity.Patient,
        ["onBehalfOf"] = identity.OnBehalfOf,
        ["units"] = Array(identity.Units),
        ["workTask"] = identity.WorkTask,
        ["serviceTasks"] = Array(identity.ServiceTasks),
        ["specialReason"] = identity.SpecialReason,
        ["purposesOfUse"] = Array(identity.PurposesOfUse),
        ["assurance"] = identity.Assurance,
        ["scopes"] = string.Join(' ', identity.Scopes.Select(scope => scope.Text)),
        ["expires"] = identity.Expires.ToString("O", CultureInfo.InvariantCulture),
    };

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">Null for work that was begun without: nobody asked for it.</param>
    /// <param name="rules">How scopes are read, and the policy as it is now.</param>
    public static Identity Read(JsonObject? json, AccessRules rules)
    {
        if (json is null)
            return Identity.Nobody;
        var kind = Enum.Parse<CallerKind>((string)json["kind"]!);
        if (kind is CallerKind.Open or CallerKind.Server)
            return kind == CallerKind.Open ? Identity.Open : Identity.Server;
        return new Identity
        {
            Kind = kind,
            Issuer = (string)json["issuer"]!,
            Subject = (string)json["subject"]!,
            ClientId = (string)json["client"]!,
            TokenId = (string?)json["token"],
            FhirUser = (string?)json["fhirUser"],
            Patient = (string?)json["patient"],
            OnBehalfOf = (string?)json["onBehalfOf"],
            Units = Texts(json["units"]),
            WorkTask = (string?)json["workTask"],
            ServiceTasks = Texts(json["serviceTasks"]),
            SpecialReason = (string?)json["specialReason"],
            PurposesOfUse = Texts(json["purposesOfUse"]),
            Assurance = (string?)json["assurance"],
            Scopes = rules.Scopes.ParseAll((string)json["scopes"]!),
            Expires = DateTimeOffset.Parse((string)json["expires"]!, CultureInfo.InvariantCulture),
        }.WithPrincipal().Under(rules.Policy);
    }

    private static JsonArray Array(ImmutableArray<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    private static ImmutableArray<string> Texts(JsonNode? array) =>
        array is JsonArray items ? [.. items.Select(item => (string)item!)] : [];
}

using System.Text.Json;

using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Reads an identity from the claims of a checked token.</summary>
/// <remarks>
/// <para>A claim that is missing or has another shape means less right. Claims that say for whom the caller acts
/// (<c>act</c>, <c>principal</c>) are never passed over: when they cannot be read, nothing of the token counts.</para>
/// <para>Scopes count where their context is known: <c>patient/</c> with a client that the caller is or acts for outright,
/// <c>user/</c> with <c>fhirUser</c>, <c>system/</c> without any person.</para>
/// <para>Source: SMART App Launch 2.2, launch context; RFC 8693, 4.1 (<c>act</c>); ADR 0025.</para>
/// </remarks>
/// <param name="ownBaseUrls">References below these are references to this server.</param>
internal sealed class IdentityReader(ImmutableArray<string> ownBaseUrls)
{
    private const int LongestName = 500;
    private const int MostItems = 100;

    private static readonly ImmutableArray<string> People =
        ["Patient", "RelatedPerson", "Person", "Practitioner", "PractitionerRole"];

    private static readonly ImmutableArray<string> UnitTypes = ["Organization", "Location", "HealthcareService"];

    /// <returns>Null when the claims do not say who calls.</returns>
    public Identity? Read(TokenCheck token, AccessRules rules)
    {
        if (token.Claims is not { } claims || !TryActor(claims, out var actor) || !TryPrincipal(claims, out var principal)
            || !TryPatient(claims, out var patient))
            return null;
        var client = Text(claims, "client_id") ?? Text(claims, "azp") ?? "";
        var subject = Text(claims, "sub") ?? client;
        if (subject.Length == 0)
            return null;
        var user = actor is { } by ? Person(Text(by, "fhirUser")) : Person(Text(claims, "fhirUser"));
        var isPerson = user is not null || patient is not null || actor is not null || principal is not null;
        var identity = new Identity
        {
            Kind = KindOf(user, isPerson),
            Issuer = token.Issuer,
            Subject = actor is { } who ? Text(who, "sub")! : subject,
            ClientId = client,
            TokenId = Text(claims, "jti"),
            FhirUser = user,
            Patient = patient,
            OnBehalfOf = principal ?? (actor is not null ? patient ?? subject : null),
            Units = Units(claims),
            WorkTask = Text(claims, "work_task"),
            ServiceTasks = Texts(claims, "service_tasks"),
            SpecialReason = Text(claims, "special_reason"),
            PurposesOfUse = Texts(claims, "purpose_of_use"),
            Assurance = Text(claims, "acr"),
            Expires = token.Expires,
        };
        return (identity with { Scopes = Counting(identity, isPerson, rules.Scopes.ParseAll(ScopesOf(claims))) })
            .WithPrincipal().Under(rules.Policy);
    }

    private static CallerKind KindOf(string? user, bool isPerson) => user?.Split('/')[0] switch
    {
        "Practitioner" or "PractitionerRole" => CallerKind.Staff,
        null when !isPerson => CallerKind.System,
        _ => CallerKind.Citizen,
    };

    private static ImmutableArray<SmartScope> Counting(Identity identity, bool isPerson, ImmutableArray<SmartScope> scopes) =>
        scopes.RemoveAll(scope => !(scope.Context switch
        {
            ScopeContext.Patient => identity.Patient is not null && IsInContext(identity),
            ScopeContext.User => identity.FhirUser is not null,
            _ => !isPerson,
        }));

    /// <summary>A citizen reaches the client that they are, or whom the token says outright that they act for.</summary>
    private static bool IsInContext(Identity identity) => identity switch
    {
        { OnBehalfOf: { } other } => other == identity.Patient || identity.Kind == CallerKind.Staff,
        { FhirUser: { } user, Kind: CallerKind.Citizen } => user == identity.Patient,
        _ => true,
    };

    /// <summary><c>act</c>: who acts in the place of <c>sub</c>.</summary>
    private static bool TryActor(JsonElement claims, out JsonElement? actor)
    {
        actor = null;
        if (!claims.TryGetProperty("act", out var act))
            return true;
        actor = act;
        return act.ValueKind == JsonValueKind.Object && Text(act, "sub") is { Length: > 0 };
    }

    private bool TryPrincipal(JsonElement claims, out string? principal)
    {
        principal = null;
        if (!claims.TryGetProperty("principal", out _))
            return true;
        principal = Reference(Text(claims, "principal"), ["Patient"]);
        return principal is not null;
    }

    /// <summary><c>patient</c>: an id, or a reference.</summary>
    private bool TryPatient(JsonElement claims, out string? patient)
    {
        patient = null;
        if (!claims.TryGetProperty("patient", out _))
            return true;
        var text = Text(claims, "patient");
        patient = text?.Contains('/', StringComparison.Ordinal) == false ? $"Patient/{text}" : text;
        patient = Reference(patient, ["Patient"]);
        return patient is not null;
    }

    private string? Person(string? reference) => Reference(reference, People);

    private ImmutableArray<string> Units(JsonElement claims)
    {
        if (!claims.TryGetProperty("fhirContext", out var context) || context.ValueKind != JsonValueKind.Array)
            return [];
        return
        [
            .. context.EnumerateArray().Take(MostItems)
                .Select(item => item.ValueKind == JsonValueKind.Object ? Reference(Text(item, "reference"), UnitTypes) : null)
                .OfType<string>().Distinct(),
        ];
    }

    /// <summary>Relative, to a resource of this server of one of the types; else null.</summary>
    private string? Reference(string? text, ImmutableArray<string> types)
    {
        foreach (var own in ownBaseUrls)
            if (text?.StartsWith(own + "/", StringComparison.Ordinal) == true)
                text = text[(own.Length + 1)..];
        return LocalReference.Parse(text) is { } reference && types.Contains(reference.Type) && reference.ToString() == text
            ? text
            : null;
    }

    private static string ScopesOf(JsonElement claims) =>
        string.Join(' ', Texts(claims, claims.TryGetProperty("scope", out _) ? "scope" : "scp"));

    /// <summary>Several texts: an array, or one text with spaces between them.</summary>
    private static ImmutableArray<string> Texts(JsonElement claims, string name) =>
        !claims.TryGetProperty(name, out var value) ? [] : value.ValueKind switch
        {
            JsonValueKind.String => [.. (ClaimText.Of(value) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostItems)],
            JsonValueKind.Array =>
            [
                .. value.EnumerateArray().Take(MostItems).Select(ClaimText.Of).OfType<string>(),
            ],
            _ => [],
        };

    private static string? Text(JsonElement claims, string name) =>
        ClaimText.Of(claims, name) is { Length: > 0 and <= LongestName } text ? text : null;
}

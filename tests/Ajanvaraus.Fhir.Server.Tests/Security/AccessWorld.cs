using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Representation;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>A server with tokens over a small county: two units, two service tasks, four clients of whom one is not to be found.</summary>
internal sealed class AccessWorld : IAsyncDisposable
{
    private const string Tasks = "https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava";

    private readonly TestIssuer _issuer;

    private AccessWorld(TestIssuer issuer, FhirServer server) => (_issuer, Server) = (issuer, server);

    public FhirServer Server { get; }

    /// <summary>A program that carries all data.</summary>
    public string Loader => Program("integraatio");

    /// <param name="workTask">Null: the token tells none.</param>
    public string Program(string? workTask) => Token("system/*.cruds", claims =>
    {
        claims.Remove("fhirUser");
        claims.Remove("fhirContext");
        claims.Remove("work_task");
        if (workTask is not null)
            claims["work_task"] = workTask;
    });

    /// <param name="mandates">The service of mandates; null: there is none.</param>
    /// <param name="change">Makes a paired world: another body for a reference; null: it is left out.</param>
    public static async Task<AccessWorld> StartAsync(
        DatabaseEngine engine, Func<string, string, string?>? change = null, MandateOptions? mandates = null)
    {
        var clock = new FakeClock("2026-11-23T08:00:00+02:00");
        var issuer = await TestIssuer.StartAsync(clock);
        var server = await FhirServer.StartAsync(
            engine, with: options => options with
            {
                IsOpen = false,
                Tokens = new TokenOptions { Issuers = [new IssuerOptions(issuer.Name)], Audiences = [TestIssuer.Audience], Mandates = mandates },
            });
        var world = new AccessWorld(issuer, server);
        foreach (var (reference, told) in Resources())
        {
            if ((change is null ? told : change(reference, told)) is not { } body)
                continue;
            // Labels come from the population register.
            await world.LoadAsync(reference, body);
        }
        return world;
    }

    /// <summary>Stores a resource; what the population register tells, by its program.</summary>
    public async Task LoadAsync(string reference, string body)
    {
        var loader = reference.Split('/')[0] is "Patient" or "RelatedPerson" or "Person" or "Consent" ? Program("vaestotiedot") : Loader;
        using var response = await SendAsync(loader, HttpMethod.Put, reference, body);
        response.IsSuccessStatusCode.Should().BeTrue(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Moves the clocks of server and issuer.</summary>
    public void MoveTo(string now) =>
        Server.Clock.Now = ((FakeClock)_issuer.Clock).Now = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);

    public string Citizen(string id, string scope = "patient/*.cruds user/*.cruds") => Token(scope, claims =>
    {
        claims.Remove("work_task");
        claims.Remove("fhirContext");
        (claims["fhirUser"], claims["patient"], claims["acr"], claims["sub"]) = ($"Patient/{id}", id, "substantial", "citizen-" + id);
    });

    /// <summary>Patient 1 acts for that client.</summary>
    public string Representative(string principal, string actor = "Patient/1") => Token("patient/*.cruds user/*.cruds", claims =>
    {
        claims.Remove("work_task");
        claims.Remove("fhirContext");
        (claims["fhirUser"], claims["patient"], claims["acr"], claims["sub"]) = (actor, principal, "substantial", actor == "Patient/1" ? "citizen-1" : actor.Replace('/', '-'));
        claims["principal"] = "Patient/" + principal;
    });

    public string Staff(
        string workTask, string practitioner, string unit, string serviceTask, string scope = "user/*.cruds", string? reason = null) =>
        Token(scope, claims =>
        {
            claims["fhirUser"] = "Practitioner/" + practitioner;
            claims["sub"] = "worker-" + practitioner;
            claims["work_task"] = workTask;
            claims["service_tasks"] = new JsonArray(serviceTask);
            claims["fhirContext"] = new JsonArray(new JsonObject { ["reference"] = "Organization/" + unit });
            if (reason is not null)
                claims["special_reason"] = reason;
        });

    public string Token(string scope, Action<JsonObject> edit)
    {
        var claims = _issuer.Claims(scope);
        edit(claims);
        return _issuer.Sign(claims);
    }

    public async Task<HttpResponseMessage> SendAsync(
        string token, HttpMethod method, string url, string? body = null, Action<HttpRequestMessage>? edit = null)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/fhir+json");
        edit?.Invoke(request);
        return await Server.Http.SendAsync(request);
    }

    public async Task<(int Status, string Body)> GetAsync(string token, string url)
    {
        using var response = await SendAsync(token, HttpMethod.Get, url);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>References of the matches (and what they bring) of a search, in the order of their names.</summary>
    public async Task<ImmutableArray<string>> FoundAsync(string token, string url)
    {
        var (status, body) = await GetAsync(token, url);
        if (status != 200)
            return [status.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        return [.. (JsonNode.Parse(body)!["entry"]?.AsArray() ?? []).Select(e => e!["resource"]!)
            .Where(r => (string)r["resourceType"]! != "OperationOutcome")
            .Select(r => $"{r["resourceType"]}/{r["id"]}").Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    public static string Appointment(string id, string patient, string practitioner, string place, string task, string day, string more = "") => $$"""
        {"resourceType":"Appointment","id":"{{id}}","status":"booked","serviceCategory":[{"coding":[{"system":"{{Tasks}}","code":"{{task}}" }]}],
        "start":"2026-11-{{day}}T09:00:00+02:00","end":"2026-11-{{day}}T10:00:00+02:00","description":"canary-{{id}}"{{more}},"participant":[
        {"actor":{"reference":"Patient/{{patient}}" },"status":"accepted"},{"actor":{"reference":"Practitioner/{{practitioner}}" },"status":"accepted"},
        {"actor":{"reference":"Location/{{place}}" },"status":"accepted"}]}
        """;

    /// <summary>Patient 1 may act for the client.</summary>
    public static string Mandate(string id, string client, string more = "", string actor = "Patient/1", string provision = "\"type\":\"permit\"", string basis = "mandate") => $$"""
        {"resourceType":"Consent","id":"{{id}}","status":"active","scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
        "category":[{"coding":[{"system":"https://ajanvaraus.example/fhir/CodeSystem/acting-basis","code":"{{basis}}"}]}],"patient":{"reference":"Patient/{{client}}"},
        "policyRule":{"text":"Acting for another"}{{more}},"provision":{ {{provision}},"actor":[{"role":{"coding":[{
        "system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":"POWATT"}]},"reference":{"reference":"{{actor}}" } }]} }
        """;

    private static IEnumerable<(string Reference, string Body)> Resources()
    {
        foreach (var unit in (string[])["a", "b"])
        {
            yield return ($"Organization/{unit}", $$"""{"resourceType":"Organization","id":"{{unit}}","name":"Unit {{unit}}" }""");
            yield return ($"Location/{unit}", $$"""
                {"resourceType":"Location","id":"{{unit}}","name":"Office {{unit}}","managingOrganization":{"reference":"Organization/{{unit}}" } }
                """);
        }
        foreach (var (worker, unit) in ((string, string)[])[("1", "a"), ("2", "b"), ("3", "a")])
        {
            yield return ($"Practitioner/{worker}", $$"""{"resourceType":"Practitioner","id":"{{worker}}","name":[{"family":"Worker{{worker}}" }]}""");
            yield return ($"PractitionerRole/{worker}", $$"""
                {"resourceType":"PractitionerRole","id":"{{worker}}","practitioner":{"reference":"Practitioner/{{worker}}" },
                "organization":{"reference":"Organization/{{unit}}" } }
                """);
            yield return ($"Schedule/{worker}", $$"""
                {"resourceType":"Schedule","id":"{{worker}}","actor":[{"reference":"Practitioner/{{worker}}" }]}
                """);
            yield return ($"Slot/{worker}", $$"""
                {"resourceType":"Slot","id":"{{worker}}","schedule":{"reference":"Schedule/{{worker}}" },"status":"free",
                "start":"2026-11-30T09:00:00+02:00","end":"2026-11-30T10:00:00+02:00"}
                """);
        }
        foreach (var (client, label) in ((string, string)[])[("1", ""), ("2", ""), ("3", """
            "meta":{"security":[{"system":"https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs","code":"TURVAKIELTO"}]},"managingOrganization":{"reference":"Organization/a"},
            """), ("4", "")])
        {
            yield return ($"Patient/{client}", $$"""
                {"resourceType":"Patient","id":"{{client}}",{{label}}"name":[{"family":"Client{{client}}" }],"birthDate":"2001-01-0{{client}}",
                "address":[{"city":"Canarycity{{client}}","line":["Canarystreet {{client}}"]}],"telecom":[{"system":"phone","value":"canary-{{client}}" }]}
                """);
            yield return ($"RelatedPerson/{client}", $$"""
                {"resourceType":"RelatedPerson","id":"{{client}}","patient":{"reference":"Patient/{{client}}" },"name":[{"family":"Canaryrelative{{client}}" }]}
                """);
            yield return ($"ServiceRequest/{client}", $$"""
                {"resourceType":"ServiceRequest","id":"{{client}}","status":"active","intent":"order","subject":{"reference":"Patient/{{client}}" } }
                """);
            if (client is "3" or "4")
                yield return ($"Consent/{client}", Mandate(client, client));
            yield return ($"Flag/{client}", $$"""
                {"resourceType":"Flag","id":"{{client}}","status":"active","code":{"text":"canary"},"subject":{"reference":"Patient/{{client}}" } }
                """);
        }
        yield return ("Appointment/a1", Appointment("a1", "1", "1", "a", "lapsiperheet", "24"));
        yield return ("Appointment/a2", Appointment("a2", "2", "2", "b", "lastensuojelu", "24"));
        yield return ("Appointment/a3", Appointment("a3", "3", "1", "a", "lapsiperheet", "25"));
        yield return ("Appointment/a4", Appointment("a4", "1", "2", "b", "lastensuojelu", "26"));
        yield return ("Appointment/a5", Appointment("a5", "4", "3", "a", "lapsiperheet", "27"));
        yield return ("Appointment/a6", Appointment("a6", "4", "3", "a", "lastensuojelu", "28"));
    }
}

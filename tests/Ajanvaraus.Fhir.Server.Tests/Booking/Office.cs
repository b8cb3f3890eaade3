using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>A small office on a running server: one professional with a calendar, a room, some clients.</summary>
/// <remarks>Speaks plain FHIR over HTTP, as a client system does.</remarks>
internal sealed class Office(HttpClient http)
{
    /// <summary>A Monday far enough ahead that no test meets it as the past.</summary>
    public const string Day = "2027-02-01";

    public HttpClient Http => http;

    /// <summary>Practitioner/a and /b with a Schedule each, Location/room with its own, Patient/p0 to p9.</summary>
    public static async Task<Office> OpenAsync(HttpClient http)
    {
        var office = new Office(http);
        foreach (var id in new[] { "a", "b" })
        {
            await office.PutAsync($$"""{"resourceType":"Practitioner","id":"{{id}}","active":true}""");
            await office.PutAsync($$"""
                {"resourceType":"Schedule","id":"{{id}}","active":true,"actor":[{"reference":"Practitioner/{{id}}"}]}
                """);
        }
        await office.PutAsync("""{"resourceType":"Location","id":"room","status":"active"}""");
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"room","active":true,"actor":[{"reference":"Location/room"}]}
            """);
        for (var i = 0; i < 10; i++)
            await office.PutAsync($$"""{"resourceType":"Patient","id":"p{{i}}","active":true}""");
        return office;
    }

    public Task PutSlotAsync(string id, string schedule, string from, string to, string status = "free") => PutAsync($$"""
        {"resourceType":"Slot","id":"{{id}}","schedule":{"reference":"Schedule/{{schedule}}"},"status":"{{status}}",
         "start":"{{At(from)}}","end":"{{At(to)}}"}
        """);

    public static string At(string clock) => $"{Day}T{clock}:00+02:00";

    /// <summary>An Appointment as a slot-centric client posts it.</summary>
    public static string Appointment(
        string patient, string? slot, string from, string to, string status = "booked", string? id = null,
        params string[] actors)
    {
        var participants = new[] { $"Patient/{patient}" }.Concat(actors)
            .Select(a => $$"""{"actor":{"reference":"{{a}}"},"status":"accepted"}""");
        var slots = slot is null ? "" : $$""","slot":[{"reference":"Slot/{{slot}}"}]""";
        var own = id is null ? "" : $$""","id":"{{id}}" """;
        return $$"""
            {"resourceType":"Appointment"{{own}},"status":"{{status}}","start":"{{At(from)}}","end":"{{At(to)}}"{{slots}},
             "participant":[{{string.Join(',', participants)}}]}
            """;
    }

    /// <summary>A Parameters body of names with a reference or a whole number each.</summary>
    public static string Parameters(params (string Name, object Value)[] values)
    {
        var parameters = new JsonArray();
        foreach (var (name, value) in values)
            parameters.Add(value switch
            {
                int number => new JsonObject { ["name"] = name, ["valueInteger"] = number },
                string reference => new JsonObject
                {
                    ["name"] = name,
                    ["valueReference"] = new JsonObject { ["reference"] = reference },
                },
                _ => throw new ArgumentException("A reference or a whole number", nameof(values)),
            });
        var body = new JsonObject { ["resourceType"] = "Parameters" };
        if (parameters.Count > 0)
            body["parameter"] = parameters;
        return body.ToJsonString();
    }

    public async Task PutAsync(string json)
    {
        var resource = JsonNode.Parse(json)!;
        var answer = await SendAsync(HttpMethod.Put, $"{resource["resourceType"]}/{resource["id"]}", json);
        ((int)answer.Status).Should().BeInRange(200, 201, answer.Text);
    }

    public Task<Answer> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    /// <summary>JSON Patch.</summary>
    public async Task<Answer> PatchAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json-patch+json");
        using var response = await http.PatchAsync(path, content);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, string? json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        }
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    public async Task<string> SlotStatusAsync(string id) => (await GetAsync($"Slot/{id}")).Body["status"]!.ToString();

    /// <summary>Appointments of a status that lists the Slot.</summary>
    public async Task<int> CountAsync(string query) =>
        (await GetAsync($"{query}&_summary=count")).Body["total"]!.GetValue<int>();
}

/// <summary>An answer with its body read.</summary>
internal sealed class Answer(HttpResponseMessage response, string text)
{
    public int Status { get; } = (int)response.StatusCode;

    public string Text { get; } = text;

    public JsonNode Body => JsonNode.Parse(Text)!;

    public Uri? Location { get; } = response.Headers.Location;

    public string? Expires { get; } =
        response.Content.Headers.TryGetValues("Expires", out var values) ? values.First() : null;

    public TimeSpan? RetryAfter { get; } = response.Headers.RetryAfter?.Delta;

    /// <summary>The answer is that of an earlier request with the same Idempotency-Key.</summary>
    public bool IsReplayed { get; } = response.Headers.Contains("Idempotency-Replayed");

    public string? ETag { get; } = response.Headers.ETag?.ToString();

    /// <summary>The Appointment, bare or the one of a searchset.</summary>
    public JsonNode Appointment =>
        Body["resourceType"]!.ToString() == "Bundle" ? Body["entry"]![0]!["resource"]! : Body;

    public string Id => Appointment["id"]!.ToString();

    /// <summary>Codes of all issues.</summary>
    public string[] IssueCodes => [.. Body["issue"]!.AsArray().Select(i => i!["code"]!.ToString())];

    /// <summary>Rule codes of <c>details</c> of all issues.</summary>
    public string[] Rules => [.. Body["issue"]!.AsArray()
        .SelectMany(i => i!["details"]?["coding"]?.AsArray().Select(c => c!["code"]!.ToString()) ?? [])];
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>Plain FHIR over HTTP to one server process.</summary>
internal sealed class FhirClient(Uri baseAddress) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = baseAddress, Timeout = TimeSpan.FromMinutes(2) };

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, json, headers: headers);

    public Task<Answer> PutAsync(string path, string json, string? ifMatch = null) =>
        SendAsync(HttpMethod.Put, path, json, headers: ifMatch is null ? [] : [("If-Match", ifMatch)]);

    public Task<Answer> PostXmlAsync(string path, string xml) =>
        SendAsync(HttpMethod.Post, path, xml, "application/fhir+xml", headers: [("Accept", "application/fhir+json")]);

    public Task<Answer> SendAsync(HttpMethod method, string path, string? json, string token, string requestId) =>
        SendAsync(method, path, json, headers: [("Authorization", "Bearer " + token), ("X-Request-Id", requestId)]);

    /// <param name="mediaType">Of the patch: JSON Patch, or FHIRPath Patch in FHIR JSON.</param>
    public Task<Answer> PatchAsync(string path, string json, string mediaType, string? ifMatch = null) =>
        SendAsync(HttpMethod.Patch, path, json, mediaType, headers: ifMatch is null ? [] : [("If-Match", ifMatch)]);

    /// <summary>A request that may be given up at any moment.</summary>
    /// <returns>Null when it was given up before its answer was whole.</returns>
    public async Task<Answer?> TryPostAsync(
        string path, string json, TimeSpan patience, params (string Name, string Value)[] headers)
    {
        using var giveUp = new CancellationTokenSource(patience);
        try
        {
            return await SendAsync(HttpMethod.Post, path, json, cancel: giveUp.Token, headers: headers);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>False while nobody listens or the server says that it is not ready.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <exception cref="HttpRequestException">The connection ended before the answer was whole.</exception>
    private async Task<Answer> SendAsync(
        HttpMethod method, string path, string? json, string mediaType = "application/fhir+json",
        CancellationToken cancel = default, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        }
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Prefer", "return=representation");
        using var response = await _http.SendAsync(request, cancel);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancel))
        {
            HasRetryAfter = response.Headers.RetryAfter is not null,
        };
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>A whole answer.</summary>
internal sealed record Answer(int Status, string Text)
{
    public bool HasRetryAfter { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public JsonNode Body => JsonNode.Parse(Text)!;

    /// <summary>The Appointment of a success: bare, or the one among the entries of a Bundle.</summary>
    public JsonNode Appointment => Body["resourceType"]!.ToString() == "Bundle"
        ? Body["entry"]!.AsArray().Select(e => e!["resource"]).Single(r => r?["resourceType"]!.ToString() == "Appointment")!
        : Body;

    /// <summary>True for an OperationOutcome that names a conflict.</summary>
    public bool IsConflictOutcome => Text.StartsWith('{') && Body["resourceType"]?.ToString() == "OperationOutcome"
        && Body["issue"]!.AsArray().Any(i => i!["code"]!.ToString() == "conflict");
}

using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Ajanvaraus.Fhir.Server.Security.Representation;

/// <summary>Where a county's service of mandates is, and the secret by which this server is known to it.</summary>
/// <param name="Url">Asked by POST; https, or http on loopback.</param>
public sealed record MandateOptions(string Url)
{
    /// <summary>Bearer token; from the operator's file, never from the command line.</summary>
    public string Secret { get; init; } = "";
}

/// <summary>What the service of mandates says.</summary>
public enum MandateAnswer
{
    /// <summary>It is in force now.</summary>
    Allowed,
    /// <summary>Anything but a clear yes.</summary>
    Denied,
    /// <summary>Nothing came that can be understood.</summary>
    Away,
}

/// <summary>Asks a service of the county whether somebody may act for a client by a mandate: at each write, and for reads now and then.</summary>
/// <remarks>
/// <para>Shape of the question: JSON with <c>issuer</c>, <c>subject</c>, <c>actor</c> and <c>client</c>, names and references
/// that the token tells; of the answer: JSON with <c>allowed</c>. No name, no personal identity code, nothing in the address.</para>
/// <para>Errors: <see cref="MandateAnswer.Away"/> for no answer in time, a status other than 200, a redirect, and what is no
/// such JSON. Source: ROBUSTNESS R22 to R24; ADR 0032.</para>
/// </remarks>
public sealed partial class MandateService : IDisposable
{
    /// <summary>A yes stands so long for reads.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private const int MostBytes = 16 * 1024;
    private const int MostKept = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private readonly MandateOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly HttpClient _http;

    /// <summary>When a yes was given, by the digest of issuer, who acts and for whom.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> _allowed = new();

    public MandateService(MandateOptions options, TimeProvider clock, ILogger log)
    {
        (_options, _clock, _log) = (options, clock, log);
        _http = new HttpClient(OutboundConnections.Handler([new Uri(options.Url).Host]))
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = MostBytes,
        };
    }

    /// <param name="identity">Who acts for whom.</param>
    /// <param name="changes">The request changes something: what was answered before does not count.</param>
    public async Task<MandateAnswer> AskAsync(Identity identity, bool changes, CancellationToken cancel)
    {
        if (!changes && _allowed.TryGetValue(identity.Principal, out var at) && _clock.GetUtcNow() - at < Fresh)
            return MandateAnswer.Allowed;
        var asked = _clock.GetUtcNow();
        var answer = await AskAsync(identity, cancel);
        if (answer == MandateAnswer.Away)
            LogAway(_log);
        if (answer != MandateAnswer.Allowed)
            _allowed.TryRemove(identity.Principal, out _);
        else
            Keep(identity.Principal, asked);
        return answer;
    }

    public void Dispose() => _http.Dispose();

    private void Keep(string principal, DateTimeOffset at)
    {
        if (_allowed.Count >= MostKept)
            _allowed.Clear();
        _allowed[principal] = at;
    }

    private async Task<MandateAnswer> AskAsync(Identity identity, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _options.Url) { Content = Question(identity) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.Secret);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await _http.SendAsync(request, cancel);
            if (response.StatusCode != System.Net.HttpStatusCode.OK)
                return MandateAnswer.Away;
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancel), Strict);
            return json.RootElement is { ValueKind: JsonValueKind.Object } said && said.TryGetProperty("allowed", out var allowed)
                ? allowed.ValueKind switch
                {
                    JsonValueKind.True => MandateAnswer.Allowed,
                    JsonValueKind.False => MandateAnswer.Denied,
                    _ => MandateAnswer.Away,
                }
                : MandateAnswer.Away;
        }
        catch (Exception reason) when (IssuerKeys.IsAway(reason) && !cancel.IsCancellationRequested)
        {
            return MandateAnswer.Away;
        }
    }

    private static ByteArrayContent Question(Identity identity)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("issuer", identity.Issuer);
            json.WriteString("subject", identity.Subject);
            json.WriteString("actor", identity.FhirUser);
            json.WriteString("client", identity.OnBehalfOf);
            json.WriteEndObject();
        }
        return new ByteArrayContent(bytes.WrittenSpan.ToArray())
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
    }

    [LoggerMessage(34, LogLevel.Warning, "The service of mandates gave no answer that can be understood")]
    private static partial void LogAway(ILogger log);
}

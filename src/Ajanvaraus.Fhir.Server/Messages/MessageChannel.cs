using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Messages;

/// <summary>A message as it leaves the house.</summary>
/// <param name="Key">What comes twice under it is one message.</param>
/// <param name="To">Telephone number.</param>
/// <param name="Language">Of the text: fi, sv or en.</param>
internal sealed record TextMessage(string Key, string To, string Language, string Text);

/// <summary>What became of a message that was handed over.</summary>
internal enum Delivery
{
    /// <summary>Taken, now or when it came before.</summary>
    Sent,
    /// <summary>Perhaps taken, perhaps not: to be handed over again under the same key.</summary>
    Unknown,
    /// <summary>The number cannot be reached.</summary>
    NoSuchNumber,
}

/// <summary>A way out of the house: a gateway, a folder.</summary>
/// <remarks>A message that is handed over again under its key has no further effect.</remarks>
internal interface IMessageChannel : IDisposable
{
    Task<Delivery> SendAsync(TextMessage message, CancellationToken cancel);
}

/// <summary>A gateway for text messages, by HTTP.</summary>
/// <remarks>
/// POST of JSON with <c>to</c>, <c>text</c> and <c>language</c>; the header Idempotency-Key tells the gateway what it has had before
/// (draft-ietf-httpapi-idempotency-key-header). 2xx: taken. 400, 404, 410, 422: the number cannot be reached. All else, and
/// no answer: it is asked again.
/// </remarks>
internal sealed class MessageGateway : IMessageChannel
{
    private readonly HttpClient _http;
    private readonly MessageOptions _options;

    public MessageGateway(MessageOptions options)
    {
        _options = options;
        _http = new HttpClient(OutboundConnections.Handler([new Uri(options.Target).Host])) { Timeout = options.Patience };
    }

    public async Task<Delivery> SendAsync(TextMessage message, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _options.Target) { Content = new ByteArrayContent(Json(message)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.Secret);
            request.Headers.Add("Idempotency-Key", message.Key);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return response.StatusCode switch
            {
                _ when response.IsSuccessStatusCode => Delivery.Sent,
                HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.UnprocessableEntity =>
                    Delivery.NoSuchNumber,
                _ => Delivery.Unknown,
            };
        }
        catch (Exception reason) when (IssuerKeys.IsAway(reason) && !cancel.IsCancellationRequested)
        {
            return Delivery.Unknown;
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Nothing of it becomes HTML: letters and the plus of numbers stay what they are.</summary>
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static byte[] Json(TextMessage message)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("to", message.To);
            json.WriteString("text", message.Text);
            json.WriteString("language", message.Language);
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }
}

/// <summary>A folder with a file for each message, for trying out and for programs that fetch them.</summary>
/// <remarks>A file is there whole or not at all, under the key of its message: written again, it is the same file.</remarks>
internal sealed class MessageFolder(string folder) : IMessageChannel
{
    public async Task<Delivery> SendAsync(TextMessage message, CancellationToken cancel)
    {
        var path = Path.Combine(folder, message.Key + ".json");
        if (File.Exists(path))
            return Delivery.Sent;
        var unfinished = $"{path}.{RandomNumberGenerator.GetHexString(8)}";
        try
        {
            await File.WriteAllBytesAsync(unfinished, [.. MessageGateway.Json(message), .. Encoding.UTF8.GetBytes("\n")], cancel);
            File.Move(unfinished, path, overwrite: true);
            return Delivery.Sent;
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            return Delivery.Unknown;
        }
    }

    public void Dispose()
    {
        // Nothing is kept open.
    }
}

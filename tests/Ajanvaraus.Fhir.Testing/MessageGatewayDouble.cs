using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>What a gateway does with a message that comes in.</summary>
public enum GatewayMood
{
    Take,
    /// <summary>Takes it, and never answers.</summary>
    TakeAndBeSilent,
    /// <summary>Takes it, and cuts the connection.</summary>
    TakeAndCut,
    /// <summary>500, and it is not taken.</summary>
    Fail,
    /// <summary>422: there is no such number.</summary>
    NoSuchNumber,
}

/// <param name="At">When it had its effect.</param>
public sealed record TakenMessage(string Key, string To, string Text, string Language, DateTimeOffset At);

/// <summary>A gateway for text messages: what comes again under the same key has no further effect.</summary>
public sealed class MessageGatewayDouble : IDisposable
{
    public const string Secret = "known-to-the-gateway";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Func<string, int, GatewayMood> _mood;
    private readonly ConcurrentDictionary<string, TakenMessage> _taken = new();
    private readonly ConcurrentDictionary<string, int> _tries = new();
    private readonly ConcurrentBag<string> _faults = [];

    /// <param name="mood">By the key of the message, and how often it has come: 1 the first time. Null: it takes all.</param>
    public MessageGatewayDouble(Func<string, int, GatewayMood>? mood = null)
    {
        _mood = mood ?? ((_, _) => GatewayMood.Take);
        _listener.Start();
        Url = $"http://{_listener.LocalEndpoint}/messages";
        _ = Task.Run(ListenAsync);
    }

    public string Url { get; }

    /// <summary>Those that had their effect, each once.</summary>
    public IReadOnlyCollection<TakenMessage> Taken => [.. _taken.Values];

    /// <summary>How often each message came.</summary>
    public IReadOnlyDictionary<string, int> Tries => _tries;

    /// <summary>What came and was no such message, or came twice with other words.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public void Dispose()
    {
        _ended.Cancel();
        _listener.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // No more.
        }
    }

    /// <summary>One request after another on a connection: the least of HTTP/1.1, so that it can be cut anywhere.</summary>
    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await ReadAsync(stream) is var (headers, body))
                {
                    var mood = Take(headers, body);
                    if (mood == GatewayMood.TakeAndCut)
                        return;
                    if (mood == GatewayMood.TakeAndBeSilent)
                        await Task.Delay(Timeout.Infinite, _ended.Token);
                    var status = mood switch { GatewayMood.Fail => "500 No", GatewayMood.NoSuchNumber => "422 No", null => "401 No", _ => "202 Yes" };
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"), _ended.Token);
                }
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The caller has gone, or the test is over.
            }
        }
    }

    private async Task<(Dictionary<string, string> Headers, string Body)?> ReadAsync(NetworkStream stream)
    {
        var read = new List<byte>();
        var one = new byte[1];
        while (!read.AsEnumerable().Reverse().Take(4).SequenceEqual("\n\r\n\r"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _ended.Token) == 0)
                return null;
            read.Add(one[0]);
        }
        var headers = Encoding.ASCII.GetString([.. read]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(": ", 2)).ToDictionary(h => h[0], h => h[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _ended.Token);
        return (headers, Encoding.UTF8.GetString(body));
    }

    /// <summary>Null for what is no message of who is known.</summary>
    private GatewayMood? Take(Dictionary<string, string> headers, string body)
    {
        if (headers.GetValueOrDefault("Idempotency-Key") is not { Length: > 0 } key || JsonNode.Parse(body) is not JsonObject json
            || headers.GetValueOrDefault("Authorization") != $"Bearer {Secret}")
        {
            _faults.Add(body);
            return null;
        }
        var mood = _mood(key, _tries.AddOrUpdate(key, 1, static (_, count) => count + 1));
        if (mood is GatewayMood.Take or GatewayMood.TakeAndBeSilent or GatewayMood.TakeAndCut)
        {
            var message = new TakenMessage(
                key, json["to"]!.ToString(), json["text"]!.ToString(), json["language"]!.ToString(), DateTimeOffset.UtcNow);
            var first = _taken.GetOrAdd(key, message);
            if (first with { At = message.At } != message)
                _faults.Add($"{first} and then {message}");
        }
        return mood;
    }
}

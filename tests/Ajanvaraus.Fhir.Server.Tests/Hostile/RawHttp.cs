using System.Net.Sockets;
using System.Text;

namespace Ajanvaraus.Fhir.Server.Tests.Hostile;

/// <summary>Bytes to a server, and all bytes that come back, as no HTTP client would send them.</summary>
internal static class RawHttp
{
    /// <summary>What came before the connection was closed, or until nothing came for a while.</summary>
    public static async Task<(string Text, bool IsClosed)> SendAsync(Uri server, byte[] request, TimeSpan quiet)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Host, server.Port);
        try
        {
            for (var sent = 0; sent < request.Length;)
                sent += await socket.SendAsync(request.AsMemory(sent, Math.Min(1 << 16, request.Length - sent)));
        }
        catch (SocketException)
        {
            // Closed before everything was said: what was answered may still be there to read.
        }
        return await ReadAsync(socket, quiet);
    }

    public static async Task<(string Text, bool IsClosed)> ReadAsync(Socket socket, TimeSpan quiet)
    {
        var text = new StringBuilder();
        var buffer = new byte[1 << 16];
        while (true)
        {
            using var patience = new CancellationTokenSource(quiet);
            try
            {
                var count = await socket.ReceiveAsync(buffer, patience.Token);
                if (count == 0)
                    return (text.ToString(), true);
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
            catch (OperationCanceledException)
            {
                return (text.ToString(), false);
            }
            catch (SocketException)
            {
                return (text.ToString(), true);
            }
        }
    }

    /// <summary>Statuses of all answers in the text.</summary>
    public static int[] Statuses(string text) =>
    [
        .. text.Split("HTTP/1.1 ").Skip(1).Select(answer => int.Parse(answer[..3], System.Globalization.CultureInfo.InvariantCulture)),
    ];
}

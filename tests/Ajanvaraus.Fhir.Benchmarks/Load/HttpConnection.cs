using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>One kept-alive connection that sends ready bytes and reads an answer with a Content-Length.</summary>
/// <remarks>As little work as possible: the load generator shares the cores with the server that it measures.</remarks>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    private byte[] _buffer = new byte[64 * 1024];
    private int _bodyStart;
    private int _bodyLength;

    public int Status { get; private set; }

    public ReadOnlySpan<byte> Body => _buffer.AsSpan(_bodyStart, _bodyLength);

    public static async Task<HttpConnection> OpenAsync(int port)
    {
        var connection = new HttpConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> request)
    {
        while (!request.IsEmpty)
            request = request[await _socket.SendAsync(request)..];
        var filled = 0;
        int headEnd;
        do
            filled += await ReceiveAsync(filled);
        while ((headEnd = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0);
        _bodyStart = headEnd + 4;
        ReadHead(_buffer.AsSpan(0, headEnd + 2));
        while (filled < _bodyStart + _bodyLength)
            filled += await ReceiveAsync(filled);
    }

    public string Text() => Encoding.UTF8.GetString(Body);

    public void Dispose() => _socket.Dispose();

    private async ValueTask<int> ReceiveAsync(int filled)
    {
        if (filled == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
        return count > 0 ? count : throw new IOException("The server closed the connection.");
    }

    private void ReadHead(ReadOnlySpan<byte> head)
    {
        if (!Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out int status, out _))
            throw new IOException("Not an HTTP answer.");
        Status = status;
        _bodyLength = 0;
        var at = head.IndexOf("\r\nContent-Length: "u8);
        if (at >= 0)
            Utf8Parser.TryParse(head[(at + "\r\nContent-Length: ".Length)..], out _bodyLength, out _);
        else if (status is not (204 or 304))
            throw new IOException($"An answer of status {status} without Content-Length.");
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>What can befall the wire between a server and its database.</summary>
public enum WireFault
{
    /// <summary>Every connection ends at once, both ways.</summary>
    Cut,

    /// <summary>Nothing comes through for some seconds, and then all of it.</summary>
    Stall,

    /// <summary>What the server sends ends; what the database answers still comes.</summary>
    HalfClose,

    /// <summary>The next commits reach the database, and their answers nobody.</summary>
    ResetAfterCommit,

    /// <summary>The next commits do not reach the database.</summary>
    ResetBeforeCommit,
}

/// <summary>A TCP proxy before a database, which can be told to fail.</summary>
internal sealed class FaultyWire : IAsyncDisposable
{
    private const int Commits = 5;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _database;
    private readonly ConcurrentDictionary<Wire, byte> _wires = new();
    private readonly Task _accepting;
    private TaskCompletionSource? _stall;
    private WireFault _atCommit;
    private int _commitsLeft;

    public FaultyWire(int databasePort)
    {
        _database = new IPEndPoint(IPAddress.Loopback, databasePort);
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends when the fault is over; those at commits wait for commits, for a while.</summary>
    public async Task FailAsync(WireFault fault, TimeSpan stall)
    {
        switch (fault)
        {
            case WireFault.Cut:
                foreach (var wire in _wires.Keys)
                    wire.Reset();
                break;
            case WireFault.HalfClose:
                foreach (var wire in _wires.Keys)
                    wire.EndSending();
                break;
            case WireFault.Stall:
                var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                Volatile.Write(ref _stall, over);
                await Task.Delay(stall);
                Volatile.Write(ref _stall, null);
                over.SetResult();
                break;
            default:
                _atCommit = fault;
                Volatile.Write(ref _commitsLeft, Commits);
                for (var waited = 0; Volatile.Read(ref _commitsLeft) > 0 && waited < 100; waited++)
                    await Task.Delay(10);
                Volatile.Write(ref _commitsLeft, 0);
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        foreach (var wire in _wires.Keys)
            wire.Reset();
        await _accepting;
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Nobody is listened to any more.
        }
    }

    private async Task CarryAsync(TcpClient server)
    {
        using var database = new TcpClient { NoDelay = true };
        using (server)
        {
            server.NoDelay = true;
            try
            {
                await database.ConnectAsync(_database);
                var wire = new Wire(server.Client, database.Client);
                _wires[wire] = 0;
                var there = PumpAsync(wire, server.Client, database.Client, isToDatabase: true);
                var back = PumpAsync(wire, database.Client, server.Client, isToDatabase: false);
                await Task.WhenAny(there, back);
                await Task.WhenAll(there, back).WaitAsync(TimeSpan.FromSeconds(30));
                _wires.TryRemove(wire, out _);
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or TimeoutException)
            {
                // A fault was asked for, or one end has gone.
            }
        }
    }

    private async Task PumpAsync(Wire wire, Socket from, Socket to, bool isToDatabase)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
            {
                if (Volatile.Read(ref _stall) is { } stall)
                    await stall.Task;
                var isLastCommit = isToDatabase && Volatile.Read(ref _commitsLeft) > 0
                    && buffer.AsSpan(0, read).IndexOf("COMMIT"u8) >= 0 && Interlocked.Decrement(ref _commitsLeft) >= 0;
                if (isLastCommit && _atCommit == WireFault.ResetAfterCommit)
                {
                    // Nobody hears the answer, and the database has time to write it.
                    wire.IsDeaf = true;
                    await to.SendAsync(buffer.AsMemory(0, read));
                    await Task.Delay(50);
                }
                if (isLastCommit)
                {
                    wire.Reset();
                    return;
                }
                if (isToDatabase || !wire.IsDeaf)
                    await to.SendAsync(buffer.AsMemory(0, read));
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            wire.Reset();
        }
    }

    private sealed class Wire(Socket server, Socket database)
    {
        public bool IsDeaf { get; set; }

        /// <summary>Both ends are told that the connection is no more: RST.</summary>
        public void Reset()
        {
            foreach (var socket in new[] { server, database })
            {
                try
                {
                    socket.LingerState = new LingerOption(enable: true, seconds: 0);
                }
                catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
                {
                    continue;
                }
                socket.Close();
            }
        }

        public void EndSending()
        {
            try
            {
                database.Shutdown(SocketShutdown.Send);
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                // It has ended already.
            }
        }
    }
}

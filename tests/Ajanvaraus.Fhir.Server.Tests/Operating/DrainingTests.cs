using System.Net.Sockets;
using System.Text;

namespace Ajanvaraus.Fhir.Server.Tests.Operating;

/// <summary>What callers see of a server that stops.</summary>
[Collection(LonelyTests.Name)]
public sealed class DrainingTests
{
    private const int Callers = 200;

    /// <summary>None is reset in the queue of the listening socket.</summary>
    [Fact]
    public async Task Each_connection_that_is_made_while_the_server_stops_is_answered()
    {
        await using var server = await StartAsync();
        var address = server.Http.BaseAddress!;
        var answered = 0;

        var callers = Enumerable.Range(0, Callers).Select(_ => CallUntilRefusedAsync()).ToArray();
        while (Volatile.Read(ref answered) < Callers)
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        await StopAsync(server);
        var answers = (await Task.WhenAll(callers)).SelectMany(a => a).ToList();

        answers.Should().OnlyContain(answer => answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal));

        async Task<List<string>> CallUntilRefusedAsync()
        {
            for (var answers = new List<string>(); ; Interlocked.Increment(ref answered))
            {
                using var caller = new TcpClient();
                if (await ConnectAsync(caller, address, Timeout.InfiniteTimeSpan) != Attempt.Made)
                    return answers;
                answers.Add(await AskAsync(caller.GetStream(), $"Host: {address.Authority}\r\nConnection: close"));
            }
        }
    }

    /// <summary>Closed with those that are idle, the connection would take the request with it that is on its way.</summary>
    [Fact]
    public async Task Request_in_a_connection_from_before_is_answered_when_nobody_is_let_in_any_more()
    {
        await using var server = await StartAsync();
        var address = server.Http.BaseAddress!;
        using var early = new TcpClient();
        await early.ConnectAsync(address.Host, address.Port);

        var stopping = StopAsync(server);
        Attempt attempt;
        do
        {
            using var late = new TcpClient();
            attempt = await ConnectAsync(late, address, TimeSpan.FromMilliseconds(100));
        }
        while (attempt == Attempt.Made);
        var answer = await AskAsync(early.GetStream(), $"Host: {address.Authority}");

        attempt.Should().Be(OperatingSystem.IsLinux() ? Attempt.Unanswered : Attempt.Refused);
        answer.Should().StartWith("HTTP/1.1 200 ").And.Contain("\r\nConnection: close\r\n");
        await stopping;
    }

    private static Task<FhirServer> StartAsync() =>
        FhirServer.StartAsync(DatabaseEngine.Sqlite, with: options => options with { Drain = TimeSpan.FromMilliseconds(100) });

    /// <summary>In a thread of its own, as when a signal comes: draining takes it for a moment.</summary>
    private static Task StopAsync(FhirServer server) =>
        Task.Factory.StartNew(server.StopAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    private static async Task<Attempt> ConnectAsync(TcpClient caller, Uri address, TimeSpan patience)
    {
        try
        {
            using var end = new CancellationTokenSource(patience);
            await caller.ConnectAsync(address.Host, address.Port, end.Token);
            return Attempt.Made;
        }
        catch (SocketException)
        {
            return Attempt.Refused;
        }
        catch (OperationCanceledException)
        {
            return Attempt.Unanswered;
        }
    }

    /// <summary>All that comes before the server closes the connection, or how it was cut.</summary>
    private static async Task<string> AskAsync(NetworkStream stream, string headers)
    {
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /health/live HTTP/1.1\r\n{headers}\r\n\r\n"));
            return await new StreamReader(stream).ReadToEndAsync();
        }
        catch (IOException cut)
        {
            return cut.Message;
        }
    }

    /// <summary>What became of a connection that was asked for.</summary>
    private enum Attempt
    {
        Made,
        Refused,
        Unanswered,
    }
}

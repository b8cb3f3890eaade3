using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Ajanvaraus.Fhir.Server.Tests.Hostile;

/// <summary>Requests that two servers could read differently, and bodies that never come.</summary>
public sealed class SmugglingTests
{
    private const string Inner = "GET /fhir/Patient/smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task Requests_that_can_be_read_in_two_ways_get_one_refusal_and_the_connection_is_closed()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var wrong = new List<string>();
        var requests = Ambiguous().ToList();

        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (request, _) =>
        {
            var (text, isClosed) = await RawHttp.SendAsync(server.Http.BaseAddress!, Encoding.Latin1.GetBytes(request), Quiet);
            var statuses = RawHttp.Statuses(text);
            if (statuses.Length != 1 || statuses[0] is (< 400 or >= 500) and not 505 || !isClosed)
                lock (wrong)
                    wrong.Add($"{request.ReplaceLineEndings("\\n")}: {string.Join(' ', statuses)}, closed: {isClosed}");
        });

        requests.Should().HaveCountGreaterThanOrEqualTo(50);
        wrong.Should().BeEmpty();
        using var alive = await server.Http.GetAsync("metadata");
        ((int)alive.StatusCode).Should().Be(200);
    }

    [Fact]
    public async Task Headers_that_are_too_many_or_too_long_are_431_or_400()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var wrong = new List<string>();
        var requests = Crowded().ToList();

        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, _) =>
        {
            var (text, _) = await RawHttp.SendAsync(server.Http.BaseAddress!, Encoding.Latin1.GetBytes(request), TimeSpan.FromSeconds(2));
            if (RawHttp.Statuses(text) is not ([400 or 414 or 431] or []))
                lock (wrong)
                    wrong.Add(request[..60] + ": " + text[..Math.Min(80, text.Length)]);
        });

        wrong.Should().BeEmpty();
        using var alive = await server.Http.GetAsync("metadata");
        ((int)alive.StatusCode).Should().Be(200);
    }

    [Fact]
    public async Task Bodies_that_trickle_are_408_and_others_are_served_meanwhile()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);

        var slow = Enumerable.Range(0, 50).Select(n => TrickleAsync(server.Http.BaseAddress!, n)).ToList();
        var start = Stopwatch.GetTimestamp();
        using var meanwhile = await server.Http.GetAsync("Patient");
        var took = Stopwatch.GetElapsedTime(start);
        var answers = await Task.WhenAll(slow);

        ((int)meanwhile.StatusCode).Should().Be(200);
        took.Should().BeLessThan(TimeSpan.FromSeconds(3));
        answers.Should().OnlyContain(answer => RawHttp.Statuses(answer).SequenceEqual(new[] { 408 }) && answer.Contains("OperationOutcome"));
    }

    [Fact]
    public async Task A_length_that_lies_is_400_or_closes_the_connection()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        foreach (var (length, expected) in new (string, int)[]
        {
            ("-1", 400), ("+1", 400), ("0x10", 400), ("1 1", 400), ("1,1", 400), ("1e3", 400), ("99999999999999999999", 400), ("9223372036854775807", 413), ("3000000", 413), ("a", 400),
        })
        {
            var request = $"POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nContent-Type: application/fhir+json\r\nContent-Length: {length}\r\n\r\n{{}}";
            var (text, _) = await RawHttp.SendAsync(server.Http.BaseAddress!, Encoding.Latin1.GetBytes(request), Quiet);
            RawHttp.Statuses(text).Should().Equal([expected], "Content-Length: {0}", length);
        }
    }

    /// <summary>A byte each second, after a beginning.</summary>
    private static async Task<string> TrickleAsync(Uri server, int n)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Host, server.Port);
        var length = n % 2 == 0 ? "Content-Length: 1000" : "Transfer-Encoding: chunked";
        await socket.SendAsync(Encoding.Latin1.GetBytes(
            $"POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nContent-Type: application/fhir+json\r\n{length}\r\n\r\n" + (n % 2 == 0 ? "{" : "1\r\n{\r\n")));
        using var done = new CancellationTokenSource();
        var reading = RawHttp.ReadAsync(socket, TimeSpan.FromSeconds(20));
        while (!reading.IsCompleted)
        {
            await Task.WhenAny(reading, Task.Delay(1000));
            try
            {
                await socket.SendAsync(n % 2 == 0 ? " "u8.ToArray() : "1\r\n \r\n"u8.ToArray());
            }
            catch (SocketException)
            {
                break;
            }
        }
        return (await reading).Text;
    }

    private static IEnumerable<string> Ambiguous()
    {
        const string post = "POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nContent-Type: application/fhir+json\r\n";
        foreach (var coding in (string[])["chunked,identity", "identity, chunked", "xchunked", "chunked, chunked", "gzip", "identity", "cow", "\"chunked\"", "chunked;a=b", "chunked, gzip", "deflate, identity"])
        {
            yield return $"{post}Transfer-Encoding: {coding}\r\n\r\n0\r\n\r\n{Inner}";
            yield return $"{post}Transfer-Encoding: {coding}\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{Inner}";
        }
        foreach (var chunk in (string[])
        [
            "1;a\n\r\nx\r\n0\r\n\r\n", "1;\n\r\nx\r\n0\r\n\r\n", "1\nx\n0\n\n", "1;a=b\nx\r\n0\r\n\r\n", "g\r\nx\r\n0\r\n\r\n", "-1\r\nx\r\n0\r\n\r\n", "0x1\r\nx\r\n0\r\n\r\n", "1 \nx\r\n0\r\n\r\n",
            "FFFFFFFFFFFFFFFFF\r\nx", "1\r\nxy\r\n0\r\n\r\n", "\r\nx\r\n0\r\n\r\n", "1\rx\r\n0\r\n\r\n", "1;a\rb\r\nx\r\n0\r\n\r\n", " 1\r\nx\r\n0\r\n\r\n", "+1\r\nx\r\n0\r\n\r\n",
        ])
            yield return $"{post}Transfer-Encoding: chunked\r\n\r\n{chunk}{Inner}";
        foreach (var header in (string[])
        [
            "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5, 6", "Content-Length : 5", "Content-Length\t: 5", " Content-Length: 5", "Content-Length: 5\r\n folded", "X: a\r\n b", "X: a\r\n\tb",
            "X\0: a", "X: a\0b", "X: a\rb", ": a", "X a", "Host: b", "X: a\nX2 b",
        ])
            yield return $"{post}{header}\r\n\r\nabcde{Inner}";
        foreach (var line in (string[])
        [
            "GET /fhir/metadata", "GET  /fhir/metadata HTTP/1.1", "GET /fhir/metadata HTTP/1.2 ", "GET /fhir/metadata HTTP/0.9", "GET /fhir/meta data HTTP/1.1", "GET\t/fhir/metadata HTTP/1.1",
            "GET fhir/metadata HTTP/1.1", "GET http://b/fhir/metadata HTTP/1.1", "GET /fhir/\0 HTTP/1.1", "G@T /fhir/metadata HTTP/1.1", "GET http:///fhir HTTP/1.1", "CONNECT /fhir HTTP/1.1", "GET * HTTP/1.1", "\0",
        ])
            yield return $"{line}\r\nHost: a\r\n\r\n{Inner}";
        foreach (var host in (string[])["", "a b", "a/b", "a@b", "a\tb", "a:b", "a:99999999", "[::1", "a\\b", "a?b", "a#b"])
            yield return $"GET /fhir/metadata HTTP/1.1\r\nHost: {host}\r\nX : y\r\n\r\n{Inner}";
        yield return $"GET /fhir/metadata HTTP/1.1\r\n\r\n{Inner}";
        yield return $"GET /fhir/metadata HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n{Inner}";
    }

    private static IEnumerable<string> Crowded()
    {
        foreach (var count in (int[])[101, 200, 1_000, 10_000, 100_000])
        {
            yield return $"GET /fhir/metadata HTTP/1.1\r\nHost: a\r\n{string.Concat(Enumerable.Range(0, count).Select(n => $"X-{n}: a\r\n"))}\r\n";
            yield return $"GET /fhir/metadata HTTP/1.1\r\nHost: a\r\n{string.Concat(Enumerable.Repeat("X: a\r\n", count))}\r\n";
            yield return $"GET /fhir/metadata HTTP/1.1\r\nHost: a\r\nCookie: {new string('a', count * 400)}\r\n\r\n";
            yield return $"GET /fhir/metadata?a={new string('a', count * 400)} HTTP/1.1\r\nHost: a\r\n\r\n";
            yield return $"GET /fhir/metadata HTTP/1.1\r\nHost: a\r\n{new string('X', count * 400)}: a\r\n\r\n";
        }
    }
}

using System.Diagnostics;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>Sends the requests of a row over some connections for some time, and counts.</summary>
/// <param name="beside">Asked before each slice, so that both meet the same machine; null: the row alone.</param>
internal sealed class Measurement(ServerProcess server, Row row, int connections, Measurement? beside = null)
{
    private const int Slices = 3;
    private const double SecondsBeside = 0.4;

    private string? _firstFailure;
    private int _failures;

    /// <summary>The median of three slices, by their share of what was measured beside; latencies are of that slice.</summary>
    public async Task<Measured> RunAsync(double seconds)
    {
        var open = await OpenAsync();
        var slices = new List<(Slice Own, double Beside)>();
        for (var n = 0; n < Slices; n++)
        {
            var rate = await BesideAsync();
            slices.Add((await SliceAsync(open, seconds / Slices, perSecond: 0), rate));
        }
        open.ForEach(c => c.Dispose());
        slices.RemoveAll(s => s.Own.Latencies.Length == 0);
        if (slices.Count == 0)
            return new Measured(row, connections, 0, 1, _failures, 0, 0, 0, 0) { FirstFailure = _firstFailure };
        slices.Sort((a, b) => Share(a).CompareTo(Share(b)));
        var (median, kestrel) = slices[slices.Count / 2];
        return Of(median, Share(slices[^1]) / Share(slices[0])) with { KestrelPerSecond = kestrel };

        static double Share((Slice Own, double Beside) slice) =>
            slice.Beside > 0 ? slice.Own.PerSecond / slice.Beside : slice.Own.PerSecond;
    }

    private async Task<double> BesideAsync()
    {
        if (beside is null)
            return 0;
        var open = await beside.OpenAsync();
        var slice = await beside.SliceAsync(open, SecondsBeside, perSecond: 0);
        open.ForEach(c => c.Dispose());
        return slice.PerSecond;
    }

    /// <summary>Sends at a given pace instead of as fast as the answers come.</summary>
    public async Task<Measured> PacedAsync(double seconds, double perSecond)
    {
        var open = await OpenAsync();
        var slice = await SliceAsync(open, seconds, perSecond);
        open.ForEach(c => c.Dispose());
        return Of(slice, 1);
    }

    private Measured Of(Slice slice, double spread) => new(
        row, connections, slice.PerSecond, spread, _failures, slice.Percentile(0.50), slice.Percentile(0.95),
        slice.Percentile(0.99), slice.CpuMilliseconds / slice.Latencies.Length)
    {
        FirstFailure = _firstFailure,
        Statements = slice.Statements / slice.Latencies.Length,
    };

    private async Task<List<HttpConnection>> OpenAsync()
    {
        var open = new List<HttpConnection>(connections);
        for (var n = 0; n < connections; n++)
            open.Add(await HttpConnection.OpenAsync(server.Port));
        return open;
    }

    private async Task<Slice> SliceAsync(List<HttpConnection> open, double seconds, double perSecond)
    {
        var (cpu, statements) = (server.Cpu, await server.StatementsAsync());
        var begin = Stopwatch.GetTimestamp();
        var end = begin + (long)(seconds * Stopwatch.Frequency);
        var gap = perSecond > 0 ? (long)(Stopwatch.Frequency * open.Count / perSecond) : 0;
        var workers = open.Select((c, n) => Task.Run(() => WorkAsync(c, begin + (gap * n / open.Count), end, gap)));
        var latencies = (await Task.WhenAll(workers)).SelectMany(l => l).ToArray();
        var elapsed = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        Array.Sort(latencies);
        var used = server.Cpu - cpu;
        return new Slice(latencies, latencies.Length / elapsed, used.TotalMilliseconds, await server.StatementsAsync() - statements);
    }

    /// <summary>Latencies in ticks; paced, they count from when the request was due.</summary>
    private async Task<List<long>> WorkAsync(HttpConnection connection, long due, long end, long gap)
    {
        var latencies = new List<long>(4096);
        while (Stopwatch.GetTimestamp() < end && row.Next() is { } request)
        {
            if (gap > 0)
                await UntilAsync(due);
            // A timer that rings late is the generator's fault; a request that waits for the one before is the server's.
            var now = Stopwatch.GetTimestamp();
            var start = gap > 0 && now - due > gap ? due : now;
            await connection.SendAsync(request);
            latencies.Add(Stopwatch.GetTimestamp() - start);
            due += gap;
            if (connection.Status != row.Status)
                Fail(connection);
        }
        return latencies;
    }

    private static async Task UntilAsync(long due)
    {
        var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait);
    }

    private void Fail(HttpConnection connection)
    {
        Interlocked.Increment(ref _failures);
        _firstFailure ??= $"{connection.Status} {connection.Text()}";
    }

    private sealed record Slice(long[] Latencies, double PerSecond, double CpuMilliseconds, double Statements)
    {
        public double Percentile(double part) => Latencies.Length == 0
            ? 0
            : Latencies[(int)(part * (Latencies.Length - 1))] * 1000.0 / Stopwatch.Frequency;
    }
}

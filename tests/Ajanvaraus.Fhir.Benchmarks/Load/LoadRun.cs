using System.Diagnostics;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>Everything measured over one database of one size.</summary>
internal sealed record RunResult(string Database, int Slots)
{
    public List<Measured> Rows { get; } = [];

    /// <summary>At half of the most that the row reached at 32 connections.</summary>
    public List<Measured> HalfLoad { get; } = [];

    public double LoadedPerSecond { get; set; }

    public (double Seconds, int Attempts, int Slots, int DoubleOrNone) Contention { get; set; }

    public TimeSpan Start { get; set; }

    public double IdleMegabytes { get; set; }

    public double PeakMegabytes { get; set; }
}

/// <summary>The limits of the machine, in the same run.</summary>
internal sealed record MachineLimits(
    Measured KestrelOne, Measured KestrelMany, double Commits, double GroupedRows,
    (double Reader, double Document, double Tree) Json, Readings Reads);

/// <summary>The load runner: starts servers, loads data over HTTP, measures each row, writes the report.</summary>
internal static class LoadRun
{
    public const int Many = 32;

    private const int BundleEntries = 200;
    private const int Loaders = 4;
    private const int Clients = 64;
    private const int Contended = 50;
    private const double Noise = 1.5;

    public static async Task<int> RunAsync(LoadOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("ajanvaraus-load").FullName;
        try
        {
            await using var kestrel = await BareKestrel.StartAsync();
            var limits = await LimitsAsync(options, kestrel, folder);
            Console.WriteLine(Report.Limits(limits));
            var results = new List<RunResult>();
            foreach (var database in options.Databases)
                foreach (var slots in options.Slots)
                {
                    results.Add(await RunAsync(options, kestrel, folder, database, slots));
                    if (options.Report.Length > 0)
                        await File.WriteAllTextAsync(options.Report, Report.Write(options, limits, results));
                }
            return results.Exists(r => r.Contention.DoubleOrNone > 0 || r.Rows.Exists(m => m.Failures > 0)) ? 1 : 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<MachineLimits> LimitsAsync(LoadOptions options, ServerProcess kestrel, string folder)
    {
        await Bare(kestrel, Many).RunAsync(2);
        var one = await Bare(kestrel, 1).RunAsync(options.Seconds);
        var many = await Bare(kestrel, Many).RunAsync(options.Seconds);
        var (commits, grouped) = References.SqliteCommits(folder);
        return new MachineLimits(one, many, commits, grouped, References.Json(), References.ReadCheckIndex());
    }

    private static Measurement Bare(ServerProcess kestrel, int connections) =>
        new(kestrel, BareKestrel.Row(kestrel.Host), connections);

    private static async Task<RunResult> RunAsync(
        LoadOptions options, ServerProcess kestrel, string folder, string database, int slots)
    {
        var place = database == "sqlite" ? $"sqlite:{Path.Combine(folder, $"{slots}.db")}" : database;
        var result = new RunResult(database.Split(':')[0], slots);
        var calendars = new Calendars(slots, (options.Bookings * 3) + Contended);
        Console.WriteLine($"\n{result.Database}, {slots} Slots and {calendars.SlotCount - slots} for the bookings");
        await using (var loading = await StartAsync(options, place))
            result.LoadedPerSecond = await LoadAsync(loading, calendars);
        Console.WriteLine($"loaded {result.LoadedPerSecond:0} resources per s");

        await using var server = await StartAsync(options, place);
        result.Start = server.StartTime;
        result.IdleMegabytes = server.ResidentMegabytes;
        var rows = new Rows(server.Host, calendars, options.Bookings);
        var asked = rows.All().Where(r => options.Only is null
            || r.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase)).ToList();
        // The first minute of a process goes to compilation: what is told is a server that has been up for a while.
        foreach (var row in asked)
            await new Measurement(server, row, Many).RunAsync(options.Seconds / 2);
        foreach (var row in asked)
            await MeasureAsync(options, server, kestrel, row, result);
        result.Contention = await ContendAsync(server, rows);
        result.PeakMegabytes = server.PeakMegabytes;
        Console.WriteLine(Report.Summary(result));
        return result;
    }

    private static Task<ServerProcess> StartAsync(LoadOptions options, string database) => ServerProcess.StartAsync(
        port => [options.Server, "serve", "--open", "--database", database, "--urls", $"http://127.0.0.1:{port}"],
        "/health/ready");

    internal static async Task<double> LoadAsync(ServerProcess server, Calendars calendars)
    {
        var clock = Stopwatch.StartNew();
        var count = calendars.SlotCount + (2 * calendars.Professionals) + Calendars.Patients + Calendars.Copies;
        await SendAllAsync(server, calendars.Bundles(BundleEntries));
        var seconds = clock.Elapsed.TotalSeconds;
        await SendAllAsync(server, calendars.BookedBundles(BundleEntries));
        return count / seconds;
    }

    private static async Task SendAllAsync(ServerProcess server, IEnumerable<string> bundles)
    {
        using var source = bundles.GetEnumerator();
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Loaders).Select(_ => Task.Run(async () =>
        {
            using var connection = await HttpConnection.OpenAsync(server.Port);
            while (Take() is { } bundle)
            {
                await connection.SendAsync(Request.Send(server.Host, "POST", "/fhir", bundle));
                if (connection.Status != 200)
                    throw new InvalidOperationException($"Loading failed: {connection.Status} {connection.Text()}");
            }
        })));

        string? Take()
        {
            lock (gate)
                return source.MoveNext() ? source.Current : null;
        }
    }

    private static async Task MeasureAsync(
        LoadOptions options, ServerProcess server, ServerProcess kestrel, Row row, RunResult result)
    {
        foreach (var connections in new[] { 1, Many })
        {
            var seconds = row.IsSupply ? options.Seconds / 2 : options.Seconds;
            var measured = await new Measurement(server, row, connections, Bare(kestrel, connections)).RunAsync(seconds);
            if (measured.Spread > Noise && !row.IsSupply)
                measured = Steadier(
                    measured, await new Measurement(server, row, connections, Bare(kestrel, connections)).RunAsync(seconds));
            result.Rows.Add(measured);
            Console.WriteLine(Report.Line(measured));
            if (measured.FirstFailure is { } failure)
                Console.WriteLine($"    {failure[..Math.Min(failure.Length, 600)]}");
        }
        if (row.Name is Rows.ReadById or Rows.BookOperation)
            result.HalfLoad.Add(await new Measurement(server, row, Many).PacedAsync(2, result.Rows[^1].PerSecond / 2));
    }

    private static Measured Steadier(Measured first, Measured second) => second.Spread < first.Spread ? second : first;

    private static async Task<(double, int, int, int)> ContendAsync(ServerProcess server, Rows rows)
    {
        var attempts = rows.Contention(Clients, Contended);
        var won = new int[Contended];
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(attempts.Select(mine => Task.Run(async () =>
        {
            using var connection = await HttpConnection.OpenAsync(server.Port);
            for (var slot = 0; slot < mine.Length; slot++)
            {
                await connection.SendAsync(mine[slot]);
                if (connection.Status == 201)
                    Interlocked.Increment(ref won[slot]);
            }
        })));
        return (clock.Elapsed.TotalSeconds, Clients * Contended, Contended, won.Count(w => w != 1));
    }
}

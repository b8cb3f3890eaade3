using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>A process that serves HTTP on a free port of the loopback address.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public string Host => $"127.0.0.1:{Port}";

    /// <summary>From the start of the process to the first good answer.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>User and system time used so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>SQL statements run so far, as the server counts them; 0 for one that has none.</summary>
    public async Task<double> StatementsAsync()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync($"http://{Host}/metrics");
        if (!answer.IsSuccessStatusCode)
            return 0;
        const string counter = "ajanvaraus_sql_statements_total ";
        var line = (await answer.Content.ReadAsStringAsync()).Split('\n').Single(l => l.StartsWith(counter, StringComparison.Ordinal));
        return double.Parse(line.AsSpan(counter.Length), CultureInfo.InvariantCulture);
    }

    public double ResidentMegabytes => Status("VmRSS:");

    public double PeakMegabytes => Status("VmHWM:");

    /// <param name="arguments">Of <c>dotnet</c>, made for the port.</param>
    /// <param name="readyPath">Answers 200 when the server is ready.</param>
    public static async Task<ServerProcess> StartAsync(Func<int, string[]> arguments, string readyPath)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", arguments(port))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var errors = new List<string>();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => errors.Add(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(process, port);
        await server.WaitAsync(readyPath, clock, errors);
        server.StartTime = clock.Elapsed;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, Terminate);
            using var patience = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(patience.Token);
        }
        _process.Dispose();
    }

    private async Task WaitAsync(string readyPath, Stopwatch clock, List<string> errors)
    {
        using var http = new HttpClient();
        while (clock.Elapsed < Patience && !_process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync($"http://{Host}{readyPath}");
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(5);
        }
        throw new InvalidOperationException($"The server did not get ready: {string.Join('\n', errors)}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private double Status(string field)
    {
        foreach (var line in File.ReadLines($"/proc/{_process.Id}/status"))
            if (line.StartsWith(field, StringComparison.Ordinal))
                return double.Parse(line[field.Length..].Replace("kB", "").Trim()) / 1024;
        return double.NaN;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

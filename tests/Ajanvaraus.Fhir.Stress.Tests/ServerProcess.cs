using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>The built server as a program of its own, which can be killed like one.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int LinesKept = 40;

    private const int Terminate = 15;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "Ajanvaraus.Fhir.Server.dll");

    private readonly ConcurrentQueue<string> _output = new();
    private readonly string _database;
    private readonly int _port;
    private Process? _process;

    private readonly (string Name, string Value)[] _environment;
    private readonly string[] _access;

    private ServerProcess(string database, int port, (string Name, string Value)[] environment, string[] access)
    {
        _database = database;
        _port = port;
        _environment = environment;
        _access = access;
        Client = new FhirClient(new Uri($"http://127.0.0.1:{port}/fhir/"));
    }

    /// <summary>Speaks to this server, also after it was started again.</summary>
    public FhirClient Client { get; }

    public int Id => _process!.Id;

    /// <summary>Bytes in memory now.</summary>
    public long Memory
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>What the program wrote last, for messages of failed tests.</summary>
    public string LastOutput => string.Join('\n', _output);

    /// <summary>Starts <c>serve --open</c> on a free port and waits until it is ready.</summary>
    /// <param name="database">As <c>--database</c> takes it.</param>
    /// <param name="environment">Variables of the program beside those of the tests.</param>
    public static async Task<ServerProcess> StartAsync(string database, params (string Name, string Value)[] environment)
    {
        var server = new ServerProcess(database, FreePort(), environment, ["--open"]);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts <c>serve</c> for those who have a token of the issuer.</summary>
    public static async Task<ServerProcess> StartWithTokensAsync(string database, string issuer, string audience)
    {
        var server = new ServerProcess(
            database, FreePort(), [], ["--issuer", issuer, "--audience", audience, "--rate-requests", "0", "--rate-system", "0"]);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts the program again, on the same port and database.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
            ArgumentList = { "exec", Assembly, "serve", "--urls", $"http://127.0.0.1:{_port}", "--database", _database },
        };
        foreach (var argument in _access)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilReadyAsync(_process);
    }

    /// <summary>Runs another command of the program, with the variables of the one that serves, whether that runs or not.</summary>
    public async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
            ArgumentList = { "exec", Assembly },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    /// <summary>Ends the program at once and without its knowledge: SIGKILL to its process id.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Asks the program to end (SIGTERM) and waits for it.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (Signal(_process!.Id, Terminate) != 0)
            throw new InvalidOperationException("The signal could not be sent");
        await _process.WaitForExitAsync();
        var exitCode = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return exitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        Client.Dispose();
    }

    private async Task UntilReadyAsync(Process process)
    {
        var waited = Stopwatch.StartNew();
        while (!await Client.IsReadyAsync())
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The server ended with {process.ExitCode}:\n{LastOutput}");
            if (waited.Elapsed > StartLimit)
                throw new TimeoutException($"The server was not ready in {StartLimit}:\n{LastOutput}");
            await Task.Delay(20);
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        while (_output.Count > LinesKept)
            _output.TryDequeue(out _);
    }

    /// <summary>A port of the loopback address where nobody listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <returns>0, or -1 when it could not be sent.</returns>
    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static extern int Signal(int processId, int signal);
}

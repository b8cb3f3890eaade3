using System.Diagnostics;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>A script of tools/drills, run as an operator runs it.</summary>
internal sealed class Drill : IAsyncDisposable
{
    private const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly List<string> _told = [];

    private Drill(Process process) => _process = process;

    /// <summary>The program that the scripts run: that of the tests.</summary>
    public static string Program => $"{Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"} exec {Path.Combine(AppContext.BaseDirectory, "Ajanvaraus.Fhir.Server.dll")}";

    /// <summary>What it said until now, line by line.</summary>
    public IReadOnlyList<string> Told => _told;

    public static Drill Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Repository.Find("tools", "drills", script), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardInput = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["SERVER"] = Program;
        return new Drill(Process.Start(start)!);
    }

    /// <summary>What the operator does when it waits for them.</summary>
    public Task PressEnterAsync() => _process.StandardInput.WriteLineAsync();

    /// <summary>Reads on until that many lines begin so.</summary>
    public async Task UntilAsync(string beginning, int lines = 1)
    {
        using var giveUp = new CancellationTokenSource(Patience);
        for (var found = 0; found < lines;)
        {
            var line = await _process.StandardOutput.ReadLineAsync(giveUp.Token)
                ?? throw new InvalidOperationException($"The drill ended before it said '{beginning}':\n{string.Join('\n', _told)}");
            _told.Add(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                found++;
        }
    }

    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(bool isAsked)
    {
        if (isAsked && !_process.HasExited)
            ServerProcess.Signal(_process.Id, Terminate);
        var rest = await _process.StandardOutput.ReadToEndAsync();
        _told.AddRange(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(isAsked: true);
        _process.Dispose();
    }
}

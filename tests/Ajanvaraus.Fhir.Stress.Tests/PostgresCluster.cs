using System.Diagnostics;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>A PostgreSQL server of one test, which can be stopped as no other test would like it.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string Debian = "/usr/lib/postgresql";

    private readonly DirectoryInfo _folder;
    private readonly int _port;

    private PostgresCluster(DirectoryInfo folder, int port) => (_folder, _port) = (folder, port);

    /// <summary>The folder of its programs, the newest that Debian has installed; null when there is none.</summary>
    public static string? Programs { get; } = !Directory.Exists(Debian) ? null : Directory.EnumerateDirectories(Debian)
        .OrderByDescending(f => int.TryParse(Path.GetFileName(f), out var version) ? version : 0)
        .Select(f => Path.Combine(f, "bin")).FirstOrDefault(f => File.Exists(Path.Combine(f, "initdb")));

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=ajanvaraus;Database=postgres";

    public static async Task<PostgresCluster> StartAsync()
    {
        var cluster = new PostgresCluster(Directory.CreateTempSubdirectory("ajanvaraus-cluster-"), ServerProcess.FreePort());
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres:postgres", cluster._folder.FullName);
        await cluster.AsServerAsync("initdb", "-D", cluster.Data, "-U", "ajanvaraus", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        await cluster.StartAgainAsync();
        return cluster;
    }

    private string Data => Path.Combine(_folder.FullName, "data");

    public Task StartAgainAsync() => AsServerAsync(
        "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder.FullName, "log"), "-o",
        $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200", "start");

    /// <summary>As a crash: nothing is written any more, no caller is told, and the next start recovers from the log.</summary>
    public Task StopAtOnceAsync() => AsServerAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    public async ValueTask DisposeAsync()
    {
        await StopAtOnceAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private Task AsServerAsync(string program, params string[] arguments)
    {
        program = Path.Combine(Programs!, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
            : RunAsync(program, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // The server that pg_ctl starts would keep pipes open.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
        {
            WorkingDirectory = "/",
        })!;
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, $"{program} {string.Join(' ', arguments)}");
    }
}

/// <summary>A test with a PostgreSQL server of its own: skipped where its programs are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute() => Skip = PostgresCluster.Programs is null ? "PostgreSQL is not installed where Debian has it" : null!;
}

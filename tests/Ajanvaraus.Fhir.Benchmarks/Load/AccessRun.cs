using System.Diagnostics;
using System.Text;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>What access control costs: the same data behind the same program, once open and once for tokens alone.</summary>
/// <remarks>Before each slice with a token the open server is asked the same, so that both meet the machine of the same moment.</remarks>
internal static class AccessRun
{
    /// <summary>With a token no less than this share of the speed without.</summary>
    private const double Floor = 0.8;

    private const string Audience = "http://127.0.0.1:8080/fhir";

    private static readonly string[] Roles = ["professional", "desk", "system"];

    private static readonly string Issuer = Path.Combine(
        Repository.Root, "src", "Ajanvaraus.Fhir.DevelopmentIssuer", "bin", "Release", "net10.0", "Ajanvaraus.Fhir.DevelopmentIssuer.dll");

    public static async Task<int> RunAsync(LoadOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("ajanvaraus-access").FullName;
        try
        {
            var calendars = new Calendars(options.Slots[0], bookable: 0);
            var (open, closed) = (Path.Combine(folder, "open.db"), Path.Combine(folder, "closed.db"));
            await using (var loading = await OpenAsync(options, open))
                await LoadRun.LoadAsync(loading, calendars);
            File.Copy(open, closed);
            File.Copy(open + ".keys", closed + ".keys");
            await using var issuer = await ServerProcess.StartAsync(
                port => [Issuer, "serve", "--url", $"http://127.0.0.1:{port}", "--audience", Audience, "--folder", folder], "/.well-known/openid-configuration");
            await using var without = await OpenAsync(options, open);
            await using var with = await ServerProcess.StartAsync(
                port =>
                [
                    options.Server, "serve", "--issuer", $"http://{issuer.Host}", "--audience", Audience, "--database", $"sqlite:{closed}",
                    "--urls", $"http://127.0.0.1:{port}", "--rate-requests", "0", "--rate-system", "0",
                ],
                "/health/ready");
            return await CompareAsync(options, calendars, without, with, role => TokenAsync(role, issuer, folder)) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<ServerProcess> OpenAsync(LoadOptions options, string database) => ServerProcess.StartAsync(
        port => [options.Server, "serve", "--open", "--database", $"sqlite:{database}", "--urls", $"http://127.0.0.1:{port}"], "/health/ready");

    private static async Task<bool> CompareAsync(
        LoadOptions options, Calendars calendars, ServerProcess without, ServerProcess with, Func<string, Task<string>> token)
    {
        var rows = Asked(without, calendars, options).Zip(Asked(with, calendars, options)).ToList();
        foreach (var (plain, _) in rows)
            await new Measurement(without, plain, LoadRun.Many).RunAsync(options.Seconds / 2);
        Console.WriteLine("| work | caller | connections | per second with a token | of the same without | server CPU s per 1000 | without | spread | failed | |\n|---|---|---:|---:|---:|---:|---:|---:|---:|---|");
        var isGood = true;
        foreach (var role in Roles)
            foreach (var (plain, asked) in rows)
            {
                var row = With(asked, await token(role));
                await new Measurement(with, row, LoadRun.Many).RunAsync(options.Seconds / 2);
                foreach (var connections in (int[])[1, LoadRun.Many])
                {
                    var measured = await new Measurement(with, row, connections, new Measurement(without, plain, connections)).RunAsync(options.Seconds);
                    var open = await new Measurement(without, plain, connections).RunAsync(options.Seconds / 2);
                    var share = measured.PerSecond / measured.KestrelPerSecond;
                    isGood &= measured.Failures == 0;
                    Console.WriteLine($"| {row.Name} | {role} | {connections} | {Report.Number(measured.PerSecond)} | {share:0%} | "
                        + $"{measured.CpuMilliseconds:0.000} | {open.CpuMilliseconds:0.000} | {measured.Spread:0.0} | {measured.Failures} | {(share >= Floor ? "floor met" : "**below the floor**")} |");
                    if (measured.FirstFailure is { } failure)
                        Console.WriteLine($"    {failure[..Math.Min(failure.Length, 600)]}");
                }
            }
        return isGood;
    }

    /// <summary>Reads and searches of Slots.</summary>
    private static IEnumerable<Row> Asked(ServerProcess server, Calendars calendars, LoadOptions options) =>
        new Rows(server.Host, calendars, bookings: 0).All().Where(row => row.Name is Rows.ReadById || row.Name.StartsWith("`Slot?", StringComparison.Ordinal))
            .Where(row => options.Only is null || row.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase));

    private static Row With(Row row, string token) => row with
    {
        Requests = [.. row.Requests.Select(request =>
        {
            var line = request.AsSpan().IndexOf("\r\n"u8) + 2;
            return (byte[])[.. request[..line], .. Encoding.ASCII.GetBytes($"Authorization: Bearer {token}\r\n"), .. request[line..]];
        })],
    };

    private static async Task<string> TokenAsync(string role, ServerProcess issuer, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [Issuer, "token", "--role", role, "--url", $"http://{issuer.Host}", "--audience", Audience, "--folder", folder, "--practitioner", "p0"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var token = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? token.Trim() : throw new InvalidOperationException($"No token for {role}.");
    }
}

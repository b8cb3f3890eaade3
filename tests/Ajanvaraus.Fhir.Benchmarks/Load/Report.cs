using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>The figures as a person reads them: lines while it runs, and docs/performance.md.</summary>
internal static class Report
{
    private const string Head = """
        | work | connections | per second | p50 ms | p95 ms | p99 ms | server CPU s per 1000 | SQL statements | of bare Kestrel | × Medplum | as shares | spread | failed |
        |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|

        """;

    public static string Line(Measured m)
    {
        var medplum = m.Connections == 1 ? m.Row.MedplumOne : m.Row.MedplumMany;
        var times = medplum > 0 ? $"{m.PerSecond / medplum:0.0} | {m.TimesMedplumByShare(medplum):0.0}" : "– | –";
        var share = double.IsNaN(m.Share) ? "–" : $"{m.Share:0.0%}";
        return $"| {m.Row.Name} | {m.Connections} | {Number(m.PerSecond)} | {m.P50:0.00} | {m.P95:0.00} | {m.P99:0.00} | "
            + $"{m.CpuMilliseconds:0.000} | {m.Statements:0.0} | {share} | {times} | {m.Spread:0.0} | {m.Failures} |";
    }

    public static string Limits(MachineLimits limits) => Head
        + Line(limits.KestrelOne) + "\n" + Line(limits.KestrelMany) + "\n\n"
        + $"Durable commits of SQLite (synchronous=FULL, 1.5 kB a row): {Number(limits.Commits)} per s one row each, "
        + $"{Number(limits.GroupedRows)} rows per s in groups of 100. JSON of one Appointment: Utf8JsonReader "
        + $"{limits.Json.Reader:0} MB/s, JsonDocument {limits.Json.Document:0} MB/s, FhirJson {limits.Json.Tree:0} MB/s.\n\n"
        + "| parse, validate and index | bytes | µs | MB/s | bytes allocated |\n|---|---:|---:|---:|---:|\n"
        + Line("one Appointment", limits.Reads.Appointment)
        + Line("one Appointment that claims the client profile", limits.Reads.Claiming) + Line("a Bundle of Appointments", limits.Reads.Bundle);

    private static string Line(string what, Reading r) =>
        $"| {what} | {Number(r.Bytes)} | {Number(r.Microseconds)} | {r.MegabytesPerSecond:0.0} | {Number(r.Allocated)} |\n";

    public static string Summary(RunResult r)
    {
        var text = new StringBuilder();
        foreach (var half in r.HalfLoad)
            text.AppendLine($"Half of the peak load, {half.Row.Name}: {Number(half.PerSecond)} per s, p50 {half.P50:0.00} ms, "
                + $"p99 {half.P99:0.00} ms ({half.P99 / half.P50:0.0} × p50).");
        text.AppendLine($"64 clients on each of {r.Contention.Slots} Slots, {r.Contention.Attempts} attempts: "
            + $"{r.Contention.Seconds:0.00} s; Slots without exactly one winner: {r.Contention.DoubleOrNone}.");
        text.AppendLine($"Loading by transaction Bundles: {Number(r.LoadedPerSecond)} resources per s.");
        text.AppendLine($"Start of `serve` on the migrated database to ready: {r.Start.TotalSeconds:0.00} s.");
        text.AppendLine($"Resident memory: {r.IdleMegabytes:0} MB when ready, at most {r.PeakMegabytes:0} MB under load.");
        return text.ToString();
    }

    public static string Write(LoadOptions options, MachineLimits limits, List<RunResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine("# Performance").AppendLine()
            .AppendLine("Written by the load runner in tests/Ajanvaraus.Fhir.Benchmarks: it starts the server as a process "
                + "(Release), loads its data over HTTP, lets every row run for a while, and then measures each in three slices. "
                + "Before each slice bare Kestrel (1.5 kB from a dictionary) is asked over as many connections, so that both meet "
                + "the machine of the same moment; the slice with the median share of it is told, and spread is the greatest share "
                + "over the least. The load generator runs on the same cores. Ratios within one run count; absolute figures wander.")
            .AppendLine()
            .AppendLine("Medplum 5.1 with PostgreSQL and Redis was measured on the reference machine (2 cores, 24 GiB, 2026-11), where "
                + "bare Kestrel answered 24 000 and 60 000 per s at 1 and 32 connections. It cannot be run here. \"× Medplum\" is the "
                + "quotient of the rates of two machines; \"as shares\" is the quotient of the shares that each has of bare Kestrel "
                + "on its own machine, which a slow hour of this one does not change. What to reach is judged by the shares.")
            .AppendLine()
            .AppendLine($"- Machine: {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, "
                + $"{RuntimeInformation.FrameworkDescription}; load average at the end {LoadAverage()}")
            .AppendLine($"- Date: {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC; commit {Commit()}")
            .AppendLine($"- Command: `dotnet run -c Release --project tests/Ajanvaraus.Fhir.Benchmarks -- {options.CommandLine}`")
            .AppendLine().Append(Caution()).AppendLine("## Limits of the machine").AppendLine().AppendLine(Limits(limits));
        foreach (var result in results)
        {
            text.AppendLine($"## {result.Database}, {result.Slots} Slots").AppendLine().Append(Head);
            foreach (var measured in result.Rows)
                text.AppendLine(Line(measured));
            text.AppendLine().AppendLine(Summary(result).ReplaceLineEndings("\n\n").TrimEnd()).AppendLine()
                .AppendLine("### What to reach").AppendLine().AppendLine(Goals.Table(result, limits));
        }
        return text.Append(Growth(results)).ToString();
    }

    /// <summary>The largest database of an engine against its smallest.</summary>
    private static string Growth(List<RunResult> results)
    {
        var text = new StringBuilder();
        foreach (var engine in results.GroupBy(r => r.Database))
        {
            var (small, large) = (engine.MinBy(r => r.Slots)!, engine.MaxBy(r => r.Slots)!);
            if (small == large)
                continue;
            text.AppendLine($"## Growth, {engine.Key}, from {small.Slots} to {large.Slots} Slots").AppendLine()
                .AppendLine("Floor: at most 30 % slower; goal: at most 5 %.").AppendLine()
                .AppendLine("| work at 32 connections | small, per s | large, per s | change | |").AppendLine("|---|---:|---:|---:|---|");
            foreach (var before in small.Rows.Where(m => m.Connections == LoadRun.Many))
            {
                var after = large.Rows.First(m => m.Connections == LoadRun.Many && m.Row.Name == before.Row.Name);
                var change = (after.PerSecond / before.PerSecond) - 1;
                text.AppendLine($"| {before.Row.Name} | {Number(before.PerSecond)} | {Number(after.PerSecond)} | {change:0%} | "
                    + $"{Goals.Word(-change, 0.30, 0.05, isMost: true)} |");
            }
            text.AppendLine();
        }
        return text.ToString();
    }

    public static string Number(double value) => value.ToString(value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture)
        .Replace(',', ' ');

    /// <summary>The generator and the server alone keep a few more threads ready to run than there are cores.</summary>
    private static string Caution() =>
        double.TryParse(LoadAverage(), out var load) && load > 3 * Environment.ProcessorCount
            ? "**The machine was busy with other work.** Rates are lower than on a quiet one and do not compare between "
                + "sections, growth included; the CPU time per request is the steadier figure. Run again on a quiet machine.\n\n"
            : "";

    private static string LoadAverage() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Commit()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["rev-parse", "--short", "HEAD"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        })!;
        return git.StandardOutput.ReadToEnd().Trim();
    }
}

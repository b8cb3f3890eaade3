using System.Globalization;

using Ajanvaraus.Fhir.Benchmarks.Load;
using Ajanvaraus.Fhir.Benchmarks.Micro;

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

switch (args)
{
    case ["micro", .. var rest]:
        // In this process: a project made on the fly would not find the central package versions.
        var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
        var config = ManualConfig.Create(DefaultConfig.Instance).AddJob(job)
            .WithOptions(ConfigOptions.DisableOptimizationsValidator | ConfigOptions.JoinSummary);
        BenchmarkSwitcher
            .FromTypes([typeof(CoreBenchmarks), typeof(ValidationBenchmarks), typeof(SchedulingBenchmarks)])
            .Run(rest is [] ? ["--filter", "*"] : rest, config);
        return 0;
    case ["load", .. var rest]:
        if (LoadOptions.Parse(rest) is not { } options)
        {
            await Console.Error.WriteLineAsync(LoadOptions.Help);
            return 2;
        }
        return await LoadRun.RunAsync(options);
    case ["access", .. var rest]:
        if (LoadOptions.Parse(rest) is not { } compared)
        {
            await Console.Error.WriteLineAsync(LoadOptions.Help);
            return 2;
        }
        return await AccessRun.RunAsync(compared);
    case [BareKestrel.Command, var url]:
        await BareKestrel.ServeAsync(url);
        return 0;
    default:
        await Console.Error.WriteLineAsync("micro [BenchmarkDotNet arguments], or\n" + LoadOptions.Help);
        return 2;
}

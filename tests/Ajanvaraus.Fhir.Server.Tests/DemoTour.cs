using System.Diagnostics;
using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Server.Demo;
using Ajanvaraus.Fhir.Testing;

using Microsoft.AspNetCore.Builder;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Tests;

/// <summary>Runs the requests of a document, word for word, over the small county.</summary>
internal static partial class DemoTour
{
    private const string Address = "http://127.0.0.1:8080";

    /// <param name="document">Markdown whose fenced bash blocks are run in order.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(string document)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        await using var app = await StartDemoAsync(database);
        var folder = Directory.CreateTempSubdirectory("ajanvaraus-tour-");
        var script = string.Join('\n', Fence().Matches(document).Select(m => m.Groups["code"].Value))
            .Replace(Address, app.Urls.Single(), StringComparison.Ordinal);

        var outcome = await RunAsync(script, folder.FullName);

        folder.Delete(recursive: true);
        return outcome;
    }

    private static async Task<WebApplication> StartDemoAsync(TestDatabase database)
    {
        var clock = TimeProvider.System;
        var options = new ServerOptions("http://127.0.0.1:0", database.Option, IsOpen: true);
        var store = await Database.OpenAsync(options.Database, clock, CancellationToken.None, Security.TestIdentityKeys.Usual);
        var today = LocalDate.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var loaded = await new DemoLoading(store, new FhirFacade(store, options, clock), TextWriter.Null)
            .LoadAsync(CountySize.Small, seed: 2022, today, CancellationToken.None);
        loaded.Problem.Should().BeNull();
        var app = FhirApplication.Build(options, store, clock);
        await app.StartAsync();
        return app;
    }

    /// <summary>A command that finds nothing ends the script, so that no step passes in silence.</summary>
    private static async Task<(int ExitCode, string Output)> RunAsync(string script, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-eo", "pipefail", "-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    [GeneratedRegex("```bash\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();
}

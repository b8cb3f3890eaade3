using System.Diagnostics;
using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Server.Commands;
using Ajanvaraus.Fhir.Server.Demo;
using Ajanvaraus.Fhir.Testing;

using Microsoft.AspNetCore.Builder;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Tests;

/// <summary>The tour of README.md, run word for word over the small county.</summary>
public sealed partial class ReadmeTests
{
    private const string Address = "http://127.0.0.1:8080";

    [Fact]
    public async Task Tour_answers_as_the_readme_says()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        await using var app = await StartDemoAsync(database);
        var folder = Directory.CreateTempSubdirectory("ajanvaraus-tour-");
        var script = string.Join('\n', Blocks(await File.ReadAllTextAsync(Repository.Find("README.md")!)))
            .Replace(Address, app.Urls.Single(), StringComparison.Ordinal);

        var (exitCode, output) = await RunAsync(script, folder.FullName);

        folder.Delete(recursive: true);
        exitCode.Should().Be(0, output);
        output.Should().ContainAll(
            "\"fhirVersion\":\"4.0.1\"", "\"status\":\"pending\"", "\"status\":\"booked\"", "\"status\":\"cancelled\"",
            "\"status\":\"free\"", "201", "409", "\"code\":\"conflict\"");
    }

    [Fact]
    public async Task Table_of_commands_lists_each_command_once()
    {
        var readme = await File.ReadAllTextAsync(Repository.Find("README.md")!);
        var commands = CommandLine.Root(new CommandLanguage("en")).Subcommands.Select(c => c.Name);

        var listed = CommandRow().Matches(readme).Select(m => m.Groups["name"].Value);

        listed.Should().BeEquivalentTo(commands);
    }

    /// <summary>The fenced blocks of the tour, in order.</summary>
    private static IEnumerable<string> Blocks(string readme) =>
        Fence().Matches(readme).Select(m => m.Groups["code"].Value);

    [GeneratedRegex(@"^\| `(?<name>[a-z]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommandRow();

    [GeneratedRegex("```bash\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();

    private static async Task<WebApplication> StartDemoAsync(TestDatabase database)
    {
        var clock = TimeProvider.System;
        var options = new ServerOptions("http://127.0.0.1:0", database.Option, IsOpen: true);
        var store = await Database.OpenAsync(options.Database, clock, CancellationToken.None);
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
}

using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Server.Commands;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests;

/// <summary>The tour of README.md, run word for word over the small county.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task Tour_answers_as_the_readme_says()
    {
        var (exitCode, output) = await DemoTour.RunAsync(await File.ReadAllTextAsync(Repository.Find("README.md")!));

        exitCode.Should().Be(0, output);
        output.Should().ContainAll(
            "\"fhirVersion\":\"4.0.1\"", "\"status\":\"pending\"", "\"status\":\"booked\"", "\"status\":\"cancelled\"",
            "\"status\":\"free\"", "201", "409", "\"code\":\"conflict\"");
    }

    /// <summary>They look for a free time before they take one, and so find another one the second time.</summary>
    [Fact]
    public async Task R79_Requests_of_the_readme_can_be_run_again()
    {
        var readme = await File.ReadAllTextAsync(Repository.Find("README.md")!);

        var (exitCode, output) = await DemoTour.RunAsync(readme + "\n" + readme);

        exitCode.Should().Be(0, output);
        output.Split("\"status\":\"booked\"").Length.Should().BeGreaterThan(2, output);
    }

    [Fact]
    public async Task Table_of_commands_lists_each_command_once()
    {
        var readme = await File.ReadAllTextAsync(Repository.Find("README.md")!);
        var commands = CommandLine.Root(new CommandLanguage("en")).Subcommands.Select(c => c.Name);

        var listed = CommandRow().Matches(readme).Select(m => m.Groups["name"].Value);

        listed.Should().BeEquivalentTo(commands);
    }

    [GeneratedRegex(@"^\| `(?<name>[a-z-]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommandRow();
}

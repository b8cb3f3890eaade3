using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Architecture.Tests;

/// <summary>Known failures of booking systems, R01 to R83: each has a test that carries its number, or waits for a reason.</summary>
public sealed class LessonTests
{
    /// <summary>What cannot be shown yet, and what it waits for.</summary>
    private static readonly Dictionary<string, string> Waiting = new()
    {
        ["R64"] = "reminders",
        ["R65"] = "messages in the client's channel",
        ["R66"] = "calendar feeds",
        ["R67"] = "the waiting list",
        ["R68"] = "the waiting list",
    };

    /// <summary>At the beginning of a test's name, alone or with others: <c>R54_R55_</c>.</summary>
    private static readonly Regex Named = new(@"\b(?:[RGN]\d{1,2}_)+");

    [Fact]
    public void Every_lesson_has_a_test_by_its_number_or_waits_for_a_reason()
    {
        var shown = Shown();

        Enumerable.Range(1, 83).Select(n => $"R{n:00}").Where(id => !shown.Contains(id) && !Waiting.ContainsKey(id))
            .Should().BeEmpty();
    }

    [Fact]
    public void Numbers_of_tests_are_read_from_their_names()
    {
        const string source = "public async Task R54_R55_Every_time(int R1) { } void G34_R25_x() { } // R99 is only told of";

        Numbers(source).Should().BeEquivalentTo("R54", "R55", "R25");
    }

    private static HashSet<string> Shown() => [.. Directory
        .EnumerateFiles(Repository.Find("tests"), "*Tests.cs", SearchOption.AllDirectories)
        .Concat(Directory.EnumerateFiles(Repository.Find("tests"), "*Goals.cs", SearchOption.AllDirectories))
        .Where(path => !path.EndsWith("Architecture.Tests/LessonTests.cs", StringComparison.Ordinal))
        .SelectMany(path => Numbers(File.ReadAllText(path)))];

    private static IEnumerable<string> Numbers(string source) => Named.Matches(source)
        .SelectMany(match => match.Value.Split('_', StringSplitOptions.RemoveEmptyEntries))
        .Where(id => id[0] == 'R' && id.Length == 3);
}

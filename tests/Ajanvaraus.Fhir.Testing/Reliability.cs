using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>The figures of docs/reliability.md, which the goal tests write while <see cref="Variable"/> is set.</summary>
/// <remarks>
/// Without it the same tests run in small, as every build does, and write nothing. A goal's row is replaced by each run of it,
/// so that goals may be run one by one; what stands around the table is written by hand.
/// </remarks>
public static class Reliability
{
    /// <summary>Set to 1 by <c>./test.sh reliability</c>, and to <see cref="Whole"/> by <c>./test.sh reliability whole</c>.</summary>
    public const string Variable = "AJANVARAUS_RELIABILITY";

    /// <summary>Everything in the sizes that the list of goals asks for: hours.</summary>
    public const string Whole = "whole";

    public const string TableStart = "<!-- figures -->";
    public const string TableEnd = "<!-- end of figures -->";

    /// <summary>Trait that a goal's tests carry, with the name of the goal.</summary>
    public const string Trait = "Goal";

    private const string Head = "| goal | on | run | result | test | when |\n|---|---|---|---|---|---|\n";

    private static readonly Lock Gate = new();

    public static bool IsMeasured => Environment.GetEnvironmentVariable(Variable) is "1" or Whole;

    /// <summary>How many: in every build, and when figures are asked for.</summary>
    public static int Size(int usual, int measured) => Size(usual, measured, measured);

    /// <summary>How many: in every build, when figures are asked for, and as the list of goals asks.</summary>
    public static int Size(int usual, int measured, int asked) => Environment.GetEnvironmentVariable(Variable) switch
    {
        Whole => asked,
        "1" => measured,
        _ => usual,
    };

    /// <summary>Writes what a goal's run has shown; call it before the assertions, so that a failure is told too.</summary>
    /// <param name="goal">As the list of goals names it: <c>G01</c>.</param>
    /// <param name="on">Engine and processes: <c>PostgreSQL, 3 processes</c>.</param>
    /// <param name="run">What was done, with counts and seed.</param>
    /// <param name="result">What came of it, with counts.</param>
    /// <param name="test">Class and method.</param>
    public static void Record(string goal, string on, string run, string result, string test)
    {
        if (!IsMeasured)
            return;
        var when = string.Create(
            CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm}, {Commit()}");
        lock (Gate)
        {
            var path = Repository.Find("docs", "reliability.md");
            File.WriteAllText(path, WithRow(File.ReadAllText(path), goal, on, test, $"| {goal} | {on} | {run} | {result} | {test} | {when} |"));
        }
    }

    /// <summary>The document with the row in its place, instead of the row of the same goal, engine and test.</summary>
    public static string WithRow(string document, string goal, string on, string test, string row)
    {
        var from = document.IndexOf(TableStart, StringComparison.Ordinal) + TableStart.Length;
        var to = document.IndexOf(TableEnd, StringComparison.Ordinal);
        if (from < TableStart.Length || to < from)
            throw new FormatException($"The document has no {TableStart} before its {TableEnd}");
        var rows = Rows(document)
            .Where(r => !(r[0] == goal && r[1] == on && r[4] == test)).Select(r => $"| {string.Join(" | ", r)} |")
            .Append(row).Order(StringComparer.Ordinal);
        return new StringBuilder(document[..from]).Append("\n\n").Append(Head).AppendJoin('\n', rows).Append("\n\n")
            .Append(document[to..]).ToString();
    }

    /// <summary>The cells of each row of figures.</summary>
    public static IEnumerable<string[]> Rows(string document) => document
        .Split(TableStart)[^1].Split(TableEnd)[0].Split('\n')
        .Where(line => line.StartsWith("| G", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ', '\r').Split(" | "));

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

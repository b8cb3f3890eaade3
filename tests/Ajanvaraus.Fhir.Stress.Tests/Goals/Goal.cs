using System.Runtime.CompilerServices;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>One run of a goal: its figures go to the test's output, and to docs/reliability.md when they are asked for.</summary>
/// <param name="name">Of the goal: <c>G01</c>.</param>
/// <param name="test">The class of the test.</param>
/// <param name="processes">On a database server; SQLite takes one.</param>
internal sealed class Goal(string name, DatabaseEngine engine, ITestOutputHelper output, Type test, int processes = Goal.Processes)
{
    /// <summary>Servers on PostgreSQL; SQLite takes one.</summary>
    public const int Processes = 3;

    /// <summary>Told with the figures; another run takes another.</summary>
    public int Seed { get; } = Environment.TickCount & 0xFFFF;

    private string On => $"{TestDatabases.NameOf(engine)}, {(engine == DatabaseEngine.Sqlite || processes == 1 ? "1 process" : $"{processes} processes")}";

    public void Tell(string run, string result, [CallerMemberName] string method = "")
    {
        output.WriteLine($"{name} on {On}: {run}: {result}");
        Reliability.Record(name, On, run, result, $"{test.Name}.{method}");
    }

    /// <summary>Answers by status: <c>3 × 201, 40 × 409</c>.</summary>
    public static string Statuses(IEnumerable<Answer?> answers) => string.Join(
        ", ", answers.GroupBy(a => a?.Status ?? 0).OrderBy(g => g.Key).Select(g => $"{g.Count()} × {(g.Key == 0 ? "no answer" : g.Key)}"));

    /// <summary>Faults of the server among the answers.</summary>
    public static int Faults(IEnumerable<Answer?> answers) => answers.Count(a => a is { Status: >= 500 });
}
